//! The acceptance of a price: the button, what became of it, and the way to withdraw it.

use domain::{Moment, Money};
use leptos::prelude::*;

use super::page::QuotePage;
use crate::parts::icon::icon;
use crate::words::{self, Locale, td_string};

/// What has become of a price in the shopper's visit, as the server knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Where the forms are posted to; empty for the page's own address.
    pub action: String,
    /// The identifier of the visit, for a browser that sent none in a cookie; otherwise `None`.
    pub visit: Option<String>,
    /// What has become of it.
    pub standing: Standing,
}

/// What has become of a price in a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may be accepted.
    Open,
    /// It cannot be accepted, for a reason that is given, or else that the page of the quote states anyway.
    Closed(Option<String>),
    /// It cannot be accepted, because a part of it is an estimate.
    Estimated,
    /// It is accepted.
    Accepted(Taken),
    /// An order has used it.
    Redeemed(Taken, String),
    /// The shopper withdrew it. It may be accepted again.
    Withdrawn,
    /// It was accepted, and has ended.
    Ended(Taken),
    /// It was not accepted, because the page that was sent had another amount. It may be accepted.
    AmountChanged,
    /// Something failed, as these words say. It may be tried again.
    Failed(String),
}

/// An accepted price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The code for people, in groups of characters with a hyphen between them.
    pub code: String,
    /// Price and top-up together.
    pub amount: Money,
    /// Until when the shop holds it.
    pub until: Moment,
}

impl Standing {
    /// Its name in the page, for the script and the style sheet.
    fn code(&self) -> &'static str {
        match self {
            Self::Open | Self::Withdrawn | Self::AmountChanged | Self::Failed(_) => "open",
            Self::Closed(_) | Self::Estimated => "closed",
            Self::Accepted(_) => "accepted",
            Self::Redeemed(..) => "redeemed",
            Self::Ended(_) => "ended",
        }
    }

    /// It in a sentence, for a reader who pressed a button; empty if there is nothing to say. `credit` is what
    /// the price and the top-up are now.
    pub fn explain(&self, locale: Locale, credit: Money) -> String {
        match self {
            Self::Open => String::new(),
            Self::Closed(why) => why.clone().unwrap_or_else(|| td_string!(locale, credit.closed).to_owned()),
            Self::Estimated => td_string!(locale, credit.estimated).to_owned(),
            Self::Accepted(taken) => td_string!(locale, credit.accepted, amount = taken.amount.to_string()),
            Self::Redeemed(taken, _) => {
                td_string!(locale, credit.redeemed, amount = taken.amount.to_string())
            }
            Self::Withdrawn => td_string!(locale, credit.withdrawn).to_owned(),
            Self::Ended(taken) => td_string!(locale, credit.ended_hint, amount = taken.amount.to_string()),
            Self::AmountChanged => td_string!(locale, credit.changed, amount = credit.to_string()),
            Self::Failed(why) => why.clone(),
        }
    }
}

/// The part of the verdict about the acceptance. `None` if the page belongs to no shop.
pub(super) fn acceptance(locale: Locale, page: &QuotePage) -> Option<impl IntoView + use<>> {
    let own = page.acceptance.as_ref()?;
    let said = own.standing.explain(locale, page.credit());
    let content = match &own.standing {
        Standing::Open => accept(locale, page, own).into_any(),
        Standing::Closed(None) => return None,
        Standing::Closed(Some(_)) | Standing::Estimated => note(said).into_any(),
        Standing::Withdrawn | Standing::AmountChanged | Standing::Failed(_) => {
            view! { {note(said)} {accept(locale, page, own)} }.into_any()
        }
        Standing::Accepted(taken) => accepted(locale, page, own, taken).into_any(),
        Standing::Redeemed(taken, order) => redeemed(locale, taken, order.clone()).into_any(),
        Standing::Ended(_) => view! {
            <h2 tabindex="-1">{td_string!(locale, credit.ended)}</h2>
            <p>{said}</p>
        }
        .into_any(),
    };
    Some(view! { <div class="credit" data-state=own.standing.code()>{content}</div> })
}

