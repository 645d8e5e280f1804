//! Which of a list's providers a run asks, and how it ends there.

use domain::ProviderName;
use tokio::sync::watch;

/// After this many fruitless rounds in a row, a further provider that is down is waited for no longer than the main one
/// takes. With pauses from 20 s on, each twice as long as the one before, these are about two minutes.
pub(crate) const PATIENCE: u32 = 4;

/// Which of a list's providers a run asks.
pub(crate) enum Side {
    /// The main one, or the only one.
    Main,
    /// A further one.
    Further(Further),
}

/// A further provider of a list.
#[derive(Clone)]
pub(crate) struct Further {
    pub(crate) provider: ProviderName,
    /// Its place among the list's providers, from 1.
    pub(crate) place: usize,
    /// How the main provider's run stands.
    pub(crate) main: watch::Receiver<MainRun>,
}

/// How the main provider's run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MainRun {
    /// It goes on.
    Works,
    /// All its devices are settled.
    Done,
    /// It ended before that: the account is refused, it was told to stop, or it failed.
    CutOff,
}

/// How the run of a provider ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    /// All its devices are settled, or the rest was given up.
    Done,
    /// It ended before that.
    CutOff,
}

impl Side {
    /// Its place among the list's providers.
    pub(crate) fn place(&self) -> usize {
        match self {
            Self::Main => 0,
            Self::Further(further) => further.place,
        }
    }
}
