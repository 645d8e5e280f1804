//! One attempt at the provider: check admission, get a place, count and record the attempt, make it, judge
//! the result.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use provider::{Attempt, CallError, Provider, Refusal, Reply};
use records::Outcome;
use tokio::time::Instant;

use crate::admission::Ended;
use crate::ask_error::AskError;
use crate::call_context::CallContext;
use crate::concurrency_limiter::NoPermit;
use crate::day_quota::NoCall;
use crate::latch::Asked;
use crate::partner::Partner;
use crate::place::Place;
use crate::places::TooLate;
use crate::question::Question;
use crate::refused::{Refused, how_it_ended};
use crate::retry::{SHORTEST_ATTEMPT, patience};

impl Partner {
    /// Makes one attempt at `question`, after `made` earlier attempts.
    ///
    /// # Errors
    /// [`Refused`], with the refusal or the reason why no attempt was made.
    pub(crate) async fn attempt<T, F>(
        &self,
        question: &Question,
        context: &CallContext,
        made: u32,
        call: &impl Fn(Arc<dyn Provider>, Attempt) -> F,
    ) -> Result<T, Refused>
    where
        F: Future<Output = Result<Reply<T>, CallError>>,
    {
        if !self.makes_calls() {
            return self.look_up(question, context, call).await;
        }
        let now = || (self.deps.uptime)();
        let &CallContext { priority, deadline, .. } = context;
        let asked = question.asked();
        let place = self.place(asked, context, made).await?;
        let pass = self.admission.pass(asked, question.spends == 1, now())?;
        // A process that hung while it waited for its permit may have lost the lease under which it was to call.
        if deadline.saturating_duration_since(Instant::now()) < SHORTEST_ATTEMPT || !context.may_begin() {
            return Err(AskError::Late.into());
        }
        let (asked_at, before) = ((self.deps.clock)(), self.provider());
        // The quota's day is a day of the provider's clock, so a large difference from our clock is
        // corrected.
        let at = self.clock.stamp(asked_at);
        let of = before.identity();
        let reserved = self.journal.reserve(&self.quota, context, of, at, question, made + 1).await;
        let reserved = reserved.map_err(|no_call| match no_call {
            NoCall::UsedUp => AskError::QuotaUsedUp,
            NoCall::CountUnknown => AskError::CountUnknown,
        })?;
        if made == 0 {
            self.budget.lock().earn();
        }
        // Credentials may have been replaced while this waited. The new ones are used only if they are of the
        // same account, because the quota was taken from that account.
        let provider = Some(self.provider()).filter(|provider| provider.identity().account == of.account);
        let provider = provider.unwrap_or_else(|| Arc::clone(&before));
        let start = Instant::now();
        let left = deadline.saturating_duration_since(start);
        let timeout = patience(left, made, priority.most_attempts());
        // If this process hung meanwhile, the place or the list may be another instance's by now.
        let Some(timeout) = place.cut(timeout, SHORTEST_ATTEMPT).filter(|_| context.may_begin()) else {
            let outcome = Outcome { name: AskError::Late.name(), code: None, latency: Duration::ZERO };
            self.journal.never_left(&self.quota, reserved, outcome);
            return Err(AskError::Late.into());
        };
        let answer = place.while_held(call(Arc::clone(&provider), Attempt { at, timeout })).await;
        let told = answer.as_ref().map_or_else(|error| error.provider_time, |reply| reply.provider_time);
        if let Some(time) = told {
            self.clock.learn(time, asked_at, start.elapsed());
        }
        let latency = start.elapsed();
        let (name, code) = match &answer {
            Ok(_) => ("ok", Some("200".into())),
            Err(CallError { refusal, code, .. }) => (refusal.name(), code.clone()),
        };
        self.metrics.call(question.call, name, latency);
        let outcome = Outcome { name, code, latency };
        let failed = answer.as_ref().err().map(|error| &error.refusal);
        self.reach.note(failed);
        if failed.is_none_or(Refusal::was_sent) {
            self.journal.ended(place, reserved, outcome);
        } else {
            drop(place);
            self.journal.never_left(&self.quota, reserved, outcome);
        }
        match answer {
            Ok(reply) => {
                self.tell(pass.ended(Ended::Answered, now()));
                Ok(reply.value)
            }
            Err(CallError { refusal, .. }) => {
                // If the credentials were replaced meanwhile, their refusal says nothing about the account.
                let replaced = !Arc::ptr_eq(&self.provider(), &provider);
                let other_key =
                    matches!(refusal, Refusal::Unauthorized { another, .. } if another || replaced);
                self.tell(pass.ended(how_it_ended(&refusal, !replaced && !other_key), now()));
                Err(Refused::There { refusal, other_key })
            }
        }
    }

    /// Waits for a permit and a place, and stops waiting when calls begin to be refused. `made` attempts were made
    /// before.
    ///
    /// # Errors
    /// [`AskError`], if calls are refused or no place was free in time.
    async fn place(&self, asked: Asked, context: &CallContext, made: u32) -> Result<Place, AskError> {
        let now = || (self.deps.uptime)();
        let &CallContext { priority, deadline, .. } = context;
        let longest = || {
            let left = deadline.saturating_duration_since(Instant::now());
            patience(left, made, priority.most_attempts())
        };
        let entering = async {
            let permit =
                self.limiter.acquire(priority, deadline).await.map_err(|no_permit| match no_permit {
                    NoPermit::Full => AskError::Busy,
                    NoPermit::Late => AskError::Late,
                })?;
            let place = self.places.take(permit, priority, deadline, longest).await;
            place.map_err(|TooLate| AskError::Late)
        };
        tokio::pin!(entering);
        loop {
            let refusing = self.admission.refusing();
            if let Some(refusal) = self.admission.refusal(asked, now()) {
                return Err(refusal);
            }
            tokio::select! {
                place = &mut entering => return place,
                () = refusing => {}
            }
        }
    }
}
