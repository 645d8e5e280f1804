//! What the instance that quotes a list reports about its work, for all instances to show.

use records::{Batch, BatchState};
use serde::{Deserialize, Serialize};

use crate::at_work::AtWork;
use crate::progress::{Phase, Progress};

/// A report. It is recorded with the list at each change, and whenever the lease is renewed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Doing {
    /// What the list is doing.
    pub(crate) phase: Phase,
    /// Whether the list was told to stop and only waits for its calls in flight.
    #[serde(default)]
    pub(crate) stopping: bool,
    /// Whether the list was paused when the run began, as one that a command quotes. Then it goes on although it is
    /// paused.
    #[serde(default)]
    pub(crate) while_paused: bool,
    /// Whether the run ended because the partner refuses the account.
    #[serde(default)]
    pub(crate) refused: bool,
    /// What it is doing at each of its providers, if it asks several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) providers: Vec<Phase>,
}

impl Doing {
    /// The beginning of a run.
    pub(crate) const BEGINNING: Self = Self {
        phase: Phase::Asking,
        stopping: false,
        while_paused: false,
        refused: false,
        providers: Vec::new(),
    };

    /// The report as it is recorded.
    pub(crate) fn text(&self) -> String {
        serde_json::to_string(self).expect("a report has text keys only")
    }

    /// Reads a report. One that cannot be read, as from a newer version, says nothing special.
    pub(crate) fn read(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or(Self::BEGINNING)
    }

    /// The latest report about a list.
    fn of(list: &Batch) -> Self {
        list.doing.as_deref().map_or(Self::BEGINNING, Self::read)
    }
}

/// The work of another instance on a list, as it was read from the records; `None` if no instance works on it.
pub(crate) fn work_elsewhere(list: &Batch) -> Option<AtWork> {
    list.holder.as_ref()?;
    let Doing { phase, stopping, while_paused, providers, .. } = Doing::of(list);
    let told_to_stop = list.state != BatchState::Open && !(list.state == BatchState::Paused && while_paused);
    let mut progress = Progress { phase, ..Progress::of(list) };
    for (provider, phase) in progress.providers.iter_mut().zip(providers) {
        provider.phase = phase;
    }
    Some(AtWork { progress, stopping: stopping || told_to_stop, rate: None })
}

/// Whether the latest run of a list, which stands still, ended because the partner refuses the account.
pub(crate) fn has_been_refused(list: &Batch) -> bool {
    list.holder.is_none() && list.state == BatchState::Paused && Doing::of(list).refused
}
