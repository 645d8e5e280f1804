use leptos::prelude::*;

/// A picture of `public/icons.svg`. Screen readers skip it: a text is always beside it.
pub(crate) fn icon(class: &'static str, name: &str) -> impl IntoView + use<> {
    view! {
        <svg class=class aria-hidden="true">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}
