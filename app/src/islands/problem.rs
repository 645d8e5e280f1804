use domain::Field;
use leptos::prelude::*;

use super::state::State;

/// The line under a question that says what is wrong with its answer; empty while nothing
/// is.
#[allow(unreachable_pub, reason = "the macro writes an inner copy with the same visibility")]
#[island]
pub fn ProblemLine(
    /// Whose answer.
    field: Field,
) -> impl IntoView {
    problem_line(State::of_the_form(), field)
}

pub(super) fn problem_line(state: State, field: Field) -> impl IntoView {
    view! {
        <div id=format!("{}-problem", field.name()) class="problem">
            {move || state.problem(field)}
        </div>
    }
}
