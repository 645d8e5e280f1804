//! A price: its steps, how long it is valid, and how the device is handed over for it.

use domain::{Price, Ratio, RecycleKind, StepKind};

use super::strings::{Locale, td_string};

/// The name and the explanation of a way to hand the device over; `None` for a way that has only the
/// partner's label.
pub fn recycle(locale: Locale, kind: RecycleKind) -> Option<(&'static str, &'static str)> {
    match kind {
        RecycleKind::Store => Some((td_string!(locale, quote.store), td_string!(locale, quote.store_hint))),
        RecycleKind::Pickup => {
            Some((td_string!(locale, quote.pickup), td_string!(locale, quote.pickup_hint)))
        }
        RecycleKind::Mail => Some((td_string!(locale, quote.mail), td_string!(locale, quote.mail_hint))),
        RecycleKind::Other => None,
    }
}

/// The name of a step of the price, with its factor.
pub fn step(locale: Locale, price: &Price, kind: StepKind<'_>) -> String {
    let factor = |ratio: Option<Ratio>| ratio.map(|ratio| ratio.to_string()).unwrap_or_default();
    match kind {
        StepKind::Base => td_string!(locale, quote.step_base).to_owned(),
        StepKind::Condition => {
            td_string!(locale, quote.step_condition_factor, factor = factor(price.condition_discount()))
        }
        StepKind::Faults => td_string!(locale, quote.step_faults).to_owned(),
        StepKind::Market if price.market_coefficient_estimated() => {
            td_string!(locale, quote.step_market_estimated, factor = factor(price.market_coefficient()))
        }
        StepKind::Market => {
            td_string!(locale, quote.step_market, factor = factor(price.market_coefficient()))
        }
        StepKind::Own(label) => match locale {
            Locale::zh_CN => label.chinese().to_owned(),
            Locale::en => label.english().to_owned(),
        },
        StepKind::Difference => td_string!(locale, quote.step_difference).to_owned(),
        StepKind::Final => td_string!(locale, quote.step_final).to_owned(),
    }
}

/// Until when a price is valid.
pub fn until(locale: Locale, time: &str) -> String {
    td_string!(locale, quote.until, time = time)
}

/// The message that the partner gave no time of validity.
pub fn until_unknown(locale: Locale) -> &'static str {
    td_string!(locale, quote.until_unknown)
}

/// How long a price is still valid, in hours and minutes. A minute that has begun counts in full.
pub fn left(locale: Locale, seconds: i64) -> String {
    let minutes = (seconds.max(0) + 59) / 60;
    let (hours, minutes) = ((minutes / 60).to_string(), (minutes % 60).to_string());
    match hours.as_str() {
        "0" => td_string!(locale, quote.left_minutes, minutes = minutes),
        _ => td_string!(locale, quote.left_hours, hours = hours, minutes = minutes),
    }
}

/// The note on a price of the sandbox, which is not paid.
pub fn sandbox_note(locale: Locale) -> &'static str {
    td_string!(locale, sandbox.note)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_told_in_hours_and_begun_minutes() {
        let told = |seconds| left(Locale::en, seconds);
        assert_eq!(told(24 * 3600), "24 h 0 min left");
        assert_eq!(told(3600 - 1), "1 h 0 min left");
        assert_eq!(told(59 * 60), "59 min left");
        assert_eq!(told(1), "1 min left");
    }
}
