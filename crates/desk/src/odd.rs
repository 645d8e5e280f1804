//! Counts unusual answers by kind: `tradein_odd_answers`.

use provider::{Answer, BadAnswer, Refusal};

use crate::ask_error::AskError;
use crate::metrics::ProviderMetrics;

/// Counts what is unusual about an answer with a price.
pub(crate) fn count_answer(metrics: &ProviderMetrics, answer: &Answer) {
    if answer.rounded {
        metrics.odd_answer("rounded");
    }
    if answer.price.consistent() == Some(false) {
        metrics.odd_answer("inconsistent");
    }
}

/// Counts an answer that cannot be used.
pub(crate) fn count_failure(metrics: &ProviderMetrics, error: &AskError) {
    if let AskError::Call(Refusal::BadAnswer(bad)) = error {
        metrics.odd_answer(kind(*bad));
    }
}

fn kind(bad: BadAnswer) -> &'static str {
    match bad {
        BadAnswer::NoPrice => "no_price",
        BadAnswer::TooLong => "too_long",
        BadAnswer::Compressed => "compressed",
        BadAnswer::Redirect => "redirect",
        BadAnswer::AnotherModel | BadAnswer::AnotherStorage | BadAnswer::AnotherGrade => "another_device",
        BadAnswer::AboveBase => "above_base",
        BadAnswer::WrongCurrency => "wrong_currency",
        BadAnswer::NotJson | BadAnswer::WrongShape => "unreadable",
    }
}

#[cfg(test)]
mod tests {
    use domain::{Money, Price, PriceParts, Ratio};

    use provider::ProviderName;

    use super::*;
    use crate::metrics::Metrics;

    /// The counters of odd answers that are not 0, by kind.
    fn counted(count: impl Fn(&ProviderMetrics)) -> Vec<String> {
        let metrics = Metrics::new();
        count(&metrics.of(&ProviderName::parse("main").unwrap(), true));
        let text = metrics.text().unwrap();
        let lines =
            text.lines().filter(|line| line.starts_with("tradein_odd_answers") && line.ends_with(" 1"));
        lines.filter_map(|line| Some(line.split('"').nth(1)?.to_owned())).collect()
    }

    fn answer(base: i64, rounded: bool) -> Answer {
        let parts = PriceParts {
            base: Some(Money::from_fen(base)),
            condition_discount: Some(Ratio::ONE),
            function_deduction: Some(Money::ZERO),
            market_coefficient: None,
            final_price: Money::from_fen(10_000),
        };
        Answer { rounded, ..Answer::new(Price::new(parts)) }
    }

    #[test]
    fn a_price_that_was_rounded_or_does_not_follow_from_its_parts_is_counted() {
        assert_eq!(counted(|metrics| count_answer(metrics, &answer(10_000, false))), [""; 0]);
        assert_eq!(counted(|metrics| count_answer(metrics, &answer(10_000, true))), ["rounded"]);
        assert_eq!(counted(|metrics| count_answer(metrics, &answer(20_000, false))), ["inconsistent"]);
    }

    #[test]
    fn an_answer_that_cannot_be_used_is_counted_by_what_is_wrong_with_it() {
        let kind = |error: AskError| counted(|metrics| count_failure(metrics, &error));
        let bad = |bad| kind(AskError::Call(Refusal::BadAnswer(bad)));
        assert_eq!(bad(BadAnswer::NoPrice), ["no_price"]);
        assert_eq!(bad(BadAnswer::AnotherGrade), ["another_device"]);
        assert_eq!(bad(BadAnswer::NotJson), ["unreadable"]);
        assert_eq!(kind(AskError::Down), [""; 0]);
    }
}
