//! `tradein provider`: tries the service of a buyer.

use std::io::{Write as _, stdout};
use std::sync::Arc;

use app::Locale;
use clap::{Args, Subcommand};
use domain::{Category, FunctionStatus, Grade, QuoteForm, Term as _};
use http_provider::check::{self, About, Finding, Language, Line, Told, Trial};
use http_provider::{Address, Client, Route, Signer};
use jiff::Timestamp;
use provider::GradeWords;
use secrecy::{ExposeSecret as _, SecretString};
use webhook_signing::WebhookSecret;

use super::{CommandError, Environment, block_on, grade_words, print_json, told};
use crate::settings::{secret_in_file, secret_text};

/// What to do with the service of a buyer.
#[derive(Debug, Subcommand)]
pub(super) enum ProviderCommand {
    /// Try a service with the HTTP contract: shapes, faults and times, with a mark for each (docs/providers.md)
    Check(CheckArgs),
}

/// The service, its secret, and a device that it knows.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Its address: https://, or http:// on this machine
    url: String,
    /// The variable that holds the secret, whsec_…
    #[arg(
        long,
        value_name = "NAME",
        required_unless_present = "secret_file",
        conflicts_with = "secret_file"
    )]
    secret_env: Option<String>,
    /// The file that holds the secret
    #[arg(long, value_name = "FILE")]
    secret_file: Option<String>,
    /// Ask about this model instead of the first that a search finds
    #[arg(long, requires_all = ["brand", "storage"])]
    model: Option<String>,
    /// Its brand
    #[arg(long, requires = "model")]
    brand: Option<String>,
    /// Its storage, such as 256GB
    #[arg(long, requires = "model")]
    storage: Option<String>,
    /// Its memory, such as 16GB; computers need it
    #[arg(long, requires = "model", default_value = "")]
    ram: String,
    /// What kind of device it is; without --model, the search is for such devices only
    #[arg(long = "type")]
    device_type: Option<String>,
    /// In which cosmetic grade it is asked about; 九成新 if it is not said
    #[arg(long)]
    condition: Option<String>,
    /// The buyer's own word for a grade, as in the setting `grades`; once for each: --grade 九成新=B
    #[arg(long = "grade", value_name = "GRADE=WORD")]
    grades: Vec<String>,
    /// How many calls are timed
    #[arg(long, value_name = "CALLS", default_value_t = check::CALLS)]
    calls: usize,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(command: ProviderCommand, environment: Environment<'_>) -> Result<(), CommandError> {
    let ProviderCommand::Check(args) = command;
    let locale = super::language(environment);
    let url = Address::parse(&args.url).map_err(|error| CommandError::Usage(format!("URL {error}")))?;
    let secret = secret(&args, environment).map_err(CommandError::Usage)?;
    let words = grade_words::words(&args.grades).map_err(CommandError::Usage)?;
    let about = about(&args, words.as_ref(), locale)?;
    let signer = Signer::new(vec![secret], Arc::new(rand::random)).map_err(failed)?;
    let client = Client::new(Route::default(), url, signer).map_err(failed)?.with_grades(words);
    let (calls, patience) = (args.calls, check::PATIENCE);
    let trial = Trial { client: &client, about, calls, patience, now: &Timestamp::now };
    let lines = block_on(async { Ok(trial.run().await) })?;
    let language = match locale {
        Locale::zh_CN => Language::Chinese,
        Locale::en => Language::English,
    };
    let wrong = lines.iter().filter(|line| matches!(line.finding, Finding::Wrong(_))).count();
    // Fails if a check found something wrong, even if stdout is closed.
    let printed = if args.json { print_json(&report(&lines, language)) } else { print(&lines, language) };
    if wrong == 0 && lines.iter().any(|line| matches!(line.finding, Finding::Well(_))) {
        return printed;
    }
    let checks = lines.len();
    Err(CommandError::Failed(match language {
        Language::Chinese => format!("{checks} 项检查中有 {wrong} 项未通过；上面写明原因和办法"),
        Language::English => format!("{wrong} of {checks} checks failed; the list above says what to do"),
    }))
}

fn failed(error: impl ToString) -> CommandError {
    CommandError::Failed(error.to_string())
}

