//! The form that describes a device, as text.

use serde::{Deserialize, Serialize};

use crate::Field;

/// The form as it was sent: the text of every field, valid or not.
///
/// Terms may be given by word or by code (`手机` or `phone`). An empty text means: not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// The text of a field; empty for [`Field::Keyword`], which this form does not have.
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

    /// The text of a field, to change it; `None` for [`Field::Keyword`], which this form does not have.
    pub fn text_mut(&mut self, field: Field) -> Option<&mut String> {
        Some(match field {
            Field::DeviceType => &mut self.device_type,
            Field::Brand => &mut self.brand,
            Field::Model => &mut self.model,
            Field::Storage => &mut self.storage,
            Field::Ram => &mut self.ram,
            Field::Condition => &mut self.condition,
            Field::FunctionStatus => &mut self.function_status,
            Field::RepairHistory => &mut self.repair_history,
            Field::PurchaseChannel => &mut self.purchase_channel,
            Field::Keyword => return None,
        })
    }
}
