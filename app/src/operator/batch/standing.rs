//! The state of a list, and its progress.

use std::time::Duration;

use domain::Moment;
use leptos::prelude::*;
use lists::{BatchState, Counts, Phase, Progress};

use super::buyers::buyers;
use super::listed::Listed;
use crate::words::{self, Locale, td_string};

/// The state of a list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Standing {
    /// No device has been asked for yet.
    Ready,
    Asking,
    WaitsForQuota(Moment),
    WaitsForPartner(Moment),
    /// It waits for the calls under way.
    Stopping,
    Paused,
    Refused,
    Cancelled,
    /// It has ended, and no row named a device that could be asked for: they wait for answers, or have mistakes.
    Unasked,
    Done,
}

impl Standing {
    pub(super) fn of(list: &Listed) -> Self {
        let Listed { batch, work, refused } = list;
        match (work, batch.state) {
            (Some(work), _) if work.stopping => Self::Stopping,
            (Some(work), _) => match work.progress.phase {
                Phase::Asking | Phase::Ended => Self::Asking,
                Phase::WaitsForQuota { until } => Self::WaitsForQuota(until),
                Phase::WaitsForPartner { until } => Self::WaitsForPartner(until),
            },
            (None, BatchState::Done) if Progress::of(batch).wanted() == 0 => Self::Unasked,
            (None, BatchState::Done) => Self::Done,
            (None, BatchState::Cancelled) => Self::Cancelled,
            (None, _) if *refused => Self::Refused,
            // It is about to begin, or has just ended.
            (None, BatchState::Open) => Self::Asking,
            (None, _) if Progress::of(batch).known() == 0 => Self::Ready,
            (None, _) => Self::Paused,
        }
    }

    /// Whether it may change by itself at any moment.
    pub(super) fn changes(self) -> bool {
        matches!(self, Self::Asking | Self::WaitsForQuota(_) | Self::WaitsForPartner(_) | Self::Stopping)
    }

    pub(super) fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Ready => td_string!(locale, lists.ready),
            Self::Asking => td_string!(locale, lists.asking),
            Self::WaitsForQuota(_) | Self::WaitsForPartner(_) => td_string!(locale, lists.waiting),
            Self::Stopping => td_string!(locale, lists.stopping),
            Self::Paused => td_string!(locale, lists.paused),
            Self::Refused => td_string!(locale, lists.refused),
            Self::Cancelled => td_string!(locale, lists.cancelled),
            Self::Unasked => td_string!(locale, lists.unasked),
            Self::Done => td_string!(locale, lists.done),
        }
    }

    /// What the operator should know about it, or may do.
    fn explained(self, locale: Locale, counts: &Counts) -> String {
        match self {
            Self::WaitsForQuota(until) => {
                td_string!(locale, lists.waits_for_quota, until = words::time(locale, until))
            }
            Self::WaitsForPartner(until) => {
                td_string!(locale, lists.waits_for_partner, until = words::time(locale, until))
            }
            Self::Ready => td_string!(locale, lists.ready_hint).to_owned(),
            Self::Asking => td_string!(locale, lists.asking_hint).to_owned(),
            Self::Stopping => td_string!(locale, lists.stopping_hint).to_owned(),
            Self::Paused => td_string!(locale, lists.paused_hint).to_owned(),
            Self::Refused => td_string!(locale, lists.refused_hint).to_owned(),
            Self::Cancelled => td_string!(locale, lists.cancelled_hint).to_owned(),
            Self::Unasked if counts.waiting_rows > 0 => {
                td_string!(locale, lists.unasked_waiting_hint).to_owned()
            }
            Self::Unasked => td_string!(locale, lists.unasked_hint).to_owned(),
            Self::Done if counts.waiting_rows > 0 => td_string!(locale, lists.done_waiting_hint).to_owned(),
            Self::Done => td_string!(locale, lists.done_hint).to_owned(),
        }
    }
}

/// Its progress. While it is quoted, the running work has newer counts than the records.
pub(super) fn far(list: &Listed) -> Progress {
    if let Some(work) = &list.work {
        return work.progress.clone();
    }
    let mut far = Progress::of(&list.batch);
    if list.batch.state == BatchState::Done {
        far.providers.iter_mut().for_each(|provider| provider.phase = Phase::Ended);
    }
    far
}

/// The state of a list, in a word.
pub(super) fn badge(locale: Locale, list: &Listed) -> impl IntoView + use<> {
    let standing = Standing::of(list);
    let class = if standing == Standing::Done { "badge good" } else { "badge" };
    view! { <p class=class>{standing.name(locale)}</p> }
}

