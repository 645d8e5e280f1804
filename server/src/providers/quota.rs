//! How the calls of a day are divided.

use crate::invalid_key::InvalidKey;

/// The calls of a day, and how they are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Calls a day; `None` if there is no limit.
    pub daily: Option<u32>,
    /// Of these, the calls that only shoppers may spend.
    pub shopper_reserve: u32,
    /// Of these, the calls that searches for a model may take.
    pub search_share: u32,
}

impl Quota {
    /// Divides the calls as the keys say; what is not given is a fifth.
    ///
    /// # Errors
    /// A part that is larger than the whole.
    pub(super) fn divide(
        daily: Option<u32>,
        reserve: Option<u32>,
        searches: Option<u32>,
    ) -> Result<Self, InvalidKey> {
        let most = daily.unwrap_or(u32::MAX);
        let part = |key: &str, given: Option<u32>, otherwise: u32| match given {
            Some(calls) if calls > most => {
                Err(InvalidKey::new(key, calls, format!("{most} (daily_quota) at most")))
            }
            Some(calls) => Ok(calls),
            None => Ok(otherwise),
        };
        // Without a limit, nothing has to be kept for shoppers.
        let (reserve_unset, searches_unset) =
            daily.map_or((0, u32::MAX), |daily| (daily / 5, (daily / 5).max(1)));
        Ok(Self {
            daily,
            shopper_reserve: part("shopper_reserve", reserve, reserve_unset)?,
            search_share: part("search_share", searches, searches_unset)?,
        })
    }
}
