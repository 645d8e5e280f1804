use std::io::{Write, stdout};

use app::{Locale, words};
use clap::Args;
use desk::Desk;
use domain::{Category, Grade, Money, Quote, QuoteForm, Term};

use super::{CommandError, Environment, block_on, print_json, told};
use crate::Settings;
use crate::partner::Counter;

/// The device, in the words of the form.
#[derive(Debug, Args)]
pub(super) struct QuoteArgs {
    #[arg(long = "type", help = listed::<Category>("Kind of device"))]
    device_type: String,
    /// Brand, such as 苹果
    #[arg(long)]
    brand: String,
    /// Exact model, as `tradein search` tells it
    #[arg(long)]
    model: String,
    /// Storage, such as 256GB
    #[arg(long)]
    storage: String,
    /// Memory, such as 16GB; computers need it
    #[arg(long, default_value = "")]
    ram: String,
    #[arg(long, help = listed::<Grade>("Cosmetic grade"))]
    condition: String,
    /// 正常, or what is broken, separated by 、
    #[arg(long, default_value = "正常")]
    function_status: String,
    /// Repairs
    #[arg(long, default_value = "")]
    repair_history: String,
    /// Where it was bought
    #[arg(long, default_value = "")]
    purchase_channel: String,
    /// Ask all providers of the settings, and print the best price with the others
    #[arg(long)]
    compare: bool,
    /// Print the quote as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: QuoteArgs, environment: Environment<'_>) -> Result<(), CommandError> {
    let locale = super::language(environment);
    let form = QuoteForm {
        device_type: args.device_type,
        brand: args.brand,
        model: args.model,
        storage: args.storage,
        ram: args.ram,
        condition: args.condition,
        function_status: args.function_status,
        faults: Vec::new(),
        repair_history: args.repair_history,
        purchase_channel: args.purchase_channel,
    };
    let request = form.parse().map_err(|failure| told(locale, &failure))?;
    let settings = Settings::read(environment)?;
    let quote = block_on(async {
        let counter = Counter::open(&settings).await?;
        let names: Vec<_> = counter.desks.iter().map(Desk::provider_name).collect();
        let asked = if args.compare { names.as_slice() } else { &names[..1] };
        let answer = counter.desks.select(asked, true, None).quote(request).await;
        counter.desk.close().await;
        answer.map_err(|failure| told(locale, &failure))
    })?;
    if args.json { print_json(&quote) } else { Ok(write!(stdout(), "{}", card(locale, &quote.best))?) }
}

/// The help of an argument that takes the words of a closed list.
fn listed<T: Term>(title: &str) -> String {
    let words = T::ALL.iter().map(|term| format!("{} ({})", term.word(), term.code()));
    format!("{title}: {}", words.collect::<Vec<_>>().join(", "))
}

/// The quote as text for people: price, validity, steps of the price, ways to hand the device over.
fn card(locale: Locale, quote: &Quote) -> String {
    let device = &quote.device;
    let grade = Grade::find(&device.condition);
    let grade = grade.map_or(device.condition.as_str(), |grade| words::grade(locale, grade));
    let mut lines = vec![
        format!("{} {} · {grade}", words::device(locale, &device.brand, &device.model), device.storage),
        format!("  {}", quote.price.final_price()),
    ];
    lines.push(match quote.valid_until {
        Some(until) => format!("  {}", words::until(locale, &words::time(locale, until))),
        None => format!("  {}", words::until_unknown(locale)),
    });
    let steps = quote.price.steps();
    if steps.len() > 1 {
        lines.push(String::new());
        lines.extend(steps.iter().map(|step| {
            format!("  {:>12}  {}", step.amount.to_string(), words::step(locale, &quote.price, step.kind))
        }));
    }
    if !quote.recycle.is_empty() {
        lines.push(String::new());
        lines.extend(quote.recycle.iter().map(|option| {
            let mark = if option.recommended { "*" } else { " " };
            let name = words::recycle(locale, option.kind).map_or(option.label.as_str(), |(name, _)| name);
            let facts = option.store_distance_km.map(|km| format!("{km} km"));
            let facts = facts.or_else(|| option.door_time_window.clone()).unwrap_or_default();
            format!("  {mark} {name}  {facts}").trim_end().to_owned()
        }));
    }
    if quote.sandbox && quote.price.final_price() > Money::ZERO {
        lines.extend([String::new(), format!("  {}", words::sandbox_note(locale))]);
    }
    lines.push(String::new());
    lines.join("\n")
}
