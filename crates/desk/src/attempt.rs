//! One attempt at the provider: admitted, given a permit, counted and recorded, made, and judged.

use std::future::Future;
use std::sync::Arc;

use provider::{Attempt, CallError, Provider, Refusal, Reply, Subject};
use records::Outcome;
use tokio::time::Instant;

use crate::admission::Ended;
use crate::ask_error::AskError;
use crate::call_context::CallContext;
use crate::concurrency_limiter::{NoPermit, Permit};
use crate::day_quota::NoCall;
use crate::latch::Asked;
use crate::partner::Partner;
use crate::question::Question;
use crate::retry::{SHORTEST_ATTEMPT, patience};

impl Partner {
    /// Makes an attempt, the one after `made` others at the same question.
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
        let now = || (self.deps.uptime)();
        let &CallContext { priority, deadline, .. } = context;
        let asked = question.asked();
        let permit = self.permit(asked, context).await?;
        let pass = self.admission.pass(asked, question.spends == 1, now())?;
        if deadline.saturating_duration_since(Instant::now()) < SHORTEST_ATTEMPT {
            return Err(AskError::Late.into());
        }
        let (asked_at, before) = ((self.deps.clock)(), self.provider());
        // The day of the quota is the provider's: its clock decides where ours is far off.
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
        // Credentials may have been replaced while this waited. For another account, nothing was
        // reserved.
        let provider = Some(self.provider()).filter(|provider| provider.identity().account == of.account);
        let provider = provider.unwrap_or_else(|| Arc::clone(&before));
        let start = Instant::now();
        let left = deadline.saturating_duration_since(start);
        let timeout = patience(left, made, priority.most_attempts());
        let answer = call(Arc::clone(&provider), Attempt { at, timeout }).await;
        drop(permit);
        let told = answer.as_ref().map_or_else(|error| error.provider_time, |reply| reply.provider_time);
        if let Some(time) = told {
            self.clock.learn(time, asked_at, start.elapsed());
        }
        let latency = start.elapsed();
        let (name, code) = match &answer {
            Ok(_) => ("ok", Some("200".into())),
            Err(CallError { refusal, code, .. }) => (refusal.name(), code.clone()),
        };
        self.meters.call(question.call, name, latency);
        let outcome = Outcome { name, code, latency };
        let failed = answer.as_ref().err().map(|error| &error.refusal);
        self.reach.note(failed);
        if failed.is_none_or(Refusal::was_sent) {
            self.journal.ended(reserved, outcome);
        } else {
            self.journal.never_left(&self.quota, reserved, outcome);
        }
        match answer {
            Ok(reply) => {
                pass.ended(Ended::Answered, now());
                Ok(reply.value)
            }
            Err(CallError { refusal, .. }) => {
                // A refusal of credentials that were replaced meanwhile says nothing of the account.
                let replaced = !Arc::ptr_eq(&self.provider(), &provider);
                let other_key = match refusal {
                    Refusal::Unauthorized { another, .. } => another || replaced,
                    _ => false,
                };
                pass.ended(how_it_ended(&refusal, !replaced && !other_key), now());
                Err(Refused::There { refusal, other_key })
            }
        }
    }

    /// A permit for a call, as long as calls may be made.
    async fn permit(&self, asked: Asked, context: &CallContext) -> Result<Permit, AskError> {
        let now = || (self.deps.uptime)();
        let &CallContext { priority, deadline, .. } = context;
        let entering = self.limiter.acquire(priority, deadline);
        tokio::pin!(entering);
        loop {
            let refusing = self.admission.refusing();
            if let Some(refusal) = self.admission.refusal(asked, now()) {
                return Err(refusal);
            }
            tokio::select! {
                permit = &mut entering => {
                    return permit.map_err(|no_permit| match no_permit {
                        NoPermit::Full => AskError::Busy,
                        NoPermit::Late => AskError::Late,
                    });
                }
                () = refusing => {}
            }
        }
    }
}

/// Why an attempt brought nothing.
pub(crate) enum Refused {
    /// It was not made.
    Here(AskError),
    /// It was made. There may be another key to ask with.
    There { refusal: Refusal, other_key: bool },
}

impl From<AskError> for Refused {
    fn from(error: AskError) -> Self {
        Self::Here(error)
    }
}

/// What a failed call says of provider and account. While there is another credential to try, or where
/// the one that was refused is no longer in use, it says nothing of the account.
fn how_it_ended(refusal: &Refusal, of_the_account: bool) -> Ended<'_> {
    match refusal.subject() {
        Subject::Device | Subject::Quota => Ended::Answered,
        Subject::Moment if refusal.is_down() => Ended::Down,
        Subject::Account | Subject::CallKind if of_the_account => Ended::AccountRefused(refusal),
        Subject::Question if matches!(refusal, Refusal::Intermediary(_)) => Ended::Between,
        Subject::Moment | Subject::Account | Subject::CallKind | Subject::Question => Ended::Refused,
    }
}
