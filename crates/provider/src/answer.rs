use domain::{Moment, Price, RecycleOption};

/// A provider's answer with a price. What the answer did not contain is `None` or empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The price and the steps to it.
    pub price: Price,
    /// Until when the price is valid; `None` if the answer had no readable time.
    pub valid_until: Option<Moment>,
    /// The ways to hand the device over, best first.
    pub recycle: Vec<RecycleOption>,
    /// The points of the inspection.
    pub quality_check: Vec<String>,
    /// The provider's id of the model.
    pub device_id: Option<String>,
    /// The provider's description of the device: storage, memory, colour.
    pub spec: Option<String>,
    /// The model that was priced, as the provider writes it.
    pub model: Option<String>,
    /// The storage that was priced.
    pub storage: Option<String>,
    /// The grade that was priced, in the provider's words.
    pub grade: Option<String>,
    /// The model's name for public pages. `None` if brand, storage or memory of the request may be free text
    /// that a person typed, because the text would become public with the name.
    pub public_model: Option<String>,
    /// Whether an amount had more than two decimals and was rounded half-even.
    pub rounded: bool,
}

impl Answer {
    /// An answer that contains only a price.
    pub fn new(price: Price) -> Self {
        Self {
            price,
            valid_until: None,
            recycle: Vec::new(),
            quality_check: Vec::new(),
            device_id: None,
            spec: None,
            model: None,
            storage: None,
            grade: None,
            public_model: None,
            rounded: false,
        }
    }
}
