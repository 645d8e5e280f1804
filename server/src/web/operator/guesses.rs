//! Rate limit for wrong operator tokens.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::time::{Duration, Instant};

use crate::web::edge::pace::{Bucket, Pace};

/// Wrong tokens from one address: five at once, then one in three seconds.
const OF_ONE: Pace = Pace { at_once: 5, then_every: Duration::from_secs(3) };
/// Wrong tokens from all addresses together: 100 at once, then ten a second.
const OF_ALL: Pace = Pace { at_once: 100, then_every: Duration::from_millis(100) };
/// The most addresses that are remembered as the operator's.
const KNOWN: usize = 256;

/// Counts wrong tokens by address and over all addresses. An address that sent the right token before is limited by
/// its own wrong tokens only: guesses from elsewhere do not keep the operator out.
///
/// The map needs no bound of its own. An address stays in it for 15 s at most, and all addresses together send ten
/// wrong tokens a second.
#[derive(Debug, Default)]
pub(super) struct Guesses {
    by_address: HashMap<IpAddr, Bucket>,
    of_all: Bucket,
    known: HashSet<IpAddr>,
}

impl Guesses {
    /// Counts a token from `address` that is `right` or wrong, and returns which of the two it is.
    ///
    /// # Errors
    /// The time until the next token from this address is looked at. Until then a right one is rejected too:
    /// otherwise the limit would not limit guessing.
    pub(super) fn judge(&mut self, address: IpAddr, now: Instant, right: bool) -> Result<bool, Duration> {
        let own = self.by_address.get(&address).map_or(Duration::ZERO, |own| own.wait(&OF_ONE, now));
        let of_all = match self.known.contains(&address) {
            true => Duration::ZERO,
            false => self.of_all.wait(&OF_ALL, now),
        };
        let wait = own.max(of_all);
        if !wait.is_zero() {
            return Err(wait);
        }
        if right {
            if self.known.len() < KNOWN {
                self.known.insert(address);
            }
        } else {
            self.by_address.retain(|_, bucket| !bucket.is_full(now));
            self.by_address.entry(address).or_default().take(&OF_ONE, now);
            self.of_all.take(&OF_ALL, now);
        }
        Ok(right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([198, 51, 100, last])
    }

    #[test]
    fn an_address_has_five_guesses_and_then_one_in_three_seconds() {
        let (mut guesses, start) = (Guesses::default(), Instant::now());
        for _ in 0..5 {
            assert_eq!(guesses.judge(address(1), start, false), Ok(false));
        }
        let wait = guesses.judge(address(1), start, true).unwrap_err();
        assert_eq!(wait, Duration::from_secs(3), "the right one has to wait as well");
        assert_eq!(guesses.judge(address(2), start, true), Ok(true), "others do not wait");
        assert_eq!(guesses.judge(address(1), start + wait, true), Ok(true));
        assert_eq!(guesses.judge(address(1), start + wait, false), Ok(false));
        assert!(guesses.judge(address(1), start + wait, false).is_err());
    }

    #[test]
    fn the_right_token_is_never_counted() {
        let (mut guesses, start) = (Guesses::default(), Instant::now());
        for _ in 0..1_000 {
            assert_eq!(guesses.judge(address(1), start, true), Ok(true));
        }
    }

    #[test]
    fn many_addresses_together_have_a_limit_that_leaves_the_operator_in() {
        let (mut guesses, start) = (Guesses::default(), Instant::now());
        assert_eq!(guesses.judge(address(250), start, true), Ok(true));
        for asker in 0..100 {
            assert_eq!(guesses.judge(address(asker), start, false), Ok(false));
        }
        let wait = guesses.judge(address(200), start, false).unwrap_err();
        assert_eq!(wait, Duration::from_millis(100));
        assert_eq!(guesses.judge(address(250), start, true), Ok(true), "was right before");
        assert!(guesses.by_address.len() <= 100);
        let later = start + Duration::from_secs(20);
        assert_eq!(guesses.judge(address(200), later, false), Ok(false));
        assert_eq!(guesses.by_address.len(), 1, "the others are forgotten");
    }
}