/// How many devices have a result, of how many; with several buyers, how many results there are.
pub(super) fn known(locale: Locale, list: &Listed) -> String {
    let far = far(list);
    let (known, wanted) = (far.known().to_string(), far.wanted().to_string());
    match far.wanted() {
        0 => td_string!(locale, lists.none_known).to_owned(),
        _ if !far.providers.is_empty() => {
            td_string!(locale, list_buyers.known, known = known, wanted = wanted)
        }
        1 => td_string!(locale, lists.one_known, known = known),
        _ => td_string!(locale, lists.known, known = known, devices = wanted),
    }
}

/// Its progress as a bar, also for screen readers.
pub(super) fn bar(locale: Locale, list: &Listed) -> impl IntoView + use<> {
    let far = far(list);
    // A list without any valid row is complete.
    let (known, most) = match far.wanted() {
        0 => (1, 1),
        wanted => (far.known(), wanted),
    };
    let name = td_string!(locale, lists.progress);
    view! { <progress max=most value=known aria-label=name>{self::known(locale, list)}</progress> }
}

/// Draws the progress of a list: the part of its page that is replaced as it changes.
pub fn draw_progress(locale: Locale, list: &Listed) -> String {
    progress(locale, list).to_html()
}

pub(super) fn progress(locale: Locale, list: &Listed) -> impl IntoView + use<> {
    let standing = Standing::of(list);
    let far = far(list);
    let counts = far.counts;
    let per_second = list.work.as_ref().and_then(|work| work.rate).filter(|_| standing == Standing::Asking);
    let rate = per_second.map(|rate| {
        (td_string!(locale, lists.rate), td_string!(locale, lists.per_second, count = one(rate)))
    });
    let left = per_second.map(|rate| {
        let left = Duration::try_from_secs_f64(f64::from(far.open()) / rate).unwrap_or(Duration::MAX);
        (td_string!(locale, lists.time_left), duration(locale, left))
    });
    // With several buyers, the table says this of each.
    let of_one = |name, count: u32| far.providers.is_empty().then(|| (name, count.to_string()));
    let figures = [
        of_one(td_string!(locale, lists.priced), counts.priced),
        of_one(td_string!(locale, lists.failed), counts.failed),
        of_one(td_string!(locale, lists.open), counts.open()),
        Some((td_string!(locale, lists.waiting_rows), counts.waiting_rows.to_string())),
        Some((
            td_string!(locale, lists.bad_rows),
            counts.bad_rows.saturating_sub(counts.waiting_rows).to_string(),
        )),
        rate,
        left,
    ];
    let figures = figures
        .into_iter()
        .flatten()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    // Screen readers announce it at each quarter and when the state changes; more often would disturb.
    let quarters = u64::from(far.known()) * 4 / u64::from(far.wanted().max(1));
    let known = known(locale, list);
    let said = format!("{}: {known}. {}", standing.name(locale), standing.explained(locale, &counts));
    let so_far =
        (standing != Standing::Unasked).then(|| view! { <p class="figure">{known}</p> {bar(locale, list)} });
    view! {
        <div class="progress" id="progress" data-news=format!("{} {quarters}", standing.name(locale)) data-say=said>
            <h2>{standing.name(locale)}</h2>
            {so_far}
            <p>{standing.explained(locale, &counts)}</p>
            {buyers(locale, &far, list.work.is_some() || matches!(standing, Standing::Done | Standing::Unasked))}
            <dl class="figures">{figures}</dl>
        </div>
    }
}

/// A duration in words, as exact as it can be estimated.
pub(super) fn duration(locale: Locale, time: Duration) -> String {
    match time.as_secs() {
        0..10 => td_string!(locale, lists.moment).to_owned(),
        seconds @ 10..120 => {
            td_string!(locale, lists.seconds, count = (seconds.div_ceil(10) * 10).to_string())
        }
        seconds @ 120..7_200 => td_string!(locale, lists.minutes, count = seconds.div_ceil(60).to_string()),
        seconds => td_string!(locale, lists.hours, count = seconds.div_ceil(3_600).to_string()),
    }
}

/// A number: with one decimal below 10, else without.
fn one(number: f64) -> String {
    if number < 10.0 { format!("{number:.1}") } else { format!("{number:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_exactly_as_they_can_be_foreseen() {
        let told = |seconds| duration(Locale::en, Duration::from_secs(seconds));
        assert_eq!([told(3), told(41), told(121)], ["a moment", "50 s", "3 min"]);
        assert_eq!([told(7_200), told(7_201)], ["2 h", "3 h"]);
        assert_eq!([one(0.84), one(12.3)], ["0.8", "12"]);
    }
}
