use std::collections::BTreeMap;
use std::io::{Write, stdout};
use std::sync::Arc;

use app::{Locale, words};
use clap::Args;
use desk::Desk;
use domain::{Category, Comparison, Grade, Moment, Money, ProviderName, Quote, QuoteForm, Term, read_form};

use super::batch_buyers::named;
use super::{CommandError, Environment, block_on, print_json, told};
use crate::Settings;
use crate::partner::Counter;
use crate::providers::Labels;

/// The device, in the words of the form.
#[derive(Debug, Args)]
pub(super) struct QuoteArgs {
    #[arg(long = "type", default_value = "", help = listed::<Category>("Kind of device, if the model does not tell it"))]
    device_type: String,
    /// Brand, such as 苹果, if the model does not tell it
    #[arg(long, default_value = "")]
    brand: String,
    /// Model, best as `tradein search` tells it; storage, colour and the like may stand beside it
    #[arg(long)]
    model: String,
    /// Storage, such as 256GB, if it does not stand beside the model
    #[arg(long, default_value = "")]
    storage: String,
    /// Memory, such as 16GB; computers need it
    #[arg(long, default_value = "")]
    ram: String,
    #[arg(long, default_value = "", help = listed::<Grade>("Cosmetic grade"))]
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
    let request = read_form(&form).map_err(|failure| told(locale, &failure))?;
    let settings = Settings::read(environment)?;
    let (quote, now) = block_on(async {
        let counter = Counter::open(&settings).await?;
        let names: Vec<_> = counter.desks.iter().map(Desk::provider_name).collect();
        let asked = if args.compare { names.as_slice() } else { &names[..1] };
        let answer = counter.desks.select(asked, true, None).quote(request).await;
        let now = Moment::new(counter.desk.now());
        counter.desks.close().await;
        answer.map(|quote| (quote, now)).map_err(|failure| told(locale, &failure))
    })?;
    if args.json {
        return print_json(&quote);
    }
    let labels = Labels::of(&settings).in_language(locale);
    Ok(write!(stdout(), "{}", compared(locale, &quote, &labels, now))?)
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

/// The best quote as [`card`] and, if others were compared with it, whose it is, a line for each other with its
/// difference, and why the other providers gave no price.
fn compared(
    locale: Locale,
    comparison: &Comparison,
    labels: &BTreeMap<ProviderName, String>,
    now: Moment,
) -> String {
    let Comparison { best, alternatives, refused } = comparison;
    let text = card(locale, best);
    if alternatives.is_empty() && refused.is_empty() {
        return text;
    }
    let price = |quote: &Quote| quote.price.final_price().to_string();
    let longest = comparison.quotes().map(|quote| price(quote).chars().count()).max().unwrap_or_default();
    let offer = |quote: &Arc<Quote>| {
        let difference = words::offers::difference(locale, -comparison.lead(quote));
        let facts = [
            Some(format!("{:>longest$}", price(quote))),
            Some(named(labels, &quote.provider)),
            (quote.id != best.id).then_some(difference),
            Some(words::offers::holds(locale, quote, now)),
            words::offers::flaw(locale, quote, now).map(|(word, _)| word.to_owned()),
        ];
        facts.into_iter().flatten().collect::<Vec<_>>().join("  ")
    };
    let refused =
        refused.iter().map(|by| words::offers::refused(locale, &named(labels, &by.provider), &by.failure));
    let lines = comparison.quotes().map(offer).chain(refused).map(|line| format!("  {line}\n"));
    format!("{text}\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use domain::{Failure, Price, PriceParts, QuoteId, RefusedBy, Source};
    use jiff::SignedDuration;

    use super::*;

    fn now() -> Moment {
        Moment::from_utc8("2026-01-05T10:00:00".parse().unwrap()).unwrap()
    }

    fn name(text: &str) -> ProviderName {
        ProviderName::parse(text).unwrap()
    }

    fn quote(provider: &str, fen: i64, hours: i64) -> Quote {
        let id = QuoteId::from_random(fen.unsigned_abs().into());
        let form = QuoteForm {
            device_type: "手机".into(),
            brand: "苹果".into(),
            model: "iPhone 14 Pro".into(),
            storage: "256GB".into(),
            condition: "九成新".into(),
            function_status: "正常".into(),
            ..QuoteForm::default()
        };
        let parts = PriceParts {
            base: None,
            condition_discount: None,
            function_deduction: None,
            market_coefficient: None,
            final_price: Money::from_fen(fen),
        };
        Quote {
            id,
            sandbox: false,
            source: Source::Partner,
            provider: name(provider),
            device: domain::Device::new(&form.parse().unwrap(), None, None),
            price: Price::new(parts),
            recycle: Vec::new(),
            quality_check: Vec::new(),
            quoted_at: now(),
            valid_until: Some(Moment::new(now().timestamp() + SignedDuration::from_hours(hours))),
        }
    }

    #[test]
    fn a_price_that_was_compared_with_no_other_is_a_card_alone() {
        let one = quote("aihuishou", 409_200, 24);
        let comparison = Comparison::of_one(Arc::new(one.clone()));
        assert_eq!(compared(Locale::en, &comparison, &BTreeMap::new(), now()), card(Locale::en, &one));
    }

    #[test]
    fn the_others_follow_the_best_with_their_difference_and_then_those_without_a_price() {
        let old = Quote { source: Source::Stale, ..quote("old", 412_000, 6) };
        let quotes = [quote("aihuishou", 409_200, 24), quote("own", 99_900, 12), old];
        let refused = vec![RefusedBy { provider: name("third"), failure: Failure::PartnerUnavailable }];
        let comparison = Comparison::rank(quotes.map(Arc::new).to_vec(), refused, now()).unwrap();
        let expected = [
            "Apple iPhone 14 Pro 256GB · Excellent",
            "  ¥4,092",
            "  Holds until 6 Jan 2026, 10:00 (Beijing time)",
            "",
            "  ¥4,092  aihuishou  until 6 Jan 10:00",
            "    ¥999  This shop [own]  ¥3,093 less  until 5 Jan 22:00",
            "  ¥4,120  old  ¥28 more  until 5 Jan 16:00  Older price",
            "  third gives no answer now.",
            "",
        ];
        let labels = BTreeMap::from([(name("own"), "This shop".to_owned())]);
        assert_eq!(
            compared(Locale::en, &comparison, &labels, now()).split('\n').collect::<Vec<_>>(),
            expected
        );
        let chinese = compared(Locale::zh_CN, &comparison, &BTreeMap::new(), now());
        assert!(chinese.ends_with("third：暂时没有回应。\n"), "{chinese}");
    }
}
