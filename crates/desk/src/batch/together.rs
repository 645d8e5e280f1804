//! Up to fifty devices in one call, for accounts that may.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use domain::{Quote, QuoteRequest};
use futures::{StreamExt, stream};
use provider::Refusal;
use records::OpenDevice;

use super::price::{Claim, of_others};
use super::run::Run;
use crate::ask_error::AskError;
use crate::call_context::Priority;
use crate::desk::Priced;
use crate::key::Key;
use crate::outcome;
use crate::shared_call::Called;
use crate::single_flight::{Announced, Call};

/// Devices of the first call.
const FIRST: usize = 5;

impl Run<'_> {
    /// Quotes devices call by call, but for those whose price is known.
    pub(super) async fn quote_together(&self, open: Vec<OpenDevice>) {
        let mut unknown = Vec::with_capacity(open.len());
        for device in open {
            if self.is_stopped() {
                return;
            }
            match self.inner.known_for_batch(&device.request, self.since).await {
                Some(answer) => self.judge(device.device, answer, None).await,
                None => unknown.push(device),
            }
        }
        let Some(many) = self.inner.partner.many() else {
            self.together.store(false, Ordering::Relaxed);
            self.round().at_once = true;
            return;
        };
        // The first call is small: where the account lacks the permission, the partner may still
        // count each of its devices against the quota.
        if !self.proven.load(Ordering::Relaxed) {
            let others = unknown.split_off(unknown.len().min(FIRST).min(many.get()));
            self.quote_some(std::mem::replace(&mut unknown, others)).await;
            if !self.together.load(Ordering::Relaxed) {
                return;
            }
        }
        let calls = stream::iter(unknown).chunks(many.get());
        let most = self.inner.partner.limiter.other_permits();
        calls.for_each_concurrent(most, |devices| self.quote_some(devices)).await;
    }

    async fn quote_some(&self, some: Vec<OpenDevice>) {
        // All batches share the permits.
        let Ok(permit) = self.inner.batch_permits.acquire().await else { return };
        if self.is_stopped() || self.round().halt.is_some() {
            return;
        }
        let (own, elsewhere) = self.claimed(some).await;
        if !own.is_empty() {
            self.ask_together(own).await;
        }
        drop(permit);
        // Shoppers and other lists ask for these: their answers are this one's too.
        for (device, call) in elsewhere {
            self.judge(device, of_others(call.await), None).await;
        }
    }

    /// Those of the devices that this list asks for, as many as one call may; and those that are
    /// under way in others' calls. What became known meanwhile is noted.
    async fn claimed(&self, some: Vec<OpenDevice>) -> (Vec<Claimed>, Vec<(u32, Call<Called<Arc<Quote>>>)>) {
        // Of fewer calls than devices, all are made use of; without any, asking tells until when.
        let left = self.inner.partner.quota_remaining(Priority::Batch).max(1) as usize;
        // A call for many spends as much: one device finds out whether a partner is back.
        let most = if self.inner.partner.breaker_open() { 1 } else { left };
        let (mut own, mut elsewhere) = (Vec::with_capacity(some.len()), Vec::new());
        for OpenDevice { device, request } in some {
            if own.len() == most {
                self.round().at_once = true;
                break;
            }
            match self.inner.claim(&request) {
                Claim::Own(claim) => match self.inner.known_for_batch(&request, self.since).await {
                    Some(answer) => {
                        claim.tell(Called::for_a_list(answer.clone()));
                        self.judge(device, answer, None).await;
                    }
                    None => own.push(Claimed { device, request, claim }),
                },
                Claim::Elsewhere(call) => elsewhere.push((device, call)),
            }
        }
        (own, elsewhere)
    }

    async fn ask_together(&self, own: Vec<Claimed>) {
        let (mut claims, mut requests) = (Vec::with_capacity(own.len()), Vec::with_capacity(own.len()));
        for Claimed { device, request, claim } in own {
            claims.push((device, claim));
            requests.push(request);
        }
        let told = |answer: &Priced| Called::for_a_list(answer.clone());
        let before = self.mark();
        match self.inner.prices_together(&requests).await {
            Ok(answers) => {
                self.proven.store(true, Ordering::Relaxed);
                for ((device, claim), answer) in claims.into_iter().zip(answers) {
                    claim.tell(told(&answer));
                    self.judge(device, answer, Some(before)).await;
                }
            }
            // Others took some of the calls meanwhile.
            Err(AskError::QuotaUsedUp) if self.inner.partner.quota_remaining(Priority::Batch) > 0 => {
                self.round().at_once = true;
            }
            Err(AskError::Call(refusal) | AskError::Latched(refusal)) if means_one_by_one(&refusal) => {
                tracing::warn!(cause = %refusal, "devices are asked for one by one: several in a call are refused");
                self.together.store(false, Ordering::Relaxed);
                self.round().at_once = true;
            }
            Err(error) => {
                let answer = Err(outcome::failure(&error, self.inner.now()));
                if error.was_asked() {
                    tracing::warn!(cause = %error, "a call for several devices failed");
                }
                for (device, claim) in claims {
                    claim.tell(told(&answer));
                    self.judge(device, answer.clone(), error.tells_of_the_question().then_some(before)).await;
                }
            }
        }
    }
}

/// A device that this list asks for.
struct Claimed {
    device: u32,
    request: QuoteRequest,
    claim: Announced<Key, Called<Arc<Quote>>>,
}

/// Whether it is the call that does not work, of which nobody knows if it is as we make it,
/// and not what is asked for.
fn means_one_by_one(refusal: &Refusal) -> bool {
    match refusal {
        Refusal::PermissionDenied(_)
        | Refusal::WrongAddress
        | Refusal::NotOffered
        | Refusal::ModelUnknown(_)
        | Refusal::InvalidParameters(_)
        | Refusal::BadAnswer(_)
        | Refusal::Intermediary(..500) => true,
        Refusal::NotAccepted(_)
        | Refusal::Unauthorized { .. }
        | Refusal::QuotaExhausted(_)
        | Refusal::TooManyRequests { .. }
        | Refusal::ServerFault(_)
        | Refusal::Unavailable(_)
        | Refusal::Intermediary(_)
        | Refusal::Timeout
        | Refusal::NoConnection(_)
        | Refusal::BrokenOff(_)
        | Refusal::Other { .. } => false,
    }
}
