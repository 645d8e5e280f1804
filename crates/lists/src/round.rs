//! What the answers of a round mean: whether a failure is the device's own, the account's, or the
//! partner's of the moment. Functions without I/O.

use std::collections::HashMap;

use domain::{Failure, QuoteId};

use crate::doubt::{Doubts, Mark};
use crate::ended::{Ended, Halt, Settled, Standing};

/// A device whose attempts fail in so many rounds, while other devices have their prices, is given
/// up; and so is one that is refused for the quota on so many days, as the last of its round.
const MOST_TRIES: u32 = 3;
/// Where so many different devices fail in a round and the partner answers for none, the partner is
/// down, and no device is to blame.
const DOWN: usize = 10;
/// The rounds of a list: what the one under way came to so far, and what is kept of those before.
#[derive(Default)]
pub(crate) struct Rounds {
    now: Round,
    /// Whether the partner gave a price in any round: the account is in order.
    proven: bool,
    /// How often each device found the partner out of order.
    tries: HashMap<u32, u32>,
    /// On how many days each device was refused for the quota, no price coming after.
    days: HashMap<u32, u32>,
    /// How often each device asked.
    turns: HashMap<u32, u32>,
}

/// What a round came to so far.
#[derive(Default)]
struct Round {
    halt: Option<Halt>,
    /// Refusals but for the quota.
    refused: Doubts<(u32, Failure)>,
    /// Refusals for a quota that by our count is not used up.
    quota: Doubts<(u32, Failure)>,
    /// Devices that asked the partner and found it out of order.
    failed: Vec<(u32, Failure)>,
    /// Whether the partner answered for any device.
    answered: bool,
    /// Whether anything became known.
    fruitful: bool,
    /// Whether the next round may begin at once.
    at_once: bool,
}

impl Rounds {
    /// This moment of the round, for [`Self::take`].
    pub(crate) fn mark(&self) -> Mark {
        self.now.quota.mark()
    }

    /// Whether the round asks for no more devices.
    pub(crate) fn is_halted(&self) -> bool {
        self.now.halt.is_some()
    }

    /// Lets the next round begin at once: devices were left out of this one.
    pub(crate) fn go_on_at_once(&mut self) {
        self.now.at_once = true;
    }

    /// How often a device asked. Who asked least comes first: while the partner is down, a round makes
    /// one call, and one device that the partner fails on must not stand for all.
    pub(crate) fn turns(&self, device: u32) -> u32 {
        self.turns.get(&device).copied().unwrap_or_default()
    }

    /// Takes in an answer, and returns what is known for good by it. `asked` is the moment before the
    /// partner was asked for it; `None` where it was not asked just now.
    pub(crate) fn take(
        &mut self,
        device: u32,
        answer: Result<QuoteId, Failure>,
        asked: Option<Mark>,
        standing: Standing,
    ) -> Vec<Settled> {
        if asked.is_some() {
            *self.turns.entry(device).or_default() += 1;
        }
        let settled = match answer {
            Ok(quote) => {
                let mut settled = vec![(device, Ok(quote))];
                // A price that was known before says nothing of the account now.
                if let Some(began) = asked {
                    (self.now.answered, self.proven) = (true, true);
                    settled.extend(self.now.refused.clear().into_iter().map(failed));
                    settled.extend(self.now.quota.cleared_since(began).into_iter().map(failed));
                }
                settled
            }
            Err(Failure::QuotaExhausted { resets_at }) if standing.used_up => {
                self.halt(Halt::Quota(resets_at))
            }
            Err(_) if standing.refused => self.halt(Halt::Latched),
            Err(failure @ (Failure::QuotaExhausted { .. } | Failure::PartnerRefused)) => {
                self.doubt(device, failure)
            }
            Err(failure @ (Failure::PartnerUnavailable | Failure::Internal { .. })) => {
                if asked.is_some() {
                    self.now.failed.push((device, failure));
                }
                if standing.down { self.halt(Halt::Down) } else { Vec::new() }
            }
            Err(failure) => {
                self.now.answered |= asked.is_some();
                vec![(device, Err(failure))]
            }
        };
        self.now.fruitful |= !settled.is_empty();
        settled
    }

    /// Ends the round, decides what it left open, and begins the next. `doubted` says whether a refusal
    /// that was heard last may be the account's.
    pub(crate) fn end(&mut self, doubted: bool) -> Ended {
        let Round { mut halt, mut refused, mut quota, failed: out_of_order, answered, fruitful, at_once } =
            std::mem::take(&mut self.now);
        let mut settled = Vec::new();
        if halt.is_none() && !answered && out_of_order.len() >= DOWN {
            halt = Some(Halt::Silent);
        }
        // While it is down as a whole, nothing is any device's fault.
        if !matches!(halt, Some(Halt::Down | Halt::Silent)) {
            let tries = &mut self.tries;
            let given_up = out_of_order.into_iter().filter(|(device, _)| MOST_TRIES <= count(tries, *device));
            settled.extend(given_up.map(failed));
        }
        for (device, failure) in quota.clear() {
            if count(&mut self.days, device) >= MOST_TRIES && self.proven {
                settled.push((device, Err(failure)));
            } else {
                halt.get_or_insert(halt_of(&failure));
            }
        }
        let refused = refused.clear();
        // Unless the account was found in order, a refusal that no price followed may be its own.
        if halt.is_none() && !refused.is_empty() && !self.proven && doubted {
            halt = Some(Halt::Refused);
        }
        if halt.is_none() {
            settled.extend(refused.into_iter().map(failed));
        }
        Ended { halt, fruitful: fruitful || !settled.is_empty(), at_once, settled }
    }

    fn halt(&mut self, halt: Halt) -> Vec<Settled> {
        self.now.halt.get_or_insert(halt);
        Vec::new()
    }

    /// Notes a refusal that may be the device's or the account's.
    fn doubt(&mut self, device: u32, failure: Failure) -> Vec<Settled> {
        let halt = halt_of(&failure);
        let doubts = match halt {
            Halt::Quota(_) => &mut self.now.quota,
            _ => &mut self.now.refused,
        };
        if doubts.add((device, failure)) {
            doubts.clear();
            self.now.halt.get_or_insert(halt);
        }
        Vec::new()
    }
}

fn failed((device, failure): (u32, Failure)) -> Settled {
    (device, Err(failure))
}

/// Counts once more, and returns how often it was counted.
fn count(counts: &mut HashMap<u32, u32>, device: u32) -> u32 {
    let count = counts.entry(device).or_default();
    *count += 1;
    *count
}

fn halt_of(failure: &Failure) -> Halt {
    match failure {
        Failure::QuotaExhausted { resets_at } => Halt::Quota(*resets_at),
        _ => Halt::Refused,
    }
}

#[cfg(test)]
mod tests;
