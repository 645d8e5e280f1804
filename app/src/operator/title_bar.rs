//! The title of an operator's page, with links to the others.

use leptos::prelude::*;

use crate::words::{Locale, language, td_string};

/// The operator's pages that link to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Ops,
    Lists,
    Offers,
    Deliveries,
    /// A page below one of these.
    Inner,
}

/// A page's title, and links to the other pages.
pub(super) fn title_bar(locale: Locale, title: String, here: Page) -> impl IntoView {
    let tag = language::tag(locale);
    let pages = [
        (Page::Ops, "/ops", td_string!(locale, ops.title)),
        (Page::Lists, "/batch", td_string!(locale, lists.title)),
        (Page::Offers, "/ops/offers", td_string!(locale, offers.title)),
        (Page::Deliveries, "/ops/deliveries", td_string!(locale, offers.deliveries)),
    ];
    let links = pages
        .into_iter()
        .filter(|(page, ..)| *page != here)
        .map(|(_, path, name)| view! { <a class="quiet" href=format!("{path}?locale={tag}")>{name}</a> })
        .collect_view();
    view! {
        <div class="bar-of-title">
            <h1>{title}</h1>
            {links}
            <form method="post" action=format!("/ops/leave?locale={tag}")>
                <button class="quiet">{td_string!(locale, ops.sign_out)}</button>
            </form>
        </div>
    }
}
