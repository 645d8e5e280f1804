//! The providers beside each other, if there are several.

use desk::State;
use leptos::prelude::*;

use super::overview::ProviderState;
use crate::words::{Locale, td_string};

/// A table with a row for each provider; nothing for one provider.
pub(super) fn providers(locale: Locale, providers: &[ProviderState]) -> Option<impl IntoView + use<>> {
    if providers.len() < 2 {
        return None;
    }
    let rows = providers.iter().map(|provider| row(locale, provider)).collect_view();
    Some(view! {
        <section class="card wide">
            <h2>{td_string!(locale, ops.providers)}</h2>
            <p class="hint">{td_string!(locale, ops.providers_lead)}</p>
            <table class="buyers">
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, ops.provider)}</th>
                        <th scope="col">{td_string!(locale, ops.calls)}</th>
                        <th scope="col">{td_string!(locale, ops.state)}</th>
                        <th scope="col">{td_string!(locale, ops.wins)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    })
}

fn row(locale: Locale, provider: &ProviderState) -> impl IntoView + use<> {
    let ProviderState { name, state, wins, is_short } = provider;
    let short = is_short.then(|| view! { <small>{td_string!(locale, ops.spared)}</small> });
    view! {
        <tr>
            <th scope="row">{name.to_string()}</th>
            <td data-label=td_string!(locale, ops.calls)>{used(locale, state)} {short}</td>
            <td data-label=td_string!(locale, ops.state)>{standing(locale, state)}</td>
            <td data-label=td_string!(locale, ops.wins)>{*wins}</td>
        </tr>
    }
}

/// The calls that were used, of those that there are.
pub(super) fn used(locale: Locale, state: &State) -> String {
    match (state.quota_used, state.quota_daily) {
        // A provider without a limit.
        (_, u32::MAX) => td_string!(locale, ops.no_quota).to_owned(),
        (Some(used), daily) => {
            td_string!(locale, ops.quota_used, used = used.to_string(), daily = daily.to_string())
        }
        (None, _) => td_string!(locale, ops.quota_unknown).to_owned(),
    }
}

fn standing(locale: Locale, state: &State) -> &'static str {
    if state.breaker_open {
        td_string!(locale, ops.is_down)
    } else if !state.account_refused.is_empty() {
        td_string!(locale, ops.is_refused)
    } else if state.not_reached.is_some() {
        td_string!(locale, ops.is_not_reached)
    } else {
        td_string!(locale, ops.is_well)
    }
}
