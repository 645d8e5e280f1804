//! Fields of the form.

use serde::{Deserialize, Serialize};

use crate::terms::codes;
use crate::{FunctionStatus, PlainText, Problem};

codes! {
    /// A field of the form.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Field {
        /// `device_type`
        DeviceType = "device_type",
        /// `brand`
        Brand = "brand",
        /// `model`
        Model = "model",
        /// `storage`
        Storage = "storage",
        /// `ram`
        Ram = "ram",
        /// `condition`
        Condition = "condition",
        /// `function_status`
        FunctionStatus = "function_status",
        /// `repair_history`
        RepairHistory = "repair_history",
        /// `purchase_channel`
        PurchaseChannel = "purchase_channel",
        /// `keyword`, of the search
        Keyword = "keyword",
    }
    /// The field's name in HTML, in JSON and on the command line.
    pub fn name;
}

impl Field {
    /// The fields that describe a device, in the order of the form.
    pub const OF_A_DEVICE: [Self; 9] = [
        Self::DeviceType,
        Self::Brand,
        Self::Model,
        Self::Storage,
        Self::Ram,
        Self::Condition,
        Self::FunctionStatus,
        Self::RepairHistory,
        Self::PurchaseChannel,
    ];

    /// Whether every device needs it. Some kinds need the memory as well
    /// ([`crate::Category::requires_memory`]).
    pub fn is_required(self) -> bool {
        match self {
            Self::DeviceType
            | Self::Brand
            | Self::Model
            | Self::Storage
            | Self::Condition
            | Self::FunctionStatus => true,
            Self::Ram | Self::RepairHistory | Self::PurchaseChannel | Self::Keyword => false,
        }
    }

    /// The longest text that the field accepts, in characters. A longer one is refused as
    /// [`Problem::TooLong`] or, where the field has a list of words, as [`Problem::NotListed`].
    pub fn longest(self) -> usize {
        match self {
            Self::FunctionStatus => FunctionStatus::LONGEST,
            Self::DeviceType
            | Self::Brand
            | Self::Model
            | Self::Storage
            | Self::Ram
            | Self::Condition
            | Self::RepairHistory
            | Self::PurchaseChannel
            | Self::Keyword => PlainText::MAX_CHARS,
        }
    }
}

/// A field and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[error("{} {problem}", field.name())]
pub struct FieldError {
    /// Which field.
    pub field: Field,
    /// What is wrong.
    pub problem: Problem,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_fields_but_the_keyword_describe_a_device() {
        let fields = Field::ALL.iter().filter(|field| **field != Field::Keyword);
        assert!(fields.eq(&Field::OF_A_DEVICE));
    }

    #[test]
    fn a_field_takes_100_characters_and_the_faults_what_20_of_them_need() {
        // A word of the list, a detail in brackets, and a separator.
        let fault = 6 + 100 + 2 + 1;
        for field in Field::ALL {
            let longest = if *field == Field::FunctionStatus { 20 * fault } else { 100 };
            assert_eq!(field.longest(), longest, "{}", field.name());
        }
    }
}
