//! The title of a page of lists, with links to its neighbours.

use leptos::prelude::*;

use crate::words::{Locale, language, td_string};

/// The kinds of pages about lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Overview,
    Inner,
}

/// A page's title, and links to its neighbours.
pub(super) fn title_bar(locale: Locale, title: String, page: Page) -> impl IntoView {
    let tag = language::tag(locale);
    let lists = (page == Page::Inner).then(|| {
        view! { <a class="quiet" href=format!("/batch?locale={tag}")>{td_string!(locale, lists.title)}</a> }
    });
    view! {
        <div class="bar-of-title">
            <h1>{title}</h1>
            {lists}
            <a class="quiet" href=format!("/ops?locale={tag}")>{td_string!(locale, ops.title)}</a>
            <form method="post" action=format!("/ops/leave?locale={tag}")>
                <button class="quiet">{td_string!(locale, ops.sign_out)}</button>
            </form>
        </div>
    }
}
