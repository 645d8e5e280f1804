//! What a failure applies to. This decides how long the failure is cached, and whether an older price is
//! given in its place.

use domain::Failure;

/// What a failure applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailureSubject {
    /// The device: another question about it fails alike.
    Device,
    /// The moment: another call may do better, and an older price is better than none.
    Moment,
    /// The question, the account or this program.
    Other,
}

impl FailureSubject {
    pub(crate) fn of(failure: &Failure) -> Self {
        match failure {
            Failure::ModelUnknown | Failure::NotAccepted { .. } => Self::Device,
            Failure::PartnerUnavailable | Failure::QuotaExhausted { .. } => Self::Moment,
            Failure::InvalidInput { .. }
            | Failure::RateLimited { .. }
            | Failure::PartnerRefused
            | Failure::Expired
            | Failure::NotFound
            | Failure::NotAllowed
            | Failure::Internal { .. } => Self::Other,
        }
    }
}
