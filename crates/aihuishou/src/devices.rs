use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::{PurchaseChannel, QuoteRequest, RepairHistory};

use crate::{Profile, terms};

/// The devices of one call: at least one, and at most as many as the partner accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Devices(Vec<QuoteRequest>);

/// An error: no device, or more than [`Profile::MOST_DEVICES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("one call takes 1 to 50 devices, not {0}")]
pub struct NotTogether(usize);

impl Devices {
    /// Devices for one call.
    ///
    /// # Errors
    /// [`NotTogether`] for none, or too many.
    pub fn new(devices: Vec<QuoteRequest>) -> Result<Self, NotTogether> {
        match devices.len() {
            1..=Profile::MOST_DEVICES => Ok(Self(devices)),
            other => Err(NotTogether(other)),
        }
    }

    /// How many there are, which is also what a call for them costs of the quota.
    pub fn spends(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// The devices, in the order of the answers.
    pub fn iter(&self) -> std::slice::Iter<'_, QuoteRequest> {
        self.0.iter()
    }

    /// The parameter `devices`: an array of objects with the parameters of a single inquiry,
    /// without those that are empty.
    pub(crate) fn json(&self) -> String {
        let device = |request| {
            let named = describe(request).into_iter().filter(|(_, value)| !value.is_empty());
            serde_json::to_value(named.collect::<BTreeMap<_, _>>()).unwrap_or_default()
        };
        serde_json::Value::Array(self.0.iter().map(device).collect()).to_string()
    }
}

/// A device as the partner's parameters.
pub(crate) fn describe(request: &QuoteRequest) -> [(&'static str, Cow<'_, str>); 9] {
    [
        ("device_type", terms::category(request.category()).into()),
        ("brand", request.brand().into()),
        ("model", request.model().into()),
        ("storage", request.storage().into()),
        ("ram", request.ram().unwrap_or_default().into()),
        ("condition", terms::grade(request.grade()).into()),
        ("function_status", request.function_status().to_string().into()),
        ("repair_history", request.repair_history().map_or("", RepairHistory::word).into()),
        ("purchase_channel", request.purchase_channel().map_or("", PurchaseChannel::word).into()),
    ]
}
