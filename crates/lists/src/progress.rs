//! How far a list has come while it is being quoted.

use domain::{Moment, ProviderName};
use records::{Batch, Counts, ProviderCounts};
use serde::{Deserialize, Serialize};

/// What a list is doing while it is being quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The list asks for prices.
    Asking,
    /// The calls that are not reserved for shoppers are used up. The list continues by itself at the reset.
    WaitsForQuota {
        /// When the quota resets.
        until: Moment,
    },
    /// The partner does not answer. The list asks again by itself.
    WaitsForPartner {
        /// When the list asks again at the latest.
        until: Moment,
    },
    /// The run has ended: every device is settled, the list was told to stop, or the run failed.
    Ended,
}

/// How far a list has come, and what it is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many rows and devices there are, and how many are settled; if several providers are asked, by the main one.
    pub counts: Counts,
    /// What the list is doing. With several providers, it waits if all wait that are not done.
    pub phase: Phase,
    /// How far each provider has come, the main one first; empty if only one is asked.
    pub providers: Vec<ProviderProgress>,
}

/// How far one of several providers has come with a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderProgress {
    /// The provider.
    pub provider: ProviderName,
    /// Devices that have a price there.
    pub priced: u32,
    /// Devices for which it is known that there is none.
    pub failed: u32,
    /// What the list does there. It has ended once every device is settled, or the rest was given up.
    pub phase: Phase,
}

impl Progress {
    /// The beginning of a run of a list with these counts.
    pub fn beginning(counts: Counts) -> Self {
        Self { counts, phase: Phase::Asking, providers: Vec::new() }
    }

    /// The beginning of a run of a list, as it was read from the records.
    pub fn of(list: &Batch) -> Self {
        let one = |ProviderCounts { provider, priced, failed }: &ProviderCounts| ProviderProgress {
            provider: provider.clone(),
            priced: *priced,
            failed: *failed,
            phase: Phase::Asking,
        };
        Self { providers: list.providers.iter().map(one).collect(), ..Self::beginning(list.counts) }
    }

    /// How many results there may be: one for each device, of each provider.
    pub fn wanted(&self) -> u32 {
        let providers = u32::try_from(self.providers.len()).unwrap_or(u32::MAX);
        self.counts.devices.saturating_mul(providers.max(1))
    }

    /// How many results there are, with a price or without one.
    pub fn known(&self) -> u32 {
        if self.providers.is_empty() {
            return self.counts.priced + self.counts.failed;
        }
        self.providers.iter().map(|one| one.priced + one.failed).sum()
    }

    /// How many results are missing.
    pub fn open(&self) -> u32 {
        self.wanted().saturating_sub(self.known())
    }

    /// Changes what the list does at the provider in that place.
    pub(crate) fn tell(&mut self, place: usize, phase: Phase) {
        match self.providers.get_mut(place) {
            Some(provider) => provider.phase = phase,
            None => return self.phase = phase,
        }
        let mut work = self.providers.iter().map(|provider| provider.phase).filter(|it| *it != Phase::Ended);
        // Until the whole run has ended, there is something left to do.
        let waits = |phase: &Phase| !matches!(phase, Phase::Asking);
        let all_wait = work.clone().all(|phase| waits(&phase));
        self.phase = work.find(waits).filter(|_| all_wait).unwrap_or(Phase::Asking);
    }

    /// Adds results of the provider in that place.
    pub(crate) fn add(&mut self, place: usize, priced: u32, failed: u32) {
        if place == 0 {
            self.counts.priced += priced;
            self.counts.failed += failed;
        }
        if let Some(provider) = self.providers.get_mut(place) {
            provider.priced += priced;
            provider.failed += failed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_two() -> Progress {
        let one = |name| ProviderProgress {
            provider: ProviderName::parse(name).unwrap(),
            priced: 0,
            failed: 0,
            phase: Phase::Asking,
        };
        let counts = Counts { rows: 9, bad_rows: 0, waiting_rows: 0, devices: 7, priced: 0, failed: 0 };
        Progress { providers: vec![one("main"), one("own")], ..Progress::beginning(counts) }
    }

    #[test]
    fn results_of_all_providers_are_counted() {
        let mut progress = of_two();
        progress.add(0, 3, 1);
        progress.add(1, 0, 7);
        assert_eq!((progress.wanted(), progress.known(), progress.open()), (14, 11, 3));
        assert_eq!((progress.counts.priced, progress.counts.failed), (3, 1));
        let mut one = Progress::beginning(progress.counts);
        one.add(0, 1, 0);
        assert_eq!((one.wanted(), one.known(), one.open()), (7, 5, 2));
    }

    #[test]
    fn a_list_waits_only_if_all_wait_that_are_not_done() {
        let until = Moment::new(jiff::Timestamp::UNIX_EPOCH);
        let (quota, partner) = (Phase::WaitsForQuota { until }, Phase::WaitsForPartner { until });
        let mut progress = of_two();
        progress.tell(1, quota);
        assert_eq!(progress.phase, Phase::Asking);
        progress.tell(0, Phase::Ended);
        assert_eq!(progress.phase, quota);
        progress.tell(0, partner);
        assert_eq!(progress.phase, partner);
        progress.tell(0, Phase::Ended);
        progress.tell(1, Phase::Ended);
        assert_eq!(progress.phase, Phase::Asking, "the run itself ends it");
    }
}
