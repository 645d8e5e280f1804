//! What an answer means for its device, and for the round: whether a failure is the device's own,
//! the account's, or the partner's of the moment.

use std::collections::HashMap;

use domain::{Failure, QuoteId};
use provider::{CallKind, Refusal};

use super::doubt::{Doubts, Mark};
use super::run::{Halt, Run};
use crate::call_context::Priority;
use crate::desk::Priced;
use crate::outcome;

/// A device whose attempts fail in so many rounds, while other devices have their prices, is given
/// up; and so is one that is refused for the quota on so many days, as the last of its round.
const MOST_TRIES: u32 = 3;
/// Where so many different devices fail in a round and the partner answers for none, the partner is
/// down, and no device is to blame.
const DOWN: usize = 10;

/// What a round came to so far, and what is kept for the next.
#[derive(Default)]
pub(super) struct Round {
    pub(super) halt: Option<Halt>,
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
    pub(super) at_once: bool,
    /// Whether the partner gave a price in this round or one before: the account is in order.
    proven: bool,
    /// How often each device found the partner out of order.
    tries: HashMap<u32, u32>,
    /// On how many days each device was refused for the quota, no price coming after.
    days: HashMap<u32, u32>,
    /// How often each device asked: who asked least comes first.
    pub(super) turns: HashMap<u32, u32>,
}

/// What came of a round.
pub(super) struct Ended {
    pub(super) halt: Option<Halt>,
    pub(super) fruitful: bool,
    pub(super) at_once: bool,
}

impl Run<'_> {
    /// The moment, for [`Self::judge`].
    pub(super) fn mark(&self) -> Mark {
        self.round().quota.mark()
    }

    /// Notes an answer, or decides what one that does not count means for the round. `asked` is the
    /// moment before the partner was asked for it; `None` where it was not asked just now.
    pub(super) async fn judge(&self, device: u32, answer: Priced, asked: Option<Mark>) {
        if asked.is_some() {
            *self.round().turns.entry(device).or_default() += 1;
        }
        match answer {
            Ok(quote) => {
                self.settle(device, Ok(quote.id.clone())).await;
                // A price that was known before says nothing of the account now.
                if let Some(began) = asked {
                    let doubted = {
                        let mut round = self.round();
                        (round.answered, round.proven) = (true, true);
                        let mut doubted = round.refused.clear();
                        doubted.extend(round.quota.cleared_since(began));
                        doubted
                    };
                    for (device, failure) in doubted {
                        self.settle(device, Err(failure)).await;
                    }
                }
            }
            Err(Failure::QuotaExhausted { resets_at })
                if self.inner.partner.quota_remaining(Priority::Batch) == 0 =>
            {
                self.halt(Halt::Quota(resets_at));
            }
            Err(failure) if self.is_refused_so(&failure) => self.halt(Halt::Latched),
            Err(failure @ (Failure::QuotaExhausted { .. } | Failure::PartnerRefused)) => {
                let halt = halt_of(&failure);
                let mut round = self.round();
                let doubts = match halt {
                    Halt::Quota(_) => &mut round.quota,
                    _ => &mut round.refused,
                };
                if doubts.add((device, failure)) {
                    doubts.clear();
                    round.halt.get_or_insert(halt);
                }
            }
            Err(failure @ (Failure::PartnerUnavailable | Failure::Internal { .. })) => {
                if self.inner.partner.breaker_open() {
                    self.halt(Halt::Down);
                }
                if asked.is_some() {
                    self.round().failed.push((device, failure));
                }
            }
            Err(failure) => {
                self.round().answered |= asked.is_some();
                self.settle(device, Err(failure)).await;
            }
        }
    }

    /// Decides what is left open by the round.
    pub(super) async fn end_round(&self) -> Ended {
        let Round { mut halt, mut refused, mut quota, failed, answered, fruitful, at_once, .. } =
            self.next_round();
        let mut condemned = Vec::new();
        if halt.is_none() && !answered && failed.len() >= DOWN {
            halt = Some(Halt::Silent);
        }
        // While it is down as a whole, nothing is any device's fault.
        if !matches!(halt, Some(Halt::Down | Halt::Silent)) {
            let mut round = self.round();
            condemned.extend(failed.into_iter().filter(|(device, _)| {
                let tries = round.tries.entry(*device).or_default();
                *tries += 1;
                *tries >= MOST_TRIES
            }));
        }
        for (device, failure) in quota.clear() {
            let given_up = {
                let mut round = self.round();
                let days = round.days.entry(device).or_default();
                *days += 1;
                *days >= MOST_TRIES && round.proven
            };
            if given_up {
                condemned.push((device, failure));
            } else {
                halt.get_or_insert(halt_of(&failure));
            }
        }
        for (device, failure) in refused.clear() {
            if halt.is_none() && self.may_be_the_accounts() {
                halt = Some(Halt::Refused);
            }
            if halt.is_none() {
                condemned.push((device, failure));
            }
        }
        let fruitful = fruitful || !condemned.is_empty();
        for (device, failure) in condemned {
            self.settle(device, Err(failure)).await;
        }
        Ended { halt, fruitful, at_once }
    }

    /// Whether the partner refuses the account, as far as is known now.
    pub(super) fn is_refused(&self) -> bool {
        self.inner.partner.admission.condemns(self.call(), |_| true)
    }

    /// Whether this failure is what a refusal of the account comes to: a wrong key as
    /// `partner_refused`, a wrong path as `partner_unavailable`. No device is to blame for it.
    fn is_refused_so(&self, failure: &Failure) -> bool {
        let now = self.inner.now();
        let such = |refusal: &Refusal| outcome::failure_of_call(refusal, now) == *failure;
        self.inner.partner.admission.condemns(self.call(), such)
    }

    /// The name of the call for one device, which the latch goes by.
    fn call(&self) -> &'static str {
        self.inner.partner.provider().call_name(CallKind::Quote)
    }

    /// Whether a refusal that no price followed may be the account's: so it is, unless the account
    /// was found in order in this run.
    fn may_be_the_accounts(&self) -> bool {
        !self.round().proven && self.inner.partner.admission.doubts(self.call())
    }

    /// Notes what is known of a device, for as long as the database fails.
    async fn settle(&self, device: u32, answer: Result<QuoteId, Failure>) {
        let records = self.inner.partner.journal.records();
        while let Err(error) = records.settle(self.id, device, &answer).await {
            tracing::warn!(batch = self.id.0, device, %error, "an answer cannot be noted yet");
            self.wait(self.inner.settings.batch_rest).await;
            if self.is_stopped() {
                return;
            }
        }
        self.round().fruitful = true;
        self.progress.send_modify(|progress| match answer {
            Ok(_) => progress.counts.priced += 1,
            Err(_) => progress.counts.failed += 1,
        });
    }

    /// Begins the next round with what is kept of this one, which is returned.
    fn next_round(&self) -> Round {
        let mut round = self.round();
        let tries = std::mem::take(&mut round.tries);
        let turns = std::mem::take(&mut round.turns);
        let days = std::mem::take(&mut round.days);
        let proven = round.proven;
        std::mem::replace(&mut *round, Round { tries, turns, days, proven, ..Round::default() })
    }
}

fn halt_of(failure: &Failure) -> Halt {
    match failure {
        Failure::QuotaExhausted { resets_at } => Halt::Quota(*resets_at),
        _ => Halt::Refused,
    }
}
