use domain::Failure;
use leptos::html::Div;
use leptos::prelude::*;

use super::state::{State, Trouble};
use crate::i18n::td_string;
use crate::refusal::{Explanation, explain};
use crate::words;

/// What went wrong, at the top of the form: it takes the focus, tells what to do, and
/// links to each field to mend.
pub(super) fn summary(state: State, place: NodeRef<Div>) -> impl IntoView {
    move || {
        let trouble = state.trouble.get()?;
        let Explanation { title, next } = match &trouble {
            Trouble::Offline => Explanation {
                title: td_string!(state.locale, failure.offline).to_owned(),
                next: td_string!(state.locale, failure.offline_next).to_owned(),
            },
            Trouble::Failed(failure) => explain(state.locale, failure),
        };
        let code = match &trouble {
            Trouble::Offline => "offline",
            Trouble::Failed(failure) => failure.code(),
        };
        let fields = match trouble {
            Trouble::Failed(Failure::InvalidInput { fields }) => fields,
            _ => Vec::new(),
        };
        let links = fields
            .into_iter()
            .map(|error| {
                view! {
                    <li>
                        <a href=format!("#{}", error.field.name())>{words::problem(state.locale, error)}</a>
                    </li>
                }
            })
            .collect_view();
        Some(view! {
            <div class="summary" role="alert" tabindex="-1" data-code=code node_ref=place>
                <h2>{title}</h2>
                <p>{next}</p>
                <ul>{links}</ul>
            </div>
        })
    }
}
