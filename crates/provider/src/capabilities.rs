use std::num::NonZeroUsize;

/// What a provider can do, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// Whether it can look models up.
    pub search: bool,
    /// The most devices in one call; `None` where each device takes a call of its own.
    pub many: Option<NonZeroUsize>,
    /// The most calls at once.
    pub places: NonZeroUsize,
    /// Calls a day in UTC+8; `None` where they are not limited.
    pub daily_quota: Option<u32>,
    /// Whether its prices come over the network. Prices that do not are as fresh as this machine's
    /// clock.
    pub over_the_net: bool,
}

impl Capabilities {
    /// Of prices that are held in memory: no search, one device a call, no quota. There are 16 places,
    /// which bounds the work at once.
    pub const IN_MEMORY: Self = Self {
        search: false,
        many: None,
        places: NonZeroUsize::MIN.saturating_add(15),
        daily_quota: None,
        over_the_net: false,
    };
}
