//! The forms of a list: another list, the way back, and withdrawing a list that waits.

use leptos::prelude::*;

use super::shown::{ListShown, PATH};
use crate::words::{Locale, language, td_string};

/// A list whose day has not come, and the button that withdraws it.
pub(super) fn waiting(locale: Locale, shown: &ListShown) -> Option<impl IntoView + use<>> {
    let waiting = shown.waiting.as_ref()?;
    let day = waiting.from.map(|day| day.to_string()).unwrap_or_default();
    let title = td_string!(locale, price_lists.waiting, file = waiting.file.clone(), day = day);
    // Without a list in use, there is none to stay with.
    let button =
        shown.current.is_some().then(|| back(locale, shown, td_string!(locale, price_lists.withdraw)));
    Some(view! {
        <div class="alerts">
            <h3>{title}</h3>
            <p class="hint">{waiting.told(locale)}</p>
            {button}
        </div>
    })
}

/// The former list, and the button that puts it in use again.
pub(super) fn former(locale: Locale, shown: &ListShown) -> Option<impl IntoView + use<>> {
    let former = shown.former.as_ref()?;
    // While a list waits, the button withdraws that one.
    let can_go_back = shown.waiting.is_none() || shown.current.is_none();
    let button = can_go_back.then(|| back(locale, shown, td_string!(locale, price_lists.go_back)));
    let from = former.from.map(|day| {
        let text = td_string!(locale, price_lists.holds_from, day = day.to_string());
        view! { " · " {text} }
    });
    Some(view! {
        <h3>{td_string!(locale, price_lists.former)}</h3>
        <p class="name">{former.file.clone()}</p>
        <p class="hint">{former.told(locale)} {from}</p>
        {button}
    })
}

fn back(locale: Locale, shown: &ListShown, name: &'static str) -> impl IntoView + use<> {
    view! {
        <form class="presses" method="post" action=action(locale) enctype="multipart/form-data">
            <input type="hidden" name="list" value=shown.provider.clone() />
            <input type="hidden" name="do" value="back" />
            <input type="hidden" name="mark" value=shown.mark.clone() />
            <button class="quiet">{name}</button>
        </form>
    }
}

/// The form for another list. It is sent by the button only: a list is in use at once.
pub(super) fn upload(locale: Locale, shown: &ListShown) -> impl IntoView + use<> {
    let id = |what: &str| format!("{what}-{}", shown.provider);
    let problem = shown.problem.clone();
    let wrong = problem.is_some();
    let described = if wrong { format!("{} {}", id("hint"), id("problem")) } else { id("hint") };
    let problem = problem.map(|text| view! { <p class="problem" id=id("problem") role="alert">{text}</p> });
    let kept = match shown.path {
        Some(_) => td_string!(locale, price_lists.kept_in_file),
        None => td_string!(locale, price_lists.kept_in_memory),
    };
    view! {
        <form class="upload" method="post" action=action(locale) enctype="multipart/form-data">
            <input type="hidden" name="list" value=shown.provider.clone() />
            <input type="hidden" name="do" value="upload" />
            <label for=id("file")>{td_string!(locale, price_lists.choose)}</label>
            <input
                id=id("file")
                type="file"
                name="file"
                required
                accept=shown.endings.clone()
                aria-describedby=described
                aria-invalid=wrong.then_some("true")
            />
            {problem}
            <p class="hint" id=id("hint")>
                {td_string!(locale, price_lists.choose_hint, endings = shown.endings.replace(',', ", "))} " " {kept}
            </p>
            <button class="primary">{td_string!(locale, price_lists.upload)}</button>
        </form>
    }
}

fn action(locale: Locale) -> String {
    format!("{PATH}?locale={}", language::tag(locale))
}
