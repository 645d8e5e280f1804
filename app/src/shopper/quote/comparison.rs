//! The offers of other buyers, a row for each, and who gave none.

use domain::{Money, RefusedBy};
use leptos::prelude::*;

use super::alternative::Alternative;
use super::compared::Compared;
use super::handing_over::in_short;
use super::page::QuotePage;
use super::sort::Sort;
use super::waterfall::steps;
use crate::parts::address::query;
use crate::parts::icon::icon;
use crate::words::{self, Locale, offers, td_string};

/// Where the page is read on after its order was changed.
const PLACE: &str = "offers";

/// The section of the other offers. `None` for a price that was compared with no other. `still` is whether the page is
/// a sample, whose links lead to itself.
pub(super) fn comparison(locale: Locale, page: &QuotePage, still: bool) -> Option<impl IntoView + use<>> {
    let QuotePage { compared, now, .. } = page;
    if !compared.is_comparison() {
        return None;
    }
    let sorted = compared.sort.sorted(&compared.alternatives, *now);
    let rows = sorted.iter().map(|offer| row(locale, page, offer, still)).collect_view();
    let title = match sorted.len() {
        0 => None,
        1 => Some(td_string!(locale, buyers.one).to_owned()),
        count => Some(td_string!(locale, buyers.several, count = count.to_string())),
    };
    let title = title.map(|title| view! { <h2>{title}</h2> });
    let order = (sorted.len() > 1).then(|| order(locale, page));
    let refused = compared.refused.iter().map(|by| refused(locale, compared, by)).collect_view();
    let refused = (!compared.refused.is_empty()).then(|| view! { <ul class="unpriced hint">{refused}</ul> });
    Some(view! {
        <section class="offers" id=PLACE>
            {title} {order} {rows} {refused}
        </section>
    })
}

/// The link from the page of another offer back to all offers.
pub(super) fn back(locale: Locale, page: &QuotePage) -> Option<impl IntoView + use<>> {
    let id = page.compared.back.as_ref()?;
    let link = page.frame.link(&format!("/quote/{id}"));
    Some(view! {
        <p class="all-offers"><a href=link><span aria-hidden="true">"← "</span>{td_string!(locale, buyers.back)}</a></p>
    })
}

/// The links that draw the page in another order. They keep the other parts of the address.
fn order(locale: Locale, page: &QuotePage) -> impl IntoView + use<> {
    let links = Sort::ALL.map(|sort| {
        let name = match sort {
            Sort::Price => td_string!(locale, buyers.price),
            Sort::Near => td_string!(locale, buyers.near),
            Sort::Validity => td_string!(locale, buyers.validity),
        };
        let before = page.before.as_ref().map(|before| ("before", before.id.as_str()));
        let back = page.compared.back.as_ref().map(|back| (Compared::BACK, back.as_str()));
        let more = before.into_iter().chain(back).chain([(Compared::SORT, sort.code())]);
        let link = format!("?{}#{PLACE}", query(page.frame.filled().chain(more)));
        let chosen = (sort == page.compared.sort).then_some("true");
        view! { <li><a href=link aria-current=chosen>{name}</a></li> }
    });
    view! {
        <div class="order">
            <span id="order" class="hint">{td_string!(locale, buyers.sort)}</span>
            <ul aria-labelledby="order">{links.collect_view()}</ul>
        </div>
        <script type="module" src="/offers.js"></script>
    }
}

/// One offer: its buyer, price, difference, validity and nearest hand-over, and behind that the rest.
fn row(locale: Locale, page: &QuotePage, offer: &Alternative, still: bool) -> impl IntoView + use<> {
    let QuotePage { compared, now, frame, .. } = page;
    let quote = &offer.quote;
    let buyer = compared.label(&quote.provider).to_owned();
    // The price that it differs from may no longer hold.
    let compares = !page.quote.expired(*now);
    let difference = compares.then(|| offers::difference(locale, offer.credit() - page.credit()));
    // Prices differ by more than they say if the shop adds more to one of them.
    let added = offer.top_up.filter(|added| *added > Money::ZERO && offer.top_up != page.top_up);
    let added = added.map(|added| td_string!(locale, buyers.added, amount = added.to_string()));
    let added = added.map(|added| view! { " " <small>{added}</small> });
    let (badge, flaw) = offers::flaw(locale, quote, *now).unzip();
    let badge = badge.map(|badge| view! { " " <span class="badge">{badge}</span> });
    let until = quote.valid_until.map(|until| {
        let time = words::time(locale, until);
        view! { <p>{td_string!(locale, quote.until, time = time)}</p> }
    });
    let back = (Compared::BACK, page.quote.id.as_str());
    let path = if still { "" } else { &format!("/quote/{}", quote.id) };
    let link = frame.link_with(path, back);
    let take = if flaw.is_none() { td_string!(locale, buyers.take) } else { td_string!(locale, buyers.see) };
    view! {
        <details class="offer" id=format!("offer-{}", quote.id)>
            <summary>
                <h3>{buyer.clone()} {badge}</h3> " "
                <span class="price">{quote.price.final_price().to_string()}</span> " "
                <span class="facts">
                    <span>{offers::nearest(locale, &quote.recycle)}</span> " "
                    <span>{offers::holds(locale, quote, *now)}</span>
                </span>
                " "
                <span class="by">{difference} {added}</span>
            </summary>
            <div class="whole">
                {flaw.map(|flaw| view! { <p class="note">{icon("icon", "info")} <span>{flaw}</span></p> })}
                {until}
                <h4>{td_string!(locale, quote.recycle)}</h4>
                {in_short(locale, &quote.recycle)}
                <h4>{td_string!(locale, quote.steps)}</h4>
                {steps(locale, &quote.price)}
                <p><a class="quiet" href=link>{take} <span class="hidden">" · " {buyer}</span></a></p>
            </div>
        </details>
    }
}

fn refused(locale: Locale, compared: &Compared, by: &RefusedBy) -> impl IntoView + use<> {
    view! { <li>{offers::refused(locale, compared.label(&by.provider), &by.failure)}</li> }
}
