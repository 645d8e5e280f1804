use domain::{Money, Price, PriceStep, StepKind};
use leptos::prelude::*;

use crate::words::{self, Locale, td_string};

/// The section of the price's steps.
pub(super) fn waterfall(locale: Locale, price: &Price) -> impl IntoView + use<> {
    view! {
        <section>
            <h2>{td_string!(locale, quote.steps)}</h2>
            {steps(locale, price)}
        </section>
    }
}

/// The steps of the price: a table whose lines add up, with a bar for each.
pub(super) fn steps(locale: Locale, price: &Price) -> impl IntoView + use<> {
    let steps = price.steps();
    let explained = steps.len() > 1;
    let scale = scale(&steps);
    let mut sum = Money::ZERO;
    let rows = steps
        .into_iter()
        .map(|step| {
            let from = if step.kind == StepKind::Final { Money::ZERO } else { sum };
            sum = from + step.amount;
            let class = match step.kind {
                StepKind::Base => "base",
                StepKind::Final => "final",
                StepKind::Condition
                | StepKind::Faults
                | StepKind::Market
                | StepKind::Own(_)
                | StepKind::Difference => {
                    if step.amount < Money::ZERO {
                        "less"
                    } else {
                        "more"
                    }
                }
            };
            let sign = if class == "more" { "+" } else { "" };
            view! {
                <tr class=class>
                    <th scope="row">{words::step(locale, price, step.kind)}</th>
                    <td class="bar">{bar(from, sum, scale)}</td>
                    <td class="number">{format!("{sign}{}", step.amount)}</td>
                </tr>
            }
        })
        .collect_view();
    let table = explained.then(|| {
        view! {
            <table class="steps">
                <thead class="hidden">
                    <tr>
                        <th scope="col">{td_string!(locale, quote.step)}</th>
                        <td></td>
                        <th scope="col">{td_string!(locale, quote.amount)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        {table}
        {(!explained).then(|| view! { <p>{td_string!(locale, quote.unexplained)}</p> })}
    }
}

/// The highest amount that a bar reaches.
fn scale(steps: &[PriceStep<'_>]) -> Money {
    let mut sum = Money::ZERO;
    let reached = steps.iter().filter(|step| step.kind != StepKind::Final).map(|step| {
        sum = sum + step.amount;
        sum
    });
    reached.max().unwrap_or(Money::ZERO).max(Money::YUAN)
}

/// A bar from one amount to another. Its sizes are attributes, because the strict content security policy
/// does not allow inline styles.
fn bar(from: Money, to: Money, scale: Money) -> impl IntoView {
    let percent = |amount: Money| (amount.fen().max(0) as f64 / scale.fen() as f64 * 100.0).min(100.0);
    let (low, high) = (percent(from.min(to)), percent(from.max(to)));
    let width = (high - low).max(0.5);
    view! {
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect x=format!("{low:.1}") width=format!("{width:.1}") height="6"></rect>
        </svg>
    }
}
