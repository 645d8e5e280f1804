//! The content of the operator's page.

use desk::{Activity, State};
use domain::Moment;

/// The content of the page.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The state of the desk.
    pub state: State,
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
