//! Asks a provider one question: makes attempts until there is an answer, or until no further attempt is worth
//! its quota.

use std::future::Future;
use std::sync::Arc;

use provider::{Attempt, CallError, Provider, Refusal, Reply, Retry};
use tokio::time::{Instant, sleep};
use tracing::Instrument;

use crate::ask_error::AskError;
use crate::call_context::CallContext;
use crate::partner::Partner;
use crate::question::Question;
use crate::refused::Refused;
use crate::retry::{Failed, pause};

impl Partner {
    /// Makes attempts until there is an answer, no further attempt is worth it, or the context's deadline has
    /// come.
    ///
    /// # Errors
    /// The refusal of the last attempt that was made or, if none was made, why not.
    pub(crate) async fn ask<T, F>(
        &self,
        question: &Question,
        context: CallContext,
        call: impl Fn(Arc<dyn Provider>, Attempt) -> F,
    ) -> Result<T, AskError>
    where
        F: Future<Output = Result<Reply<T>, CallError>>,
    {
        let mut made = 0;
        // The failure of the previous attempt. It is a better reason to report than why no further attempt was
        // made.
        let mut before = None;
        loop {
            let known = self.clock.correction();
            let name = self.provider().identity().name.clone();
            let span =
                tracing::info_span!("attempt", provider = %name, call = question.call, number = made + 1);
            let attempt = self.attempt(question, &context, made, &call);
            let (refusal, other_key) = match attempt.instrument(span).await {
                Ok(value) => return Ok(value),
                Err(Refused::Here(error)) => return Err(before.unwrap_or(error)),
                Err(Refused::There { refusal, other_key }) => (refusal, other_key),
            };
            made += 1;
            // A call that was refused for its time stamp is right once the provider's clock is known.
            let clock_learnt = self.clock.correction() != known;
            let fixed = other_key || (clock_learnt && matches!(refusal, Refusal::InvalidParameters(_)));
            let (retry, least) = if fixed { (Retry::Once, 2) } else { (refusal.retry(), 1) };
            let failed = Failed {
                retry,
                made,
                most: context.priority.most_attempts().max(least),
                left: context.deadline.saturating_duration_since(Instant::now()),
                chance: chance((self.deps.random)()),
            };
            let pause = pause(failed).filter(|_| self.budget.lock().spend());
            let Some(pause) = pause else { return Err(AskError::Call(refusal)) };
            tracing::debug!(call = question.call, outcome = refusal.name(), ?pause, "another attempt");
            before = Some(AskError::Call(refusal));
            sleep(pause).await;
        }
    }
}

/// A number from 0 to 1, made from random bits.
fn chance(bits: u128) -> f64 {
    (bits >> 96) as f64 / f64::from(u32::MAX)
}
