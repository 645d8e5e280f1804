//! A trial call, for an operator who wants to know what is wrong.

use std::sync::Arc;
use std::time::Duration;

use domain::{Price, QuoteRequest};
use provider::Provider;
use tokio::time::timeout;

use crate::ask_error::AskError;
use crate::call_context::Priority;
use crate::desk::Desk;
use crate::question::Question;

/// How long the records may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a trial call to the partner told.
#[derive(Clone, Debug)]
pub struct Examination {
    /// The price, or why there is none.
    pub answer: Result<Price, AskError>,
    /// Whole seconds by which the partner's clock is ahead of ours; `None` where it told
    /// no time.
    pub clock_ahead_seconds: Option<i64>,
    /// Whether the secret in use was refused and the next one taken.
    pub next_secret_taken: bool,
    /// Calls left today, by our own count.
    pub quota_remaining: u32,
    /// Of these, the calls that running servers hold back for an outage of the database.
    pub quota_held_back: u32,
    /// Whether the count and the call were recorded.
    pub recorded: bool,
}

impl Desk {
    /// Asks the partner what `request` is worth, whatever is cached, and tells what was
    /// met. It spends quota and is recorded, as every call.
    pub async fn examine(&self, request: &QuoteRequest) -> Examination {
        let partner = self.partner();
        let before = partner.journal.metrics().record_errors();
        let question = Question::of_quote(&*partner.provider(), request);
        let call =
            |provider: Arc<dyn Provider>, attempt| async move { provider.quote(request, attempt).await };
        let answer = partner.ask(&question, self.context(), call).await;
        let written = timeout(PATIENCE, self.all_recorded()).await.is_ok();
        let held = timeout(PATIENCE, partner.look_up_held_back()).await;
        Examination {
            quota_held_back: held.unwrap_or_default(),
            answer: answer.map(|answer| answer.price),
            clock_ahead_seconds: partner.clock_ahead_seconds(),
            next_secret_taken: partner.provider().next_credential_works(),
            quota_remaining: partner.quota_remaining(Priority::Shopper),
            recorded: written && partner.journal.metrics().record_errors() == before,
        }
    }
}
