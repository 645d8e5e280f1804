//! Draws every state of the widget by the real pages from sample data: for the studio, for reviews and for
//! tests. No call is made for it.

use std::sync::Arc;

use domain::{
    CatalogueItem, Category, Change, Failure, FaultKind, Field, FieldError, Grade, Moment, Money,
    NotAccepted, Price, PriceParts, Problem, Quote, QuoteForm, Source,
};
use jiff::SignedDuration;

use crate::everyone::failure;
use crate::parts::document::Setting;
use crate::parts::failure_report::FailureReport;
use crate::parts::frame::FrameFields;
use crate::parts::state::State;
use crate::shopper::form_page::{Search, Widget};
use crate::shopper::islands::Asking;
use crate::shopper::quote::{Acceptance, QuotePage, Standing, Taken};
use crate::shopper::step::Step;
use crate::shopper::{form_page, quote};
use crate::words::{Locale, td_string};

/// Draws a state as the frame shows it at `now`. Its islands never start.
pub fn draw_page(setting: &Setting, state: State, frame: FrameFields, now: Moment) -> String {
    let setting = &Setting { still: true, ..setting.clone() };
    let Some(sample) = sample_quote(now) else {
        return failure::draw_page(setting, &Failure::Internal { request_id: String::new() }, "/".to_owned());
    };
    let form = sample.device.to_form();
    let told = |failure| Widget { failure: Some(failure), ..filled(&form, &frame) };
    let asked = |report, asking| form_page::draw_as(setting, filled(&form, &frame), report, asking);
    let drawn = match state {
        State::Form => empty(&frame),
        State::Review => filled(&form, &frame),
        State::Invalid => invalid(&form, &frame),
        State::Unknown => unknown(&form, &frame),
        State::NotAccepted => told(Failure::NotAccepted { reason: NotAccepted::NotOnSale }),
        State::Quota => told(Failure::QuotaExhausted { resets_at: later(now, 9 * 3600) }),
        State::Limited => told(Failure::RateLimited { retry_after_seconds: 20 }),
        State::Down => told(Failure::PartnerUnavailable),
        State::Internal => told(Failure::Internal { request_id: "sample-request-1".to_owned() }),
        State::Loading => return asked(None, Asking::Waiting),
        State::Slow => return asked(None, Asking::Long),
        State::Offline => return asked(Some(offline(setting.locale)), Asking::Not),
        State::Missing => {
            let form = frame.link(&format!("/widget/{}", frame.merchant));
            return failure::draw_page(setting, &Failure::NotFound, form);
        }
        State::Quoted
        | State::Expiring
        | State::Expired
        | State::Renewed
        | State::Stale
        | State::Zero
        | State::Estimated
        | State::Accepted
        | State::Redeemed
        | State::Withdrawn
        | State::Ended
        | State::Refused => {
            return quote::draw_page(setting, &priced(state, sample, frame, now));
        }
    };
    form_page::draw_page(setting, drawn)
}

fn sample_quote(now: Moment) -> Option<Quote> {
    let quote: Quote = serde_json::from_str(include_str!("samples/quote.json")).ok()?;
    Some(Quote { quoted_at: now, valid_until: Some(later(now, 24 * 3600)), ..quote })
}

fn later(now: Moment, seconds: i64) -> Moment {
    Moment::new(now.timestamp().saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now.timestamp()))
}

fn phone(model: &str) -> CatalogueItem {
    CatalogueItem {
        device_type: Category::Phone,
        brand: "苹果".to_owned(),
        model: model.to_owned(),
        storages: ["128GB", "256GB", "512GB", "1TB"].map(str::to_owned).to_vec(),
        rams: Vec::new(),
    }
}

fn phones() -> Vec<CatalogueItem> {
    ["iPhone 14 Pro Max", "iPhone 14 Pro", "iPhone 14 Plus", "iPhone 14"].map(phone).to_vec()
}

fn empty(frame: &FrameFields) -> Widget {
    let of = |brand: &str| CatalogueItem { brand: brand.to_owned(), ..phone("") };
    let popular = ["苹果", "华为", "小米"].map(of).to_vec();
    let search = Search { found: Some(phones()), popular, ..Search::default() };
    Widget { frame: frame.clone(), search, ..Widget::default() }
}