/// The secret, from a variable or from a file: arguments are seen by every user of the machine.
fn secret(args: &CheckArgs, environment: Environment<'_>) -> Result<WebhookSecret, String> {
    let (place, text): (String, Result<SecretString, String>) = match (&args.secret_env, &args.secret_file) {
        (Some(name), _) => {
            let text = environment(name).ok_or_else(|| "it is not set".to_owned());
            (name.clone(), text.and_then(|text| secret_text(&text)))
        }
        (None, Some(path)) => (path.clone(), secret_in_file(path)),
        (None, None) => return Err("--secret-env or --secret-file names the secret".into()),
    };
    let secret =
        text.and_then(|text| WebhookSecret::parse(text.expose_secret()).map_err(|error| error.to_string()));
    secret.map_err(|cause| format!("{place}: {cause}"))
}

/// The device that the options name, or how the first of the catalogue is asked about.
fn about(args: &CheckArgs, words: Option<&GradeWords>, locale: Locale) -> Result<About, CommandError> {
    let has_word = |grade: Grade| words.is_none_or(|words| words.word(grade).is_some());
    let grade = match &args.condition {
        Some(text) => grade_words::named_grade("--condition", text).map_err(CommandError::Usage)?,
        None => {
            let first = Grade::ALL.iter().copied().find(|grade| has_word(*grade));
            Some(Grade::Excellent).filter(|grade| has_word(*grade)).or(first).unwrap_or(Grade::Excellent)
        }
    };
    if !has_word(grade) {
        let grade = grade.word();
        let text = format!(
            "--condition {grade}: no --grade has the buyer's word for it; such a device is not asked about"
        );
        return Err(CommandError::Usage(text));
    }
    let Some(model) = args.model.clone() else {
        let kind = |text: &String| {
            Category::find(text.trim()).ok_or_else(|| {
                let kinds: Vec<&str> = Category::ALL.iter().map(|kind| kind.word()).collect();
                CommandError::Usage(format!("--type {text}: one of {}", kinds.join(", ")))
            })
        };
        return Ok(About::First { device_type: args.device_type.as_ref().map(kind).transpose()?, grade });
    };
    let form = QuoteForm {
        device_type: args.device_type.clone().unwrap_or_else(|| Category::Phone.word().to_owned()),
        brand: args.brand.clone().unwrap_or_default(),
        model,
        storage: args.storage.clone().unwrap_or_default(),
        ram: args.ram.clone(),
        condition: grade.word().to_owned(),
        function_status: FunctionStatus::NORMAL.into(),
        ..QuoteForm::default()
    };
    form.parse().map(|device| About::Device(Box::new(device))).map_err(|failure| told(locale, &failure))
}

fn print(lines: &[Line], language: Language) -> Result<(), CommandError> {
    let mut text = String::new();
    let colon = match language {
        Language::Chinese => "：",
        Language::English => ": ",
    };
    for Line { check, finding } in lines {
        let title = check.title(language);
        match finding {
            Finding::Well(detail) => {
                let detail = one_line(&detail.told(language));
                let detail = if detail.is_empty() { detail } else { format!("{colon}{detail}") };
                text += &format!("✓ {title}{detail}\n");
            }
            Finding::Wrong(cause) => {
                let Told { cause, fix } = cause.told(*check, language);
                text += &format!("✗ {title}\n    {}\n    → {fix}\n", one_line(&cause));
            }
            Finding::NotTried(why) => text += &format!("- {title}{colon}{}\n", why.told(language)),
        }
    }
    Ok(stdout().write_all(text.as_bytes())?)
}

/// A text of the service, which must not write elsewhere on the terminal.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn report(lines: &[Line], language: Language) -> serde_json::Value {
    let line = |Line { check, finding }: &Line| {
        let (is_well, detail, told) = match finding {
            Finding::Well(detail) => (Some(true), Some(detail.told(language)), None),
            Finding::Wrong(cause) => (Some(false), None, Some(cause.told(*check, language))),
            Finding::NotTried(why) => (None, Some(why.told(language)), None),
        };
        let (cause, fix) = told.map(|told| (told.cause, told.fix)).unzip();
        serde_json::json!({ "check": check.name(), "ok": is_well, "detail": detail, "cause": cause, "fix": fix })
    };
    lines.iter().map(line).collect()
}
