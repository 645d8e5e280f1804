//! All checks, one after the other.

use domain::QuoteRequest;
use provider::Refusal;

use super::checks::Check;
use super::device::any;
use super::findings::{Cause, Finding, Line, Why};
use super::price::Priced;
use super::refusals::Known;
use super::trial::{About, Trial};

impl Trial<'_> {
    /// Makes all checks, one call after the other.
    pub async fn run(&self) -> Vec<Line> {
        let (description, many) = self.description().await;
        // Where nothing listens, each further check would say the same.
        if matches!(description, Finding::Wrong(Cause::NoAnswer(Refusal::NoConnection(_)))) {
            let others = Check::ALL.into_iter().skip(1).map(|check| not_tried(check, Why::NoConnection));
            return [Line { check: Check::Description, finding: description }]
                .into_iter()
                .chain(others)
                .collect();
        }
        let mut lines = vec![Line { check: Check::Description, finding: description }];
        let (search, found) = self.search().await;
        let mut known = Known { many, is_answered: false, is_authorized: !is_unauthorized(&search) };
        lines.push(Line { check: Check::Search, finding: search });
        let device = match &self.about {
            About::Device(device) => Some(QuoteRequest::clone(device)),
            About::First { .. } => found.clone(),
        };
        lines.push(match found.as_ref() {
            Some(found) => Line { check: Check::Keywords, finding: self.keywords(found).await },
            None => not_tried(Check::Keywords, Why::NoModels),
        });
        let Some(device) = device else {
            let of_prices = Check::OF_PRICES.into_iter().chain([Check::Many]);
            lines.extend(of_prices.map(|check| not_tried(check, Why::NoPrice)));
            // Who has to be refused does not depend on the device.
            match any() {
                Some(any) => lines.extend(self.refusals(&any, known).await),
                None => lines.extend(Check::OF_REFUSALS.map(|check| not_tried(check, Why::NoPrice))),
            }
            lines.push(not_tried(Check::Speed, Why::NoPrice));
            return lines;
        };
        let Priced { lines: of_price, is_answered, price } = self.prices(&device).await;
        known.is_answered = is_answered;
        known.is_authorized &= !of_price.iter().any(|line| is_unauthorized(&line.finding));
        lines.extend(of_price);
        match price {
            Some(price) => {
                lines.push(Line { check: Check::Faults, finding: self.faults(&device, price).await });
                lines.push(Line { check: Check::Grades, finding: self.grades(&device, price).await });
            }
            None => lines.extend([Check::Faults, Check::Grades].map(|check| not_tried(check, Why::NoPrice))),
        }
        lines.push(Line { check: Check::Many, finding: self.many(&device, many).await });
        lines.extend(self.refusals(&device, known).await);
        lines.push(if is_answered {
            Line { check: Check::Speed, finding: self.speed(&device).await }
        } else {
            not_tried(Check::Speed, Why::NoPrice)
        });
        lines
    }
}

/// Whether a call with a right signature was refused for it.
fn is_unauthorized(finding: &Finding) -> bool {
    matches!(finding, Finding::Wrong(Cause::NoAnswer(Refusal::Unauthorized { .. })))
}

fn not_tried(check: Check, why: Why) -> Line {
    Line { check, finding: Finding::NotTried(why) }
}
