//! Quotes several devices in one call, as many as the provider takes, for accounts that have the permission.

use std::sync::atomic::Ordering;

use desk::{Claim, Claimed, InFlight, Turn};
use domain::QuoteRequest;
use futures::{StreamExt, stream};
use records::OpenDevice;

use crate::run::Run;
use crate::several::{FIRST, Then, most_devices, then};

/// A device that this list asks for itself.
struct Own {
    device: u32,
    request: QuoteRequest,
    claim: Claim,
}

impl Run<'_> {
    /// Quotes devices by calls for several, except those whose price is known.
    pub(crate) async fn quote_together(&self, open: Vec<OpenDevice>) {
        let mut unknown = Vec::with_capacity(open.len());
        for device in open {
            if self.is_stopped() {
                return;
            }
            match self.quoter.known(&device.request, self.since).await {
                Some(answer) => self.judge(device.device, answer, None).await,
                None => unknown.push(device),
            }
        }
        let Some(many) = self.quoter.most_in_a_call() else {
            self.ask_one_by_one();
            return;
        };
        if !self.proven.load(Ordering::Relaxed) {
            let others = unknown.split_off(unknown.len().min(FIRST).min(many.get()));
            self.quote_some(std::mem::replace(&mut unknown, others)).await;
            if !self.together.load(Ordering::Relaxed) {
                return;
            }
        }
        let calls = stream::iter(unknown).chunks(many.get());
        let most = self.quoter.most_at_once();
        calls.for_each_concurrent(most, |devices| self.quote_some(devices)).await;
    }

    async fn quote_some(&self, some: Vec<OpenDevice>) {
        // All lists share these permits.
        let Some(turn) = self.quoter.turn().await else { return };
        if self.is_over() {
            return;
        }
        let (own, elsewhere) = self.claimed(some).await;
        if !own.is_empty() {
            self.ask_together(own, turn).await;
        } else {
            drop(turn);
        }
        // Shoppers or other lists ask for these devices. This list takes their answers.
        for (device, call) in elsewhere {
            self.judge(device, call.answer().await, None).await;
        }
    }

    /// Splits the devices into those that this list asks for, at most as many as one call may take, and those
    /// that are in flight in other callers' calls. A device whose price became known meanwhile is judged
    /// here.
    async fn claimed(&self, some: Vec<OpenDevice>) -> (Vec<Own>, Vec<(u32, InFlight)>) {
        let most = most_devices(self.quoter.calls_left(), self.quoter.is_down());
        let (mut own, mut elsewhere) = (Vec::with_capacity(some.len()), Vec::new());
        for OpenDevice { device, request } in some {
            if own.len() == most {
                self.rounds().go_on_at_once();
                break;
            }
            match self.quoter.claim(&request) {
                Claimed::Own(claim) => match self.quoter.known(&request, self.since).await {
                    Some(answer) => {
                        claim.tell(answer.clone());
                        self.judge(device, answer, None).await;
                    }
                    None => own.push(Own { device, request, claim }),
                },
                Claimed::Elsewhere(call) => elsewhere.push((device, call)),
            }
        }
        (own, elsewhere)
    }

    async fn ask_together(&self, own: Vec<Own>, turn: Turn) {
        let (mut claims, mut requests) = (Vec::with_capacity(own.len()), Vec::with_capacity(own.len()));
        for Own { device, request, claim } in own {
            claims.push((device, claim));
            requests.push(request);
        }
        let before = self.mark();
        let error = match self.quoter.prices_together(&requests, turn).await {
            Ok(answers) => {
                self.proven.store(true, Ordering::Relaxed);
                for ((device, claim), answer) in claims.into_iter().zip(answers) {
                    claim.tell(answer.clone());
                    self.judge(device, answer, Some(before)).await;
                }
                return;
            }
            Err(error) => error,
        };
        match then(&error, self.quoter.calls_left()) {
            Then::Fewer => self.rounds().go_on_at_once(),
            Then::OneByOne => {
                tracing::warn!(cause = %error, "devices are asked for one by one: several in a call are refused");
                self.ask_one_by_one();
            }
            Then::Failed => {
                if error.was_asked() {
                    tracing::warn!(cause = %error, "a call for several devices failed");
                }
                let answer = Err(self.quoter.failure(&error));
                let asked = error.tells_of_the_question().then_some(before);
                for (device, claim) in claims {
                    claim.tell(answer.clone());
                    self.judge(device, answer.clone(), asked).await;
                }
            }
        }
    }

    /// Asks for devices one by one from the next round on, which begins without a pause.
    fn ask_one_by_one(&self) {
        self.together.store(false, Ordering::Relaxed);
        self.rounds().go_on_at_once();
    }
}
