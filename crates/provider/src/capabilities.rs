use std::num::NonZeroUsize;

/// What a provider can do, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether it can search for models.
    pub search: bool,
    /// The most devices in one call; `None` if it takes only one device a call.
    pub many: Option<NonZeroUsize>,
    /// The most calls at the same time.
    pub places: NonZeroUsize,
    /// The most calls a day in UTC+8; `None` if there is no limit.
    pub daily_quota: Option<u32>,
    /// Whether its prices come over the network, each by a call. If they do not, this machine's clock is right for them,
    /// and asking is no call: the audit has none of it, and neither places nor a quota limit it.
    pub over_the_net: bool,
}

impl Capabilities {
    /// The capabilities of prices that are held in memory: no search, one device at a time, no quota. A device list asks
    /// about at most 15 at the same time.
    pub const IN_MEMORY: Self = Self {
        search: false,
        many: None,
        places: NonZeroUsize::MIN.saturating_add(15),
        daily_quota: None,
        over_the_net: false,
    };
}
