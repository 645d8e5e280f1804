//! Models that bring about a state, as test card numbers do in payments.

use std::time::Duration;

/// How long `SANDBOX-SLOW` takes.
pub(crate) const SLOW: Duration = Duration::from_secs(8);

/// A state that a model's name brings about.
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
