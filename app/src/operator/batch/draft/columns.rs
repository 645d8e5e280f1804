//! Which column of the file holds what, and the choice of others.

use domain::Field;
use leptos::prelude::*;
use sheet::Mapping;

use super::page::{DraftPage, FORM};
use crate::words::{self, Locale, batch_text, td_string};

/// The columns by which the page was read, for the next step: whether they were changed since.
pub(super) fn read_by(page: &DraftPage) -> impl IntoView + use<> {
    view! { <input type="hidden" name="read_by" value=signature(&page.mapping)/> }
}

/// The columns of all fields in a line, such as `1,2,2,,,3,4,,`.
pub fn signature(mapping: &Mapping) -> String {
    let of = |field: Field| {
        mapping
            .columns()
            .find(|(it, _)| *it == field)
            .map(|(_, column)| column.to_string())
            .unwrap_or_default()
    };
    Field::OF_A_DEVICE.map(of).join(",")
}

pub(super) fn columns(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    let missing = page.mapping.missing();
    let problem = (!missing.is_empty()).then(|| {
        let names = batch_text::names(locale, &missing);
        view! { <p class="problem" role="alert">{td_string!(locale, lists.columns_missing, names = names)}</p> }
    });
    let used = |place: usize| page.mapping.columns().any(|(_, column)| column == place);
    let unused =
        page.columns.iter().enumerate().filter(|(place, (name, _))| !used(*place) && !name.is_empty());
    let unused: Vec<&str> = unused.map(|(_, (name, _))| name.as_str()).collect();
    let unused = (!unused.is_empty()).then(|| {
        view! { <p class="hint">{batch_text::columns_ignored(locale, &unused)}</p> }
    });
    let needed = Mapping::default().missing();
    let fields = Field::OF_A_DEVICE
        .map(|field| {
            let chosen = page.mapping.columns().find(|(it, _)| *it == field).map(|(_, column)| column);
            let options = page.columns.iter().enumerate().map(|(place, (heading, example))| {
                let text = match (heading.is_empty(), example.is_empty()) {
                    (true, _) => format!("{} ({example})", place + 1),
                    (false, true) => heading.clone(),
                    (false, false) => format!("{heading} ({example})"),
                };
                view! { <option value=place selected=chosen == Some(place)>{text}</option> }
            });
            let options = options.collect_view();
            let need = needed.contains(&field).then(|| td_string!(locale, lists.needed));
            let wrong = missing.contains(&field).then_some("true");
            view! {
                <label>
                    <span>{words::column(locale, field)} " " <small>{need}</small></span>
                    <select form=FORM name=field.name() aria-invalid=wrong>
                        <option value="">{td_string!(locale, lists.no_column)}</option>
                        {options}
                    </select>
                </label>
            }
        })
        .collect_view();
    view! {
        <details class="card columns" open=!missing.is_empty()>
            <summary><h2>{td_string!(locale, lists.columns)}</h2></summary>
            <p class="hint">{td_string!(locale, lists.columns_hint)}</p>
            {problem} {unused}
            <div class="fields">{fields}</div>
            <button class="quiet" form=FORM name="do" value="read">{td_string!(locale, lists.read_again)}</button>
        </details>
    }
}
