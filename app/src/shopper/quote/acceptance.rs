//! The acceptance of a price: the button, what became of it, and the way to withdraw it.

use leptos::prelude::*;

use super::page::QuotePage;
use super::standing::{Acceptance, Standing, Taken};
use crate::parts::icon::icon;
use crate::words::{self, Locale, td_string};

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
