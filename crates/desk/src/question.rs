//! A question to a provider, in the form that records, breaker and latch need.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use domain::{PlainText, PurchaseChannel, QuoteRequest, RepairHistory, Term};
use provider::{CallKind, Provider, SearchRequest};
use serde_json::{Value, json};

use crate::latch::Asked;

/// A question to a provider.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The kind of call that asks it.
    pub(crate) kind: CallKind,
    /// The provider's name for that kind of call.
    pub(crate) call: &'static str,
    /// The parameters as JSON, without account, time and signature.
    pub(crate) parameters: Arc<str>,
    /// How many calls of the quota each attempt uses.
    pub(crate) spends: u32,
}

impl Question {
    /// The question what a device is worth.
    pub(crate) fn of_quote(provider: &dyn Provider, request: &QuoteRequest) -> Self {
        Self::new(provider, CallKind::Quote, &described(request), 1)
    }

    /// The question what several devices are worth, in one call.
    pub(crate) fn of_many(provider: &dyn Provider, devices: &[QuoteRequest]) -> Self {
        let described: Vec<Value> = devices.iter().map(described).collect();
        let spends = u32::try_from(devices.len()).unwrap_or(u32::MAX);
        Self::new(provider, CallKind::QuoteMany, &json!({ "devices": described }), spends)
    }

    /// The question which models match a keyword.
    pub(crate) fn of_search(provider: &dyn Provider, request: &SearchRequest) -> Self {
        let keyword = request.keyword.as_ref().map(PlainText::as_str);
        let parameters = json!({ "keyword": keyword, "device_type": request.device_type.map(Term::word) });
        Self::new(provider, CallKind::Search, &parameters, 1)
    }

    /// How many calls of the searches' share of the quota each attempt uses.
    pub(crate) fn searches(&self) -> u32 {
        if self.kind == CallKind::Search { self.spends } else { 0 }
    }

    /// The question as breaker and latch know it.
    pub(crate) fn asked(&self) -> Asked {
        let mut hash = DefaultHasher::new();
        (self.call, &self.parameters).hash(&mut hash);
        Asked { call: self.call, question: hash.finish() }
    }

    fn new(provider: &dyn Provider, kind: CallKind, parameters: &Value, spends: u32) -> Self {
        Self { kind, call: provider.call_name(kind), parameters: parameters.to_string().into(), spends }
    }
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
