//! Alerts for the operator, with what to do; the most serious first.

use desk::{NotReached, State};
use leptos::prelude::*;

use super::outcomes::failure;
use super::overview::{Overview, PriceListState, ProviderState};
use crate::words::{Locale, td_string};

/// A larger difference of the clocks, in seconds, is an alert.
const CLOCKS_APART: i64 = 60;

/// The alerts, or a line that there are none.
pub(super) fn alerts(locale: Locale, overview: &Overview) -> impl IntoView + use<> {
    let Overview { state, mistake, refused_lists, visitors_alike, .. } = overview;
    let mut alerts = match overview.providers.as_slice() {
        [] | [_] => of_provider(locale, state),
        several => several.iter().flat_map(|provider| named(locale, provider)).collect(),
    };
    alerts.extend(of_records(locale, state));
    alerts.extend(overview.price_lists.iter().filter_map(|list| of_price_list(locale, list)));
    if *refused_lists > 0 {
        let what = td_string!(locale, ops.lists_refused, count = refused_lists.to_string());
        alerts.push((what, td_string!(locale, ops.lists_refused_mend)));
    }
    alerts.extend(mistake.as_ref().map(|mistake| {
        let what = td_string!(locale, ops.settings_mistaken, mistake = mistake.to_owned());
        (what, td_string!(locale, ops.settings_mend))
    }));
    if *visitors_alike {
        let what = td_string!(locale, ops.visitors_alike).to_owned();
        alerts.push((what, td_string!(locale, ops.visitors_alike_mend)));
    }
    let class = if alerts.is_empty() { "well" } else { "attention" };
    let title =
        if alerts.is_empty() { td_string!(locale, ops.well) } else { td_string!(locale, ops.attention) };
    let rows = alerts
        .into_iter()
        .map(|(what, mend)| view! { <li><strong>{what}</strong> <span>{mend}</span></li> })
        .collect_view();
    view! {
        <section class=format!("alerts {class}")>
            <h2>{title}</h2>
            <ul>{rows}</ul>
        </section>
    }
}

/// An alert, and what to do.
type Alert = (String, &'static str);

/// What is wrong with a price list.
fn of_price_list(locale: Locale, list: &PriceListState) -> Option<(String, &'static str)> {
    let name = list.provider.clone();
    let what = match (&list.refused, list.devices) {
        (Some((file, why)), _) => {
            td_string!(locale, price_lists.alert_refused, list = name, file = file.clone(), why = why.clone())
        }
        (None, None) => td_string!(locale, price_lists.alert_none, list = name),
        (None, Some(_)) => return None,
    };
    Some((what, td_string!(locale, price_lists.alert_mend)))
}

/// The alerts of one of several providers, each with its name before it.
fn named(locale: Locale, provider: &ProviderState) -> Vec<Alert> {
    let found = of_provider(locale, &provider.state).into_iter();
    found.map(|(what, mend)| (format!("{} · {what}", provider.name), mend)).collect()
}

/// What the records need.
fn of_records(locale: Locale, state: &State) -> Vec<Alert> {
    let mut found = Vec::new();
    let mut tell = |so: bool, what: String, mend: &'static str| {
        if so {
            found.push((what, mend));
        }
    };
    tell(
        state.records_failing,
        td_string!(locale, ops.records_failing).to_owned(),
        td_string!(locale, ops.records_mend),
    );
    let lost = state.records_lost;
    tell(lost > 0, td_string!(locale, ops.lost, count = lost.to_string()), td_string!(locale, ops.lost_mend));
    let aside = state.records_set_aside;
    tell(
        aside > 0,
        td_string!(locale, ops.set_aside, count = aside.to_string()),
        td_string!(locale, ops.set_aside_mend),
    );
    found
}

/// What a provider needs.
fn of_provider(locale: Locale, state: &State) -> Vec<Alert> {
    let mut found = Vec::new();
    let mut tell = |so: bool, what: String, mend: &'static str| {
        if so {
            found.push((what, mend));
        }
    };
    tell(
        state.quota_used.is_none(),
        td_string!(locale, ops.count_unknown).to_owned(),
        td_string!(locale, ops.count_unknown_mend),
    );
    tell(
        state.breaker_open,
        td_string!(locale, ops.breaker_open).to_owned(),
        td_string!(locale, ops.breaker_mend),
    );
    if let Some(NotReached { outcome, cause }) = &state.not_reached {
        let (name, mend) = failure(locale, outcome);
        let what = td_string!(locale, ops.not_reached, name = name, cause = cause.to_owned());
        tell(true, what, mend);
    }
    let refused: Vec<_> = state.account_refused.iter().map(|(call, why)| format!("{call}: {why}")).collect();
    tell(
        !refused.is_empty(),
        td_string!(locale, ops.account_refused, what = refused.join(", ")),
        td_string!(locale, ops.account_refused_mend),
    );
    let left = state.quota_used.map(|taken| state.quota_daily.saturating_sub(taken));
    tell(
        left == Some(0),
        td_string!(locale, ops.quota_gone).to_owned(),
        td_string!(locale, ops.quota_gone_mend),
    );
    tell(
        left.is_some_and(|left| left > 0 && left <= state.quota_reserve),
        td_string!(locale, ops.quota_low).to_owned(),
        td_string!(locale, ops.quota_low_mend),
    );
    tell(
        state.second_secret,
        td_string!(locale, ops.second_secret).to_owned(),
        td_string!(locale, ops.second_secret_mend),
    );
    let apart = state.clock_ahead_seconds.unwrap_or_default();
    tell(
        apart.abs() > CLOCKS_APART,
        td_string!(locale, ops.clock_off, seconds = apart.abs().to_string()),
        td_string!(locale, ops.clock_mend),
    );
    let waiting = state.waiting.0;
    tell(
        waiting > 0,
        td_string!(locale, ops.busy, count = waiting.to_string()),
        td_string!(locale, ops.busy_mend),
    );
    found
}