/// A sentence that a reader who pressed a button gets first.
fn note(text: String) -> impl IntoView {
    view! { <p class="note" tabindex="-1">{icon("icon", "info")} <span>{text}</span></p> }
}

/// The button that accepts the price.
fn accept(locale: Locale, page: &QuotePage, own: &Acceptance) -> impl IntoView + use<> {
    let amount = page.credit().fen().to_string();
    form(
        locale,
        page,
        own,
        "accept",
        view! {
            <input type="hidden" name="amount" value=amount/>
            <button class="primary accept" name="act" value="accept">{td_string!(locale, quote.accept)}</button>
        },
    )
}

/// What the shopper has once the price is accepted: the amount, until when, the code, and the way back. The
/// part for a shop's page that reports an order is shown by `public/embed/used.js`.
fn accepted(locale: Locale, page: &QuotePage, own: &Acceptance, taken: &Taken) -> impl IntoView + use<> {
    let Taken { code, amount, until } = taken;
    let until = td_string!(locale, credit.until, time = words::time(locale, *until));
    // Letter by letter, because a screen reader would pronounce it as a word.
    let spelled = code.replace('-', ", ").chars().map(|c| format!("{c} ")).collect::<String>();
    let withdraw = form(
        locale,
        page,
        own,
        "withdraw",
        view! { <button class="quiet" name="act" value="withdraw">{td_string!(locale, credit.withdraw)}</button> },
    );
    view! {
        <div class="held">
            <h2 tabindex="-1">{td_string!(locale, credit.accepted, amount = amount.to_string())}</h2>
            <p>{until}</p>
            <p class="hint">{td_string!(locale, credit.code_hint)}</p>
            <p class="till">
                <span class="hidden">{td_string!(locale, credit.code)} ": " {spelled}</span>
                <strong class="code" id="offer-code" aria-hidden="true">{code.clone()}</strong>
                <button
                    class="quiet needs-script"
                    type="button"
                    data-copy="offer-code"
                    data-copied=td_string!(locale, studio.copied)
                >
                    {td_string!(locale, credit.copy)}
                </button>
            </p>
            {withdraw}
        </div>
        <div class="used" hidden>{used(locale, taken, String::new())}</div>
    }
}

/// The same once an order has used it.
fn redeemed(locale: Locale, taken: &Taken, order: String) -> impl IntoView + use<> {
    view! { <div class="used">{used(locale, taken, order)}</div> }
}

fn used(locale: Locale, taken: &Taken, order: String) -> impl IntoView + use<> {
    let amount = taken.amount.to_string();
    view! {
        <h2 tabindex="-1">{td_string!(locale, credit.redeemed, amount = amount)}</h2>
        <p>{td_string!(locale, credit.order)} " " <strong class="order">{order}</strong></p>
        <p class="hint">{td_string!(locale, credit.redeemed_hint)}</p>
    }
}

/// A form with everything that the server needs to find the price again. `public/offer.js` posts it to
/// `/api/fn/` and the name `function`; without scripts, the browser posts it to the page's address.
fn form<C: IntoView>(
    locale: Locale,
    page: &QuotePage,
    own: &Acceptance,
    function: &'static str,
    content: C,
) -> impl IntoView + use<C> {
    let hidden = page
        .frame
        .filled()
        .map(|(name, value)| (name, value.to_owned()))
        .chain([("quote_id", page.quote.id.to_string())])
        .chain(page.before.as_ref().map(|before| ("before", before.id.to_string())))
        .chain(own.visit.clone().map(|visit| ("visit", visit)))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form
            method="post"
            action=own.action.clone()
            data-fn=function
            data-lost=td_string!(locale, credit.lost)
        >
            {hidden} {content}
            <p class="note" role="alert" hidden></p>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::parts::document::{Assets, Setting, Shop};
    use crate::parts::frame::FrameFields;
    use crate::parts::state::State;
    use crate::samples;

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
        samples::draw_page(&setting, state, FrameFields::default(), now)
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
            (State::Zero, "recycled for free", "免费"),
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
