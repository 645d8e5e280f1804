//! The content of the operator's page.

use desk::{Activity, State};
use domain::{Moment, ProviderName};

/// One of several providers.
#[derive(Clone, Debug)]
pub struct ProviderState {
    /// Its name.
    pub name: ProviderName,
    /// The state of its desk.
    pub state: State,
    /// In how many comparisons of the last seven days it had the best price.
    pub wins: u64,
    /// Whether few of its calls are left, so that comparisons ask it only if it had the best price most often.
    pub is_short: bool,
}

/// A dealer's price list.
#[derive(Clone, Debug)]
pub struct PriceListState {
    /// The buyer's name.
    pub provider: String,
    /// How many devices the list in use has; `None` if no list is in use.
    pub devices: Option<usize>,
    /// The file that was refused last, and why.
    pub refused: Option<(String, String)>,
}

/// The content of the page.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The state of the desk.
    pub state: State,
    /// All providers, if there are several.
    pub providers: Vec<ProviderState>,
    /// The price lists of buyers that have one.
    pub price_lists: Vec<PriceListState>,
    /// Today's calls; `None` if the records cannot be read.
    pub today: Option<Activity>,
    /// The time.
    pub now: Moment,
    /// Why the last reload of the settings failed.
    pub mistake: Option<String>,
    /// How many device lists have stopped because the partner refuses the account.
    pub refused_lists: usize,
    /// Whether all visitors seem to have the same address, because of a proxy that is not trusted.
    pub visitors_alike: bool,
}
