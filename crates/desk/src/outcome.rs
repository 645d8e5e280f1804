//! What the partner's answers mean to those who asked.

use aihuishou::{CallErrorKind, Inquiry};
use domain::{Device, Failure, Moment, Quote, QuoteId, QuoteRequest, Source, UTC8};
use jiff::{Timestamp, ToSpan};

/// The quote that an answer makes.
pub(crate) fn quote(
    id: QuoteId,
    sandbox: bool,
    request: &QuoteRequest,
    answer: Inquiry,
    now: Timestamp,
) -> Quote {
    Quote {
        id,
        sandbox,
        source: Source::Partner,
        device: Device::new(request, answer.device_id, answer.spec),
        price: answer.price,
        recycle: answer.recycle,
        quality_check: answer.quality_check,
        quoted_at: Moment::new(now),
        valid_until: answer.valid_until,
    }
}

/// What a shopper is told of a refusal. Its cause goes to the log.
pub(crate) fn failure(kind: &CallErrorKind, now: Timestamp) -> Failure {
    match kind {
        CallErrorKind::ModelUnknown(_) => Failure::ModelUnknown,
        CallErrorKind::NotAccepted(reason) => Failure::NotAccepted { reason: *reason },
        CallErrorKind::QuotaExhausted(_) => Failure::QuotaExhausted { resets_at: next_midnight(now) },
        CallErrorKind::InvalidParameters(_)
        | CallErrorKind::Unauthorized(_)
        | CallErrorKind::PermissionDenied(_)
        | CallErrorKind::WrongPath
        | CallErrorKind::Refused { .. } => Failure::PartnerRefused,
        CallErrorKind::ServerFault(_)
        | CallErrorKind::Unavailable(_)
        | CallErrorKind::TooManyRequests { .. }
        | CallErrorKind::Timeout
        | CallErrorKind::Connect
        | CallErrorKind::BadAnswer(_) => Failure::PartnerUnavailable,
    }
}

/// When the quota resets: the next 00:00 in UTC+8.
fn next_midnight(now: Timestamp) -> Moment {
    let today = UTC8.to_datetime(now).date();
    let midnight = today.saturating_add(1.day()).to_datetime(jiff::civil::Time::midnight());
    Moment::from_utc8(midnight).unwrap_or(Moment::new(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quota_resets_at_midnight_in_utc8() {
        let resets = |now: &str| next_midnight(now.parse().unwrap()).to_string();
        assert_eq!(resets("2025-12-30T15:59:59Z"), "2025-12-31T00:00:00+08:00");
        assert_eq!(resets("2025-12-30T16:00:00Z"), "2026-01-01T00:00:00+08:00");
    }
}
