//! What the operator's page shows.

use desk::{Activity, State};
use domain::Moment;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Overview {
    /// How the desk does.
    pub state: State,
    /// What was asked today; `None` when the records cannot be read.
    pub today: Option<Activity>,
    /// The time.
    pub now: Moment,
    /// Why the settings could not be read again.
    pub mistake: Option<String>,
    /// Device lists that stand still because the partner refuses the account.
    pub refused_lists: usize,
    /// Whether visitors cannot be told apart, because of a proxy that is not trusted.
    pub visitors_alike: bool,
}
