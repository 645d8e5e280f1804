//! The operator's page: the state of the desk, today's calls to the partner, and what to do about failures.

mod alerts;
mod charts;
mod outcomes;
mod overview;
mod price_lists;
mod providers;

use desk::{Activity, State};
use domain::Moment;
use leptos::prelude::*;

pub use self::overview::{Overview, PriceListState, ProviderState};

use self::charts::duration;
use self::outcomes::{failure, outcome};
use crate::operator::bars::{Bar, bars};
use crate::operator::title_bar::{Page, title_bar};
use crate::parts::document::{News, Setting, draw};
use crate::parts::icon::icon;
use crate::parts::masthead::site_masthead;
use crate::words::{Locale, language, td_string};

/// Draws the operator's page.
pub fn draw_page(setting: &Setting, overview: &Overview) -> String {
    let locale = setting.locale;
    let Overview { state, today, now, .. } = overview;
    let activity = match today {
        None => note(td_string!(locale, ops.unreadable)).into_any(),
        Some(today) if today.is_empty() => note(td_string!(locale, ops.none)).into_any(),
        Some(today) => activity(locale, today).into_any(),
    };
    let failures = today
        .as_ref()
        .filter(|today| !today.is_empty())
        .map(|today| failures(locale, today, overview.providers.len() > 1));
    let tag = language::tag(locale);
    draw(setting, td_string!(locale, ops.title), &News::None, || {
        view! {
            {site_masthead(setting, "/ops")}
            <main class="ops">
                {title_bar(locale, td_string!(locale, ops.title).to_owned(), Page::Ops)}
                <p class="stalled" role="status" data-stalled=td_string!(locale, ops.stalled)></p>
                <div id="live">
                    <p class="lead">
                        {td_string!(locale, ops.lead)} " · " {td_string!(locale, ops.updated, time = clock(*now))} " · "
                        <a href=format!("/ops?locale={tag}")>{td_string!(locale, ops.refresh)}</a>
                    </p>
                    {alerts::alerts(locale, overview)}
                    <div class="cards">
                        {quota(locale, state)}
                        {activity}
                        {answers(locale, state)}
                        {desk(locale, state)}
                        {price_lists::price_lists(locale, &overview.price_lists)}
                        {providers::providers(locale, &overview.providers)}
                    </div>
                    {failures}
                </div>
            </main>
            <script type="module" src="/ops.js"></script>
        }
    })
}

/// The time of day in UTC+8, to the second.
fn clock(moment: Moment) -> String {
    let at = moment.in_utc8();
    format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
}

fn note(text: &'static str) -> impl IntoView {
    view! { <section class="card wide note">{icon("picture", "lost")} <p>{text}</p></section> }
}

fn quota(locale: Locale, state: &State) -> impl IntoView + use<> {
    let (daily, reserve) = (state.quota_daily, state.quota_reserve);
    if daily == u32::MAX {
        return view! {
            <section class="card">
                <h2>{td_string!(locale, ops.quota)}</h2>
                <p class="figure">{providers::used(locale, state)}</p>
            </section>
        }
        .into_any();
    }
    let Some(taken) = state.quota_used else {
        return view! {
            <section class="card">
                <h2>{td_string!(locale, ops.quota)}</h2>
                <p class="hint">{td_string!(locale, ops.quota_unknown)}</p>
            </section>
        }
        .into_any();
    };
    let left = daily.saturating_sub(taken);
    let kept = reserve.min(left);
    view! {
        <section class="card">
            <h2>{td_string!(locale, ops.quota)}</h2>
            <p class="figure">
                {td_string!(locale, ops.quota_used, used = taken.to_string(), daily = daily.to_string())}
            </p>
            {charts::meter(taken, daily, reserve)}
            <p class="hint">
                {td_string!(locale, ops.quota_left, left = left.to_string(), reserve = kept.to_string())}
            </p>
            {held_back(locale, state)}
            <p class="hint">
                {td_string!(
                    locale,
                    ops.searches_used,
                    used = state.searches_used.to_string(),
                    share = state.search_share.to_string()
                )}
            </p>
        </section>
    }
    .into_any()
}

/// The calls that are held back and not used, if there are any.
fn held_back(locale: Locale, state: &State) -> Option<impl IntoView + use<>> {
    let (held, here) = (state.quota_held_back, state.quota_held_here);
    let text = || td_string!(locale, ops.quota_held, held = held.to_string(), here = here.to_string());
    (held > 0).then(|| view! { <p class="hint">{text()}</p> })
}

