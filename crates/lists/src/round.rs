//! Decides what the answers of a round mean: whether a failure concerns its device, the account, or only the
//! partner's state at that moment. Functions without I/O.

use std::collections::HashMap;

use domain::{Failure, QuoteId};

use crate::doubt::{Doubts, Mark};
use crate::ended::{Ended, Halt, Settled, Standing};

/// A device is given up if its calls fail in this many rounds in which the partner is not down. It is also
/// given up if it is refused for the quota on this many days, no price follows on any of them, and the
/// account is in order.
const MOST_TRIES: u32 = 3;
/// If the calls of at least this many devices fail in a round, and the partner answers for none, the partner
/// is down, and the failures do not count against the devices.
const DOWN: usize = 10;
/// The rounds of a list: the result of the current one so far, and what is remembered from earlier ones.
#[derive(Default)]
pub(crate) struct Rounds {
    now: Round,
    /// Whether the partner gave a price in any round. It shows that the account is in order.
    proven: bool,
    /// In how many rounds the call for each device failed while the partner was not down.
    tries: HashMap<u32, u32>,
    /// On how many days each device was refused for the quota and no price followed.
    days: HashMap<u32, u32>,
    /// How often each device was asked for.
    turns: HashMap<u32, u32>,
}

/// The result of the current round so far.
#[derive(Default)]
struct Round {
    halt: Option<Halt>,
    /// Refusals for other reasons than the quota.
    refused: Doubts<(u32, Failure)>,
    /// Refusals for the quota, although calls are left by our own count.
    quota: Doubts<(u32, Failure)>,
    /// Devices whose calls failed because the partner was unavailable.
    failed: Vec<(u32, Failure)>,
    /// Whether the partner answered for any device, with a price or with a failure of that device.
    answered: bool,
    /// Whether any device was settled.
    fruitful: bool,
    /// Whether the next round may begin without a pause.
    at_once: bool,
}

impl Rounds {
    /// The current point of the round, for [`Self::take`].
    pub(crate) fn mark(&self) -> Mark {
        self.now.quota.mark()
    }

    /// Whether the round asks for no more devices.
    pub(crate) fn is_halted(&self) -> bool {
        self.now.halt.is_some()
    }

    /// Lets the next round begin without a pause, because devices were left out of this one.
    pub(crate) fn go_on_at_once(&mut self) {
        self.now.at_once = true;
    }

    /// How often a device was asked for. The devices asked for least come first: while the partner is down, a
    /// round makes only one call, and a device for which calls always fail must not get all of them.
    pub(crate) fn turns(&self, device: u32) -> u32 {
        self.turns.get(&device).copied().unwrap_or_default()
    }

    /// Judges an answer. Returns the devices that it settles. `asked` is the point before this list called
    /// the partner for it; `None` if the list made no call, or one that says nothing about the device.
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
                // A price that was known before says nothing about the account now.
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

    /// Ends the round, decides what it left open, and begins the next. `doubted` says whether the latest
    /// refusal may concern the account.
    pub(crate) fn end(&mut self, doubted: bool) -> Ended {
        let Round { mut halt, mut refused, mut quota, failed: out_of_order, answered, fruitful, at_once } =
            std::mem::take(&mut self.now);
        let mut settled = Vec::new();
        if halt.is_none() && !answered && out_of_order.len() >= DOWN {
            halt = Some(Halt::Silent);
        }
        // While the partner is down, a failure does not count against its device.
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
        // Until a price shows that the account is in order, a refusal that no price followed may concern the
        // account.
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

    /// Notes a refusal that may concern the device or the account. Three in a row halt the round.
    fn doubt(&mut self, device: u32, failure: Failure) -> Vec<Settled> {
        let halt = halt_of(&failure);
        let doubts = if matches!(halt, Halt::Quota(_)) { &mut self.now.quota } else { &mut self.now.refused };
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

/// Adds 1 to the count of a device. Returns the new count.
fn count(counts: &mut HashMap<u32, u32>, device: u32) -> u32 {
    let count = counts.entry(device).or_default();
    *count += 1;
    *count
}

/// The halt that a doubted refusal leads to.
fn halt_of(failure: &Failure) -> Halt {
    if let Failure::QuotaExhausted { resets_at } = failure { Halt::Quota(*resets_at) } else { Halt::Refused }
}

#[cfg(test)]
mod tests;
