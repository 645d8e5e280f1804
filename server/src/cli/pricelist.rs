//! `tradein pricelist`: checks a dealer's own price list, and writes a template of one.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _, stdout};
use std::path::{Path, PathBuf};

use ::pricelist::{Example, Language, Mistakes, PriceList, ReadSheets as _, Template};
use app::Locale;
use app::words::batch_text;
use clap::{Args, Subcommand};

use super::output::tell;
use super::{CommandError, Environment, block_on, grade_words, print_json};
use crate::reading::Reader;

/// What to do with a price list.
#[derive(Debug, Subcommand)]
pub(super) enum PricelistCommand {
    /// Say what is wrong with a price list by cell, and show ten worked prices (docs/providers.md)
    Check(CheckArgs),
    /// Write an empty price list to fill in (.xlsx), with examples
    Template(TemplateArgs),
}

/// Which list.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// The price list: .xlsx, .xlsb, .xls, .ods or .csv
    file: PathBuf,
    /// The list's own word for a grade, as in the setting `grades`; once for each: --grade 九成新=B
    #[arg(long = "grade", value_name = "GRADE=WORD")]
    grades: Vec<String>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// Where the template goes, and how its prices are written.
#[derive(Debug, Args)]
pub(super) struct TemplateArgs {
    /// Where it goes; a file that exists is left as it is
    #[arg(default_value = "price-list.xlsx")]
    file: PathBuf,
    /// Have a column for each grade instead of one price with the sheet of discounts
    #[arg(long)]
    by_grade: bool,
}

/// How many worked prices are shown.
const EXAMPLES: usize = 10;

pub(super) fn run(command: PricelistCommand, environment: Environment<'_>) -> Result<(), CommandError> {
    let locale = super::language(environment);
    match command {
        PricelistCommand::Check(args) => check(&args, locale),
        PricelistCommand::Template(args) => template(&args, locale),
    }
}

fn check(args: &CheckArgs, locale: Locale) -> Result<(), CommandError> {
    let shown = args.file.display();
    let grades = grade_words::words(&args.grades).map_err(CommandError::Usage)?;
    let file = std::fs::read(&args.file)
        .map_err(|error| CommandError::Failed(format!("{shown} cannot be read: {error}")))?;
    let sheets = block_on(async {
        let unreadable =
            |error| CommandError::Failed(format!("{shown}: {}", batch_text::unreadable(locale, &error)));
        Reader::own()?.read_sheets(&file).await.map_err(unreadable)
    })?;
    let rows: usize = sheets.first().map_or(0, |sheet| sheet.rows.len());
    let parsed = PriceList::parse_with(&sheets, grades.as_ref());
    drop(sheets);
    let language = language(locale);
    let printed = match (&parsed, args.json) {
        (parsed, true) => print_json(&report(parsed, language)),
        (Ok(list), false) => print(&listed(list, language)),
        (Err(mistakes), false) => print(&wrong(mistakes, language)),
    };
    let Err(mistakes) = parsed else { return printed };
    let count = mistakes.count();
    Err(CommandError::Failed(match language {
        Language::Chinese => {
            format!("{shown}：{rows} 行中有 {count} 处错误；改正后再用，现在一条价格也不会采用")
        }
        Language::English => {
            let (mistakes, rows) = (counted(count, "mistake"), counted(rows, "row"));
            format!("{shown}: {mistakes} in {rows}; correct the list first: nothing of it is used")
        }
    }))
}

fn template(args: &TemplateArgs, locale: Locale) -> Result<(), CommandError> {
    let template = if args.by_grade { Template::ByGrade } else { Template::OnePrice };
    let bytes = template.workbook().map_err(|error| CommandError::Failed(error.to_string()))?;
    write_new(&args.file, &bytes)?;
    let path = args.file.display();
    tell(&match language(locale) {
        Language::Chinese => format!("已写入 {path}；填好后用 tradein pricelist check {path} 检查"),
        Language::English => {
            format!("{path} is written; fill it in, then run tradein pricelist check {path}")
        }
    });
    Ok(())
}