fn activity(locale: Locale, today: &Activity) -> impl IntoView + use<> {
    let rows = today.outcomes.iter().map(|(name, count)| {
        let class = if Activity::is_answer(name.as_deref()) { "answered" } else { "failed" };
        Bar::of_count(outcome(locale, name.as_deref()).to_owned(), class, (*count).into())
    });
    let outcomes = bars([td_string!(locale, ops.outcome), td_string!(locale, ops.calls)], rows.collect());
    let latency = today.latency.as_ref().map(|latency| {
        let figures = [
            (td_string!(locale, ops.half), latency.half_ms),
            (td_string!(locale, ops.most), latency.most_ms),
            (td_string!(locale, ops.longest), latency.longest_ms),
        ];
        let figures = figures
            .map(|(name, ms)| view! { <div><dt>{name}</dt><dd>{duration(ms)}</dd></div> })
            .collect_view();
        view! {
            <section class="card">
                <h2>{td_string!(locale, ops.latency)}</h2>
                <dl>{figures}</dl>
                {charts::latency(locale, latency)}
            </section>
        }
    });
    view! {
        <section class="card">
            <h2>{td_string!(locale, ops.by_hour)}</h2>
            {charts::hours(locale, &today.hours)}
        </section>
        <section class="card">
            <h2>{td_string!(locale, ops.outcomes)}</h2>
            {outcomes}
        </section>
        {latency}
    }
}

fn answers(locale: Locale, state: &State) -> impl IntoView + use<> {
    let name = |source: &str| match source {
        "partner" => td_string!(locale, ops.from_partner),
        "cache" => td_string!(locale, ops.from_cache),
        "joined" => td_string!(locale, ops.from_joined),
        "stale" => td_string!(locale, ops.from_stale),
        _ => td_string!(locale, ops.from_none),
    };
    let rows =
        state.quotes.iter().map(|(source, count)| Bar::of_count(name(source).to_owned(), "answered", *count));
    let sources =
        bars([td_string!(locale, ops.source), td_string!(locale, ops.answers_given)], rows.collect());
    view! {
        <section class="card">
            <h2>{td_string!(locale, ops.answers)}</h2>
            <p class="hint">{td_string!(locale, ops.since_start)}</p>
            {sources}
        </section>
    }
}

fn desk(locale: Locale, state: &State) -> impl IntoView + use<> {
    let of = |(count, most): (usize, usize)| {
        td_string!(locale, ops.of_most, count = count.to_string(), most = most.to_string())
    };
    let breaker =
        if state.breaker_open { td_string!(locale, ops.open) } else { td_string!(locale, ops.closed) };
    let clock = state.clock_ahead_seconds.map_or_else(
        || td_string!(locale, ops.clock_unknown).to_owned(),
        |seconds| match seconds {
            0.. => td_string!(locale, ops.clock_ahead, seconds = seconds.to_string()),
            _ => td_string!(locale, ops.clock_behind, seconds = seconds.abs().to_string()),
        },
    );
    let records = match state.records_unwritten {
        // No entry waits, but the last read or write failed.
        0 if state.records_failing => td_string!(locale, ops.records_failing).to_owned(),
        0 => td_string!(locale, ops.records_ok).to_owned(),
        count => td_string!(locale, ops.records_waiting, count = count.to_string()),
    };
    let rows = [
        (td_string!(locale, ops.breaker), breaker.to_owned()),
        (td_string!(locale, ops.in_flight), of(state.in_flight)),
        (td_string!(locale, ops.waiting), of(state.waiting)),
        (td_string!(locale, ops.cached), state.cached.to_string()),
        (td_string!(locale, ops.clock), clock),
        (td_string!(locale, ops.records), records),
    ];
    let rows = rows.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect_view();
    view! {
        <section class="card">
            <h2>{td_string!(locale, ops.state)}</h2>
            <dl>{rows}</dl>
        </section>
    }
}

/// The last failures; with several providers, each with its name.
fn failures(locale: Locale, today: &Activity, several: bool) -> impl IntoView + use<> {
    let rows = today
        .failures
        .iter()
        .map(|attempt| {
            let (cause, mend) = failure(locale, attempt.outcome.as_deref().unwrap_or_default());
            let model = ["model", "keyword"].map(|name| attempt.parameters[name].as_str().map(str::to_owned));
            let provider = attempt.provider.clone().filter(|_| several);
            let about = [provider, model.into_iter().flatten().next()].into_iter().flatten();
            let about = Some(about.collect::<Vec<_>>().join(" · ")).filter(|about| !about.is_empty());
            view! {
                <tr>
                    <td>{clock(attempt.at)}</td>
                    <td><strong>{cause}</strong>{about.map(|about| view! { <small>{about}</small> })}</td>
                    <td>{mend}</td>
                </tr>
            }
        })
        .collect_view();
    let table = if today.failures.is_empty() {
        view! { <p class="hint">{td_string!(locale, ops.no_failures)}</p> }.into_any()
    } else {
        view! {
            <table class="failures">
                <thead>
                    <tr>
                        <th scope="col">{td_string!(locale, ops.when)}</th>
                        <th scope="col">{td_string!(locale, ops.cause)}</th>
                        <th scope="col">{td_string!(locale, ops.mend)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! { <section class="card wide"><h2>{td_string!(locale, ops.failures)}</h2>{table}</section> }
}
