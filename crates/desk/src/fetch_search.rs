//! Asks the partner for models, and keeps what it finds.

use std::sync::Arc;

use domain::Failure;
use jiff::{SignedDuration, Timestamp};
use provider::{Provider, SearchRequest};

use crate::answer::{Found, told};
use crate::ask_error::AskError;
use crate::call_context::CallContext;
use crate::inner::Inner;
use crate::key::Key;
use crate::latch::is_of_the_account;
use crate::odd;
use crate::outcome;
use crate::question::Question;
use crate::ttl_cache::{REFUSAL_TTL, SEARCH_TTL};

impl Inner {
    /// What the partner finds now.
    pub(crate) async fn fetch_search(
        &self,
        key: Key,
        request: &SearchRequest,
        shopper: CallContext,
    ) -> Found {
        let question = Question::of_search(&*self.partner.provider(), request);
        let call =
            |provider: Arc<dyn Provider>, attempt| async move { provider.search(request, attempt).await };
        let answer = self.partner.ask(&question, shopper, call).await;
        let answer = answer.inspect_err(|error| odd::count_failure(&self.partner.metrics, error));
        let now = self.now();
        let ttl = match &answer {
            Ok(_) => SEARCH_TTL,
            Err(error) => refusal_ttl(error),
        };
        let found: Found = answer
            .map(Into::into)
            .map_err(|error| told(&error, &self.partner.provider().identity().name, &question, now));
        if let Ok(items) = &found {
            let provider = Key::of_provider(self.partner.provider().identity());
            self.partner.journal.found(key, provider, Arc::clone(items), now);
        }
        self.found.keep(key, found.clone(), now, ttl);
        found
    }
}

/// How long a failure is cached. A refusal that any caller would get is cached, because each call would use
/// quota. Refusals of the account are not: the latch blocks those calls, and they end when the key changes.
fn refusal_ttl(error: &AskError) -> SignedDuration {
    match error {
        AskError::Call(refusal)
            if !is_of_the_account(refusal)
                && outcome::failure(error, Timestamp::UNIX_EPOCH) == Failure::PartnerRefused =>
        {
            REFUSAL_TTL
        }
        AskError::Call(_)
        | AskError::Latched(_)
        | AskError::QuotaUsedUp
        | AskError::CountUnknown
        | AskError::Down
        | AskError::Busy
        | AskError::Late => SignedDuration::ZERO,
    }
}