/// Writes a file that does not exist yet: a list that was filled in must not be lost.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let written =
        OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| {
        CommandError::Failed(match error.kind() {
            ErrorKind::AlreadyExists => format!("{} is there already; name another file", path.display()),
            _ => format!("{} cannot be written: {error}", path.display()),
        })
    })
}

fn language(locale: Locale) -> Language {
    match locale {
        Locale::zh_CN => Language::Chinese,
        Locale::en => Language::English,
    }
}

fn print(lines: &[String]) -> Result<(), CommandError> {
    let mut out = stdout().lock();
    lines.iter().try_for_each(|line| writeln!(out, "{}", one_line(line))).map_err(CommandError::Output)
}

/// A text of the file, which must not write elsewhere on the terminal.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// What is wrong, a line for each of the first mistakes.
fn wrong(mistakes: &Mistakes, language: Language) -> Vec<String> {
    let mut lines: Vec<String> =
        mistakes.listed().iter().map(|mistake| format!("✗ {}", mistake.told(language))).collect();
    let more = mistakes.count() - mistakes.listed().len();
    if more > 0 {
        lines.push(match language {
            Language::Chinese => format!("还有 {more} 处"),
            Language::English => format!("and {more} more"),
        });
    }
    lines
}

/// What a list holds, and worked prices.
fn listed(list: &PriceList, language: Language) -> Vec<String> {
    let mut lines = vec![told_counts(list, language)];
    lines.extend(list.remarks(language));
    lines.push(String::new());
    lines.extend(list.examples(EXAMPLES).iter().map(|example| example.told(language)));
    lines
}

fn told_counts(list: &PriceList, language: Language) -> String {
    let (devices, models, prices) = (list.devices(), list.models(), list.prices());
    match language {
        Language::Chinese => format!("✓ {models} 个机型，{devices} 台设备，{prices} 个价格"),
        Language::English => {
            let (models, devices) = (counted(models, "model"), counted(devices, "device"));
            format!("✓ {models}, {devices}, {}", counted(prices, "price"))
        }
    }
}

/// A number of things, in English.
fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

fn report(parsed: &Result<PriceList, Mistakes>, language: Language) -> serde_json::Value {
    match parsed {
        Err(mistakes) => {
            let mistake = |it: &::pricelist::Mistake| {
                serde_json::json!({
                    "sheet": it.sheet, "cell": it.cell, "code": it.kind.code(), "text": it.kind.told(language),
                })
            };
            serde_json::json!({
                "ok": false,
                "mistakes": mistakes.listed().iter().map(mistake).collect::<Vec<_>>(),
                "count": mistakes.count(),
            })
        }
        Ok(list) => serde_json::json!({
            "ok": true,
            "mistakes": [],
            "count": 0,
            "models": list.models(),
            "devices": list.devices(),
            "prices": list.prices(),
            "valid_from": list.valid_from().map(|day| day.to_string()),
            "remarks": list.remarks(language),
            "examples": list.examples(EXAMPLES).iter().map(|it| example(it, language)).collect::<Vec<_>>(),
        }),
    }
}

/// A worked price, in fen.
fn example(example: &Example, language: Language) -> serde_json::Value {
    let device = &example.device;
    let worked = example.worked.as_ref().ok();
    let step = |step: &::pricelist::Step| serde_json::json!({ "label": step.reason.told(language), "amount": step.amount.fen() });
    serde_json::json!({
        "device": {
            "device_type": device.category(),
            "brand": device.brand(),
            "model": device.model(),
            "storage": device.storage(),
            "ram": device.ram(),
            "condition": device.grade(),
            "function_status": device.function_status().to_string(),
            "repair_history": device.repair_history().map(|repairs| repairs.word()),
        },
        "base": worked.map(|it| it.base.fen()),
        "steps": worked.map(|it| it.steps.iter().map(step).collect::<Vec<_>>()),
        "final": worked.map(|it| it.price.fen()),
        "refused": example.worked.as_ref().err().map(|why| why.told(language)),
    })
}
