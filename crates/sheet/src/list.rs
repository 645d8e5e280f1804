use domain::{Failure, QuoteForm, QuoteRequest};

/// A device list as it was read.
#[derive(Clone, Debug, Default)]
pub struct DeviceList {
    /// The rows that hold anything, in their order.
    pub rows: Vec<ListRow>,
}

/// A row of a device list.
#[derive(Clone, Debug)]
pub struct ListRow {
    /// Its number in the file, 1 for the first line.
    pub number: u32,
    /// What it says, as text.
    pub form: QuoteForm,
    /// What that means, or what is wrong with it.
    pub request: Result<QuoteRequest, Failure>,
}
