//! What the partner's answers mean to those who asked.

use aihuishou::{CallErrorKind, Devices, Inquiry, Profile, SearchRequest};
use domain::{
    Device, Failure, Moment, PlainText, PurchaseChannel, Quote, QuoteId, QuoteRequest, RepairHistory, Source,
    Term, UTC8,
};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use crate::ask_error::AskError;
use crate::partner::Question;

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

/// What is asked for a price, for the records.
pub(crate) fn question(request: &QuoteRequest) -> Question {
    Question { call: Profile::INQUIRY, parameters: described(request).to_string().into(), spends: 1 }
}

/// What is asked for several prices in one call, for the records.
pub(crate) fn question_together(devices: &Devices) -> Question {
    let described: Vec<Value> = devices.iter().map(described).collect();
    let parameters = json!({ "devices": described }).to_string().into();
    Question { call: Profile::BATCH_INQUIRY, parameters, spends: devices.spends() }
}

fn described(request: &QuoteRequest) -> Value {
    json!({
        "device_type": request.category().word(),
        "brand": request.brand(),
        "model": request.model(),
        "storage": request.storage(),
        "ram": request.ram(),
        "condition": request.grade().word(),
        "function_status": request.function_status().to_string(),
        "repair_history": request.repair_history().map(RepairHistory::word),
        "purchase_channel": request.purchase_channel().map(PurchaseChannel::word),
    })
}

/// What is searched for, for the records.
pub(crate) fn search_question(request: &SearchRequest) -> Question {
    let keyword = request.keyword.as_ref().map(PlainText::as_str);
    let parameters = json!({ "keyword": keyword, "device_type": request.device_type.map(Term::word) });
    Question { call: Profile::SEARCH, parameters: parameters.to_string().into(), spends: 1 }
}

/// What a shopper is told where there is no answer. The cause goes to the log.
pub(crate) fn failure(error: &AskError, now: Timestamp) -> Failure {
    match error {
        AskError::QuotaUsedUp => Failure::QuotaExhausted { resets_at: next_midnight(now) },
        AskError::CountUnknown | AskError::Down | AskError::Busy | AskError::Late => {
            Failure::PartnerUnavailable
        }
        AskError::Call(kind) | AskError::Latched(kind) => failure_of_call(kind, now),
    }
}

/// What a shopper is told where a call ended like that.
pub(crate) fn failure_of_call(kind: &CallErrorKind, now: Timestamp) -> Failure {
    match kind {
        CallErrorKind::ModelUnknown(_) => Failure::ModelUnknown,
        CallErrorKind::NotAccepted(reason) => Failure::NotAccepted { reason: *reason },
        CallErrorKind::QuotaExhausted(_) => Failure::QuotaExhausted { resets_at: next_midnight(now) },
        CallErrorKind::InvalidParameters(_)
        | CallErrorKind::Unauthorized(_)
        | CallErrorKind::PermissionDenied(_)
        | CallErrorKind::Refused { .. } => Failure::PartnerRefused,
        // What answered was not the partner, or not at the right address: the operator's to fix.
        CallErrorKind::WrongPath
        | CallErrorKind::Intermediary(_)
        | CallErrorKind::ServerFault(_)
        | CallErrorKind::Unavailable(_)
        | CallErrorKind::TooManyRequests { .. }
        | CallErrorKind::Timeout
        | CallErrorKind::NoConnection(_)
        | CallErrorKind::BrokenOff(_)
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
