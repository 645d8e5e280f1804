//! Special models, each of which leads to a certain state, like the test card numbers of payment providers.

use std::time::Duration;

/// Delay of the answer for `SANDBOX-SLOW`.
pub(crate) const SLOW: Duration = Duration::from_secs(8);

/// The state that a model's name leads to; README.md has a table of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Special {
    Unknown,
    Quota,
    Permission,
    Down,
    Slow,
    Garbled,
    Zero,
    Expiring,
    NoCoefficient,
    Inconsistent,
}

impl Special {
    /// The state of a model's name; `None` for ordinary models.
    pub(crate) fn of_model(model: &str) -> Option<Self> {
        Some(match model.strip_prefix("SANDBOX-")? {
            "UNKNOWN" => Self::Unknown,
            "QUOTA" => Self::Quota,
            "PERMISSION" => Self::Permission,
            "DOWN" => Self::Down,
            "SLOW" => Self::Slow,
            "GARBLED" => Self::Garbled,
            "ZERO" => Self::Zero,
            "EXPIRING" => Self::Expiring,
            "NO-COEFFICIENT" => Self::NoCoefficient,
            "INCONSISTENT" => Self::Inconsistent,
            _ => return None,
        })
    }
}
