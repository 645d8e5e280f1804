use leptos::html::Div;
use leptos::prelude::*;

use super::state::State;
use crate::words;

/// What went wrong, at the top of the form: it takes the focus, tells what to do, and
/// links to each field to mend.
pub(super) fn summary(state: State, place: NodeRef<Div>) -> impl IntoView {
    move || {
        let refusal = state.refusal.get()?;
        let links = refusal
            .fields
            .into_iter()
            .map(|error| {
                let target = format!("#{}", error.field.name());
                view! { <li><a href=target>{words::problem(state.locale, error)}</a></li> }
            })
            .collect_view();
        Some(view! {
            <div class="summary" role="alert" tabindex="-1" data-code=refusal.code node_ref=place>
                <h2>{refusal.message}</h2>
                <p>{refusal.next}</p>
                <ul>{links}</ul>
            </div>
        })
    }
}
