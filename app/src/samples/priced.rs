//! The sample's price, and what can become of it.

use std::sync::Arc;

use domain::{Change, FaultKind, Grade, Moment, Money, Price, PriceParts, Quote, Source};
use jiff::SignedDuration;

use crate::parts::frame::FrameFields;
use crate::parts::state::State;
use crate::shopper::quote::{Acceptance, Compared, QuotePage, Standing, Taken};

pub(super) fn sample_quote(now: Moment) -> Option<Quote> {
    let quote: Quote = serde_json::from_str(include_str!("quote.json")).ok()?;
    Some(Quote { quoted_at: now, valid_until: Some(later(now, 24 * 3600)), ..quote })
}

pub(super) fn later(now: Moment, seconds: i64) -> Moment {
    Moment::new(now.timestamp().saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now.timestamp()))
}

pub(super) fn priced(state: State, mut quote: Quote, frame: FrameFields, now: Moment) -> QuotePage {
    let other = |fen: i64| {
        let parts = PriceParts {
            base: quote.price.base(),
            condition_discount: None,
            function_deduction: None,
            market_coefficient: None,
            final_price: Money::from_fen(fen),
        };
        Arc::new(Quote { price: Price::new(parts), ..quote.clone() })
    };
    let before = (state == State::Renewed).then(|| other(432_000));
    let changes = vec![
        (Change::Grade(Grade::LikeNew), other(434_200)),
        (Change::Grade(Grade::Good), other(359_200)),
        (Change::Without(FaultKind::Battery), other(450_000)),
    ];
    match state {
        State::Expiring => quote.valid_until = Some(later(now, 25 * 60)),
        State::Expired | State::Ended => quote.valid_until = Some(later(now, -60)),
        State::Stale => quote.source = Source::Stale,
        State::Zero => quote.price = other(0).price.clone(),
        State::Estimated => quote.price = estimated(&quote.price),
        _ => {}
    }
    let changes = if matches!(state, State::Quoted | State::Renewed) { changes } else { Vec::new() };
    let top_up = frame.product().is_some().then_some(Money::from_fen(30_000));
    let link = format!("https://tradein.example/quote/{}", quote.id);
    let quote = Arc::new(quote);
    let compared = Compared::default();
    let page = QuotePage { quote, frame, top_up, now, before, changes, link, acceptance: None, compared };
    // Posted to the page's own address, where the buttons of a sample change nothing.
    let own = Acceptance { action: String::new(), visit: None, standing: standing(state, &page) };
    QuotePage { acceptance: Some(own), ..page }
}

fn standing(state: State, page: &QuotePage) -> Standing {
    let until = page.quote.valid_until.unwrap_or(page.now);
    let taken = || Taken { code: "7KQ2-M9XA".to_owned(), amount: page.credit(), until };
    match state {
        State::Estimated => Standing::Estimated,
        State::Accepted => Standing::Accepted(taken()),
        State::Redeemed => Standing::Redeemed(taken(), "SAMPLE-1001".to_owned()),
        State::Withdrawn => Standing::Withdrawn,
        State::Ended => Standing::Ended(taken()),
        State::Refused => Standing::AmountChanged,
        _ if page.quote.acceptable(page.now) => Standing::Open,
        _ => Standing::Closed(None),
    }
}

/// The same price without the market's factor, which is estimated instead.
fn estimated(price: &Price) -> Price {
    let factor = price.market_coefficient();
    let parts = PriceParts {
        base: price.base(),
        condition_discount: price.condition_discount(),
        function_deduction: price.function_deduction(),
        market_coefficient: None,
        final_price: price.final_price(),
    };
    let price = Price::new(parts);
    factor.map_or(price.clone(), |factor| price.with_estimated_coefficient(factor))
}
