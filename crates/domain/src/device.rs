//! The device in a quote.

use serde::{Deserialize, Serialize};

use crate::{Category, QuoteForm, QuoteRequest, Score, Term};

/// The device as it was quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The partner's model id.
    pub device_id: Option<String>,
    /// What kind of device.
    pub device_type: Category,
    /// The brand.
    pub brand: String,
    /// The exact model.
    pub model: String,
    /// The storage.
    pub storage: String,
    /// The memory, where it was given.
    pub ram: Option<String>,
    /// The partner's description, such as storage, memory and colour.
    pub spec: Option<String>,
    /// The cosmetic grade's word.
    pub condition: String,
    /// Grade, faults and repairs as one score.
    pub condition_score: Score,
    /// `正常`, or the faults.
    pub function_status: String,
    /// Repairs, where they were given.
    pub repair_history: Option<String>,
    /// Where it was bought, where that was given.
    pub purchase_channel: Option<String>,
}

impl Device {
    /// The device of `request`, with the partner's id and description.
    pub fn new(request: &QuoteRequest, device_id: Option<String>, spec: Option<String>) -> Self {
        Self {
            device_id,
            spec,
            device_type: request.category(),
            brand: request.brand().to_owned(),
            model: request.model().to_owned(),
            storage: request.storage().to_owned(),
            ram: request.ram().map(str::to_owned),
            condition: request.grade().word().to_owned(),
            condition_score: request.score(),
            function_status: request.function_status().to_string(),
            repair_history: request.repair_history().map(|repairs| repairs.word().to_owned()),
            purchase_channel: request.purchase_channel().map(|channel| channel.word().to_owned()),
        }
    }

    /// A form filled in with this device, to change one answer of it.
    pub fn to_form(&self) -> QuoteForm {
        QuoteForm {
            device_type: self.device_type.word().to_owned(),
            brand: self.brand.clone(),
            model: self.model.clone(),
            storage: self.storage.clone(),
            ram: self.ram.clone().unwrap_or_default(),
            condition: self.condition.clone(),
            function_status: self.function_status.clone(),
            faults: Vec::new(),
            repair_history: self.repair_history.clone().unwrap_or_default(),
            purchase_channel: self.purchase_channel.clone().unwrap_or_default(),
        }
    }
}
