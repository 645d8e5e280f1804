use serde::{Deserialize, Serialize};

use crate::Category;

/// A model of the partner's catalogue, with the storage and memory it comes in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CatalogueItem {
    /// What kind of device.
    pub device_type: Category,
    /// The brand, as the partner writes it.
    pub brand: String,
    /// The exact model.
    pub model: String,
    /// Storage options, such as `256GB`; empty when unknown.
    pub storages: Vec<String>,
    /// Memory options, such as `16GB`; empty where memory does not bear on the price.
    pub rams: Vec<String>,
}
