//! Draws every state of the widget by the real pages from sample data: for the studio, for reviews and for
//! tests. No call is made for it.

mod compared;

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
use crate::shopper::quote::{Acceptance, Compared, QuotePage, Sort, Standing, Taken};
use crate::shopper::step::Step;
use crate::shopper::{form_page, quote};
use crate::words::{Locale, td_string};

/// Draws a state as the frame shows it at `now`; `sort` is the order of other buyers' offers. Its islands never start.
pub fn draw_page(setting: &Setting, state: State, frame: FrameFields, sort: Sort, now: Moment) -> String {
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
        State::Compared => {
            let page = priced(state, sample, frame, now);
            let compared = compared::compared(setting.locale, &page.quote, page.top_up, sort);
            return quote::draw_page(setting, &QuotePage { compared, ..page });
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::document::{Assets, Shop};

    #[test]
    fn the_sample_is_a_quote_whose_steps_add_up() {
        let quote = sample_quote(now()).unwrap();
        assert_eq!(quote.price.consistent(), Some(true));
        assert!(quote.acceptable(now()) && quote.device.to_form().parse().is_ok());
        assert!(quote.quality_check.len() >= 20);
    }

    fn setting(locale: Locale) -> Setting {
        let assets = Assets { style: String::new(), glue: String::new(), wasm: String::new() };
        Setting {
            locale,
            theme: "auto",
            accent: None,
            sandbox: true,
            origins: String::new(),
            still: false,
            shop: Shop::default(),
            assets: Arc::new(assets),
        }
    }

    fn now() -> Moment {
        Moment::from_utc8("2026-01-05T10:00:00".parse().unwrap()).unwrap()
    }

    fn drawn(state: State, locale: Locale) -> String {
        draw_page(&setting(locale), state, FrameFields::default(), Sort::default(), now())
    }

    /// The compared sample in English, after a change.
    fn compared(change: impl FnOnce(&mut QuotePage)) -> String {
        let frame = FrameFields { merchant: "demo".into(), locale: "en".into(), ..FrameFields::default() };
        let page = priced(State::Compared, sample_quote(now()).unwrap(), frame, now());
        let compared = compared::compared(Locale::en, &page.quote, page.top_up, Sort::Price);
        let mut page = QuotePage { compared, ..page };
        change(&mut page);
        quote::draw_page(&Setting { still: false, ..setting(Locale::en) }, &page)
    }

    fn sold(quote: &Arc<Quote>, change: impl FnOnce(&mut Quote)) -> Arc<Quote> {
        let mut quote = Quote::clone(quote);
        change(&mut quote);
        Arc::new(quote)
    }

    #[test]
    fn only_a_price_that_may_be_accepted_has_the_button() {
        let open = [
            State::Quoted,
            State::Compared,
            State::Expiring,
            State::Renewed,
            State::Withdrawn,
            State::Refused,
        ];
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

    #[test]
    fn a_price_that_was_compared_with_no_other_shows_nothing_of_other_buyers() {
        for state in State::ALL.into_iter().filter(|state| *state != State::Compared) {
            let page = drawn(state, Locale::en);
            for part in ["class=\"whose\"", "class=\"offers\"", "all-offers", "/offers.js"] {
                assert!(!page.contains(part), "{state:?}: {part}");
            }
        }
    }

    #[test]
    fn the_first_offer_says_whose_it_is_and_why_it_is_first() {
        let first = |says: &str, change: &dyn Fn(&mut QuotePage)| {
            let page = compared(|page| change(page));
            assert!(page.contains(&format!("<p class=\"whose\">爱回收: {says}</p>")), "{says}");
        };
        let without_tie = |page: &mut QuotePage| drop(page.compared.alternatives.remove(0));
        first("the same price as Sample Electronics, and holds longer", &|_| {});
        first("the same price as Sample Electronics, in the shop's order", &|page| {
            let until = page.quote.valid_until;
            let tie = &mut page.compared.alternatives[0].quote;
            *tie = sold(tie, |tie| tie.valid_until = until);
        });
        first("the highest offer that can be used at checkout", &without_tie);
        first("the highest of 2 offers", &|page| {
            without_tie(page);
            page.compared.alternatives.pop();
        });
        first("the highest of 4 offers, none of which can be used at checkout", &|page| {
            page.quote = sold(&page.quote, |quote| quote.source = Source::Stale);
        });
    }

    #[test]
    fn each_other_offer_has_a_row_with_its_difference_its_validity_and_its_nearest_hand_over() {
        let page = compared(|_| {});
        assert!(page.contains("3 other offers"));
        for part in [
            "the same price",
            "Store, 0.6 km away",
            "until 5 Jan 22:00",
            "¥120 less",
            "Store, 4.5 km away",
            "¥48 more",
            "Older price",
            "Grade: excellent",
            "Quick Cash gives no answer now.",
        ] {
            assert!(page.contains(part), "{part}");
        }
        let chinese = drawn(State::Compared, Locale::zh_CN);
        for part in ["另有 3 个报价", "价格相同", "少 ¥120", "快收样例：暂时没有回应。"]
        {
            assert!(chinese.contains(part), "{part}");
        }
    }

    #[test]
    fn a_row_leads_to_the_page_of_its_offer_and_that_page_back() {
        let best = sample_quote(now()).unwrap().id;
        let other = domain::QuoteId::from_random(1);
        let page = compared(|_| {});
        assert!(page.contains(&format!("/quote/{other}?merchant=demo&amp;locale=en&amp;compared={best}\"")));
        let page = compared(|page| {
            let tie = page.compared.alternatives.remove(0);
            let labels = std::mem::take(&mut page.compared.labels);
            page.quote = tie.quote;
            page.compared = Compared { labels, back: Some(best.clone()), ..Compared::default() };
        });
        assert!(page.contains(&format!("<a href=\"/quote/{best}?merchant=demo&amp;locale=en\"")));
        assert!(page.contains("An offer of Sample Electronics") && !page.contains("class=\"offers\""));
    }

    #[test]
    fn the_order_is_chosen_by_links_that_keep_the_rest_of_the_address() {
        let labels = ["Sample Electronics", "Sample Recycling", "Renewed &amp; Co."];
        let orders = [(Sort::Price, [0, 1, 2]), (Sort::Near, [0, 1, 2]), (Sort::Validity, [1, 0, 2])];
        for (sort, order) in orders {
            let page = compared(|page| page.compared.sort = sort);
            let place = |label: &str| page.find(&format!("<h3>{label}")).unwrap();
            assert!(order.map(|at| place(labels[at])).is_sorted(), "{sort:?}");
            let link = |sort: Sort| {
                format!("<a href=\"?merchant=demo&amp;locale=en&amp;sort={}#offers\"", sort.code())
            };
            assert!(Sort::ALL.iter().all(|sort| page.contains(&link(*sort))));
            assert!(page.contains(&format!("{} aria-current=\"true\"", link(sort))), "{sort:?}");
        }
    }

    #[test]
    fn what_the_shop_adds_counts_in_a_difference_and_is_said_where_it_differs() {
        let page = compared(|page| {
            page.top_up = Some(Money::from_fen(10_000));
            page.compared.alternatives[1].top_up = Some(Money::from_fen(30_000));
        });
        assert!(page.contains("+ ¥300 from the shop") && page.contains("¥80 more"));
        let page = compared(|page| {
            page.top_up = Some(Money::from_fen(10_000));
            page.compared.alternatives.iter_mut().for_each(|other| other.top_up = page.top_up);
        });
        assert!(page.contains("¥120 less") && !page.contains("from the shop"));
    }

    #[test]
    fn an_expired_price_is_no_measure_for_others_and_one_alone_is_not_called_the_highest() {
        let page = compared(|page| {
            page.quote = sold(&page.quote, |quote| quote.valid_until = Some(later(now(), -60)));
        });
        assert!(!page.contains("¥120 less") && !page.contains("the highest") && page.contains("¥3,972"));
        let alone = compared(|page| page.compared.alternatives.clear());
        assert!(alone.contains("An offer of 爱回收") && alone.contains("Quick Cash gives no answer now."));
        assert!(!alone.contains("other offer") && !alone.contains("the highest"));
    }

    #[test]
    fn the_shops_page_gets_the_best_quote_with_its_provider() {
        let page = compared(|_| {});
        let (_, json) = page.split_once("id=\"tradein-quote\">").unwrap();
        let json: serde_json::Value = serde_json::from_str(json.split_once('<').unwrap().0).unwrap();
        assert_eq!(json["id"], sample_quote(now()).unwrap().id.as_str());
        assert_eq!((&json["provider"], &json["price"]["final"]), (&"aihuishou".into(), &409_200.into()));
    }
}
