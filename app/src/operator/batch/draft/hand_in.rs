//! The answers of a report that was filled in: handed in beside the questions of its list.

use leptos::prelude::*;

use super::page::DraftPage;
use crate::words::{Locale, batch_text, language, td_string};

/// The form that takes a report with answers; nothing for a list without questions.
pub(super) fn hand_in(locale: Locale, page: &DraftPage) -> impl IntoView + use<> {
    if page.questions.is_empty() && page.problem.is_none() || !page.mapping.missing().is_empty() {
        return None;
    }
    // The columns as the page shows them.
    let columns = page.mapping.columns().map(|(field, column)| format!("&{}={column}", field.name()));
    let columns = columns.collect::<String>();
    let action = format!("/batch/draft/{}/answers?locale={}{columns}", page.key, language::tag(locale));
    let problem = page.problem.clone().map(|text| {
        view! { <p class="problem" id="handed-in-problem" role="alert">{text}</p> }
    });
    let unused = (page.unused > 0)
        .then(|| view! { <p class="hint">{batch_text::answers_unused(locale, page.unused)}</p> });
    let invalid = page.problem.is_some().then_some("true");
    let described = if page.problem.is_some() { "hand-in-hint handed-in-problem" } else { "hand-in-hint" };
    let is_open = page.problem.is_some() || page.unused > 0;
    let sheet = td_string!(locale, report.questions);
    Some(view! {
        <details class="card hand-in" open=is_open>
            <summary><h2>{td_string!(locale, lists.hand_in)}</h2></summary>
            <form method="post" action=action enctype="multipart/form-data">
                <p class="hint" id="hand-in-hint">{td_string!(locale, lists.hand_in_hint, sheet = sheet)}</p>
                <input
                    type="file"
                    name="file"
                    required
                    accept=".xlsx,.xlsm,.xlsb,.xls,.ods,.csv"
                    aria-label=td_string!(locale, lists.hand_in_file)
                    aria-describedby=described
                    aria-invalid=invalid
                />
                {problem} {unused}
                <div class="presses"><button class="quiet">{td_string!(locale, lists.apply_answers)}</button></div>
            </form>
        </details>
    })
}
