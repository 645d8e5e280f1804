use serde::{Deserialize, Serialize};

use crate::{Failure, Field, FunctionStatus, QuoteRequest, RepairHistory};

/// The form as it came: text, right or wrong, of which nothing gets lost.
///
/// Words and codes are both taken (`手机` or `phone`). Empty means: not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuoteForm {
    /// The category.
    pub device_type: String,
    /// The brand.
    pub brand: String,
    /// The exact model.
    pub model: String,
    /// The storage.
    pub storage: String,
    /// The memory; required for computers.
    pub ram: String,
    /// The cosmetic grade.
    pub condition: String,
    /// `正常`, the faults as text, or [`crate::FunctionStatus::FAULTY`].
    pub function_status: String,
    /// Faults named one by one.
    pub faults: Vec<String>,
    /// Repairs.
    pub repair_history: String,
    /// Where it was bought.
    pub purchase_channel: String,
}

impl QuoteForm {
    /// Parses the form into a request that can only be valid.
    ///
    /// # Errors
    /// [`Failure::InvalidInput`] with every field that is wrong, in the order of the form;
    /// [`Failure::NotAccepted`] for a scrapped device.
    pub fn parse(&self) -> Result<QuoteRequest, Failure> {
        QuoteRequest::parse(self)
    }

    /// The repairs that it tells, be it in their own field or among the faults; `None` where it tells
    /// none, or not legibly.
    pub fn repairs(&self) -> Option<RepairHistory> {
        let told = FunctionStatus::read(&self.function_status, self.faults.iter().map(String::as_str));
        let told = told.map(|(_, repairs)| repairs).unwrap_or_default();
        RepairHistory::read(&self.repair_history, told).ok().flatten()
    }

    /// The text of a field. For [`Field::Keyword`], which is not of this form, nothing.
    pub fn text(&self, field: Field) -> &str {
        match field {
            Field::DeviceType => &self.device_type,
            Field::Brand => &self.brand,
            Field::Model => &self.model,
            Field::Storage => &self.storage,
            Field::Ram => &self.ram,
            Field::Condition => &self.condition,
            Field::FunctionStatus => &self.function_status,
            Field::RepairHistory => &self.repair_history,
            Field::PurchaseChannel => &self.purchase_channel,
            Field::Keyword => "",
        }
    }
}