fn filled(form: &QuoteForm, frame: &FrameFields) -> Widget {
    let chosen = Some(phone(&form.model));
    Widget { form: form.clone(), step: Step::Review, chosen, ..empty(frame) }
}

fn invalid(form: &QuoteForm, frame: &FrameFields) -> Widget {
    let form = QuoteForm { storage: String::new(), condition: String::new(), ..form.clone() };
    let missing = |field| FieldError { field, problem: Problem::Missing };
    let fields = [Field::Storage, Field::Condition].map(missing).to_vec();
    let failure = Some(Failure::InvalidInput { fields });
    Widget { failure, step: Step::Device, ..filled(&form, frame) }
}

fn unknown(form: &QuoteForm, frame: &FrameFields) -> Widget {
    let form = QuoteForm { model: "iPhone 14 Pro Mini".to_owned(), ..form.clone() };
    let search = Search { found: Some(phones()), nearest: true, ..Search::default() };
    let failure = Some(Failure::ModelUnknown);
    Widget { failure, search, step: Step::Device, chosen: None, ..filled(&form, frame) }
}

fn offline(locale: Locale) -> FailureReport {
    FailureReport {
        code: "partner_unavailable".to_owned(),
        message: td_string!(locale, failure.offline).to_owned(),
        next: td_string!(locale, failure.offline_next).to_owned(),
        ..FailureReport::default()
    }
}

fn priced(state: State, mut quote: Quote, frame: FrameFields, now: Moment) -> QuotePage {
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
    let page = QuotePage { quote, frame, top_up, now, before, changes, link, acceptance: None };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::document::{Assets, Shop};

    #[test]
    fn the_sample_is_a_quote_whose_steps_add_up() {
        let now = Moment::from_utc8("2026-01-05T10:00:00".parse().unwrap()).unwrap();
        let quote = sample_quote(now).unwrap();
        assert_eq!(quote.price.consistent(), Some(true));
        assert!(quote.acceptable(now) && quote.device.to_form().parse().is_ok());
        assert!(quote.quality_check.len() >= 20);
    }

    fn drawn(state: State, locale: Locale) -> String {
        let assets = Assets { style: String::new(), glue: String::new(), wasm: String::new() };
        let setting = Setting {
            locale,
            theme: "auto",
            accent: None,
            sandbox: true,
            origins: String::new(),
            still: false,
            shop: Shop::default(),
            assets: Arc::new(assets),
        };
        let now = Moment::from_utc8("2026-01-05T10:00:00".parse().unwrap()).unwrap();
        draw_page(&setting, state, FrameFields::default(), now)
    }

    #[test]
    fn only_a_price_that_may_be_accepted_has_the_button() {
        let open = [State::Quoted, State::Expiring, State::Renewed, State::Withdrawn, State::Refused];
        for state in State::ALL {
            let page = drawn(state, Locale::en);
            assert_eq!(page.contains("value=\"accept\""), open.contains(&state), "{state:?}");
            assert_eq!(page.contains("value=\"withdraw\""), state == State::Accepted, "{state:?}");
        }
    }

    #[test]
    fn a_price_without_the_button_says_why() {
        for (state, english, chinese) in [
            (State::Stale, "cannot be used at checkout", "结算时不能直接使用"),
            (State::Estimated, "A part of this price is an estimate", "有一部分是估计"),
            (State::Expired, "This price has expired", "这个价格已过期"),
            (State::Ended, "The credit has expired", "抵扣已过期"),
            (State::Zero, "ask the shop where it can be recycled", "向商家询问"),
            (State::Redeemed, "SAMPLE-1001", "SAMPLE-1001"),
        ] {
            assert!(drawn(state, Locale::en).contains(english), "{state:?}");
            assert!(drawn(state, Locale::zh_CN).contains(chinese), "{state:?}");
        }
    }

    #[test]
    fn a_screen_reader_spells_the_code() {
        assert!(drawn(State::Accepted, Locale::en).contains("7 K Q 2 ,   M 9 X A"));
    }
}
