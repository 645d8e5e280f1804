//! Turns a provider's answer into a quote, and the lack of one into a failure.

use domain::{Device, Failure, Moment, ProviderName, Quote, QuoteId, QuoteRequest, Source, UTC8};
use jiff::{Timestamp, ToSpan};
use provider::{Answer, Refusal};

use crate::ask_error::AskError;

/// Makes the quote from an answer.
pub(crate) fn quote(
    id: QuoteId,
    sandbox: bool,
    provider: ProviderName,
    request: &QuoteRequest,
    answer: Answer,
    now: Timestamp,
) -> Quote {
    Quote {
        id,
        sandbox,
        source: Source::Partner,
        provider,
        device: Device::new(request, answer.device_id, answer.spec),
        price: answer.price,
        recycle: answer.recycle,
        quality_check: answer.quality_check,
        quoted_at: Moment::new(now),
        valid_until: answer.valid_until,
    }
}

/// The failure that a shopper gets if there is no answer. Its cause is logged.
pub(crate) fn failure(error: &AskError, now: Timestamp) -> Failure {
    match error {
        AskError::QuotaUsedUp => Failure::QuotaExhausted { resets_at: next_midnight(now) },
        AskError::CountUnknown | AskError::Down | AskError::Busy | AskError::Late => {
            Failure::PartnerUnavailable
        }
        AskError::Call(refusal) | AskError::Latched(refusal) => failure_of_call(refusal, now),
    }
}

/// The failure that a shopper gets if a call was refused with `refusal`.
pub(crate) fn failure_of_call(refusal: &Refusal, now: Timestamp) -> Failure {
    match refusal {
        Refusal::ModelUnknown(_) => Failure::ModelUnknown,
        Refusal::NotAccepted(reason) => Failure::NotAccepted { reason: *reason },
        Refusal::QuotaExhausted(_) => Failure::QuotaExhausted { resets_at: next_midnight(now) },
        Refusal::InvalidParameters(_)
        | Refusal::Unauthorized { .. }
        | Refusal::PermissionDenied(_)
        | Refusal::Other { .. }
        | Refusal::NotOffered => Failure::PartnerRefused,
        // The answer came from something other than the provider, or from a wrong address. Shoppers can do
        // nothing about it, so for them the partner is unavailable; the operator has to fix it.
        Refusal::WrongAddress
        | Refusal::Intermediary(_)
        | Refusal::ServerFault(_)
        | Refusal::Unavailable(_)
        | Refusal::TooManyRequests { .. }
        | Refusal::Timeout
        | Refusal::NoConnection(_)
        | Refusal::BrokenOff(_)
        | Refusal::BadAnswer(_) => Failure::PartnerUnavailable,
    }
}

/// When the quota resets: the next 00:00 in UTC+8.
pub(crate) fn next_midnight(now: Timestamp) -> Moment {
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
