//! Asks several providers about one device: all at once and the best price first, or one after the other until one
//! answers.

use std::sync::Arc;
use std::time::Duration;

use domain::{Comparison, Failure, Moment, Quote, QuoteRequest, RefusedBy};
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use jiff::{SignedDuration, Timestamp};
use records::{Compared, NewComparison};
use tokio::time::{Instant, sleep, sleep_until};

use crate::answer::{Priced, is_stale};
use crate::desk::Desk;
use crate::desks::Desks;
use crate::outcome::next_midnight;
use crate::selected::Selected;
use crate::wins::{Candidate, Counts, worth_a_call};

/// How long a comparison waits for more prices once it has one. Later ones are cached for the next comparison. Without a
/// comparison, how long one provider is waited for before the next is asked too.
const PATIENCE: Duration = Duration::from_millis(1500);
/// How far back the best prices of comparisons count.
const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What each provider said, in the order of the setting; `None` if it did not answer in time.
type Answers = Vec<Option<Priced>>;

impl Selected {
    /// What a device is worth: the price of the only provider, the best of several that are compared, or that of the
    /// first that answers. Calls are counted to the merchant.
    ///
    /// # Errors
    /// As [`Desk::quote`]; of several failures the one that tells the caller most.
    pub async fn quote(&self, request: QuoteRequest) -> Result<Comparison, Failure> {
        match self.own.as_slice() {
            [only] => only.quote_for(self.merchant.clone(), request).await.map(Comparison::of_one),
            _ if self.compare => self.best(request).await,
            _ => self.first_that_answers(request).await,
        }
    }

    /// The best of the prices that come in time. Each provider keeps to its own quota and deadline, and a call that
    /// is not waited for goes on.
    async fn best(&self, request: QuoteRequest) -> Result<Comparison, Failure> {
        let asked = self.worth_a_call(&request).await;
        let quota_short = Failure::QuotaExhausted { resets_at: next_midnight(self.now()) };
        let mut answers: Answers = vec![None; self.own.len()];
        let mut asking = FuturesUnordered::new();
        for (at, (desk, asked)) in self.own.iter().zip(asked).enumerate() {
            if asked {
                asking.push(self.ask(desk, at, &request));
            } else {
                answers[at] = Some(Err(quota_short.clone()));
            }
        }
        let patience = sleep(PATIENCE);
        tokio::pin!(patience);
        let mut waits = true;
        while waits || !has_price(&answers) {
            tokio::select! {
                answer = asking.next() => match answer {
                    Some((at, answer)) => answers[at] = Some(answer),
                    None => break,
                },
                () = &mut patience, if waits => waits = false,
            }
        }
        self.ranked(answers).await
    }

    /// The first price, by the order of the setting. The next provider is asked if one has none, or does not answer
    /// for a while.
    async fn first_that_answers(&self, request: QuoteRequest) -> Result<Comparison, Failure> {
        let mut answers: Answers = vec![None; self.own.len()];
        let mut asking = FuturesUnordered::new();
        let mut next = self.own.iter().enumerate();
        let mut due = Instant::now();
        let is_fresh = |answer: &Option<Priced>| matches!(answer, Some(answer @ Ok(_)) if !is_stale(answer));
        while !answers.iter().any(is_fresh) {
            let more = next.len() > 0;
            if more && (asking.is_empty() || Instant::now() >= due) {
                if let Some((at, desk)) = next.next() {
                    asking.push(self.ask(desk, at, &request));
                    due = Instant::now() + PATIENCE;
                }
                continue;
            }
            tokio::select! {
                answer = asking.next() => match answer {
                    Some((at, answer)) => answers[at] = Some(answer),
                    None => break,
                },
                () = sleep_until(due), if more => {}
            }
        }
        // The first fresh price or, if there is none, the first older one.
        let found = answers.iter().position(is_fresh);
        let found = found.or_else(|| answers.iter().position(|answer| matches!(answer, Some(Ok(_)))));
        for (at, answer) in answers.iter_mut().enumerate() {
            if Some(at) != found && (!matches!(answer, Some(Err(_)))) {
                *answer = None;
            }
        }
        let before = found.map_or(self.own.len(), |found| found + 1);
        answers.truncate(before);
        self.ranked(answers).await
    }

    async fn ask(&self, desk: &Desk, at: usize, request: &QuoteRequest) -> (usize, Priced) {
        (at, desk.quote_for(self.merchant.clone(), request.clone()).await)
    }

    /// The prices in their order, recorded as compared, or the failure that tells the caller most.
    async fn ranked(&self, answers: Answers) -> Result<Comparison, Failure> {
        let now = self.now();
        let mut quotes = Vec::with_capacity(answers.len());
        let mut refused = Vec::new();
        for (answer, desk) in answers.into_iter().zip(&self.own) {
            match answer.unwrap_or(Err(Failure::PartnerUnavailable)) {
                Ok(quote) => quotes.push(quote),
                Err(failure) => refused.push(RefusedBy { provider: desk.provider_name(), failure }),
            }
        }
        let told = told(&refused);
        let comparison = Comparison::rank(quotes, refused, Moment::new(now)).ok_or(told)?;
        self.note(&comparison, now).await;
        Ok(comparison)
    }

    /// Records with what the best price was compared, unless that is known.
    async fn note(&self, comparison: &Comparison, now: Timestamp) {
        let Comparison { best, alternatives, refused } = comparison;
        if alternatives.is_empty() && refused.is_empty() {
            return;
        }
        let compared = Compared {
            alternatives: alternatives.iter().map(|quote: &Arc<Quote>| quote.id.clone()).collect(),
            refused: refused.iter().map(|by| (by.provider.clone(), by.failure.clone())).collect(),
        };
        let asked = (best.id.clone(), self.merchant.clone());
        let known = self.desks.comparisons.get(&asked);
        if known.is_some_and(|known| *known == compared) {
            return;
        }
        let new = NewComparison {
            quote: &best.id,
            provider: &best.provider,
            merchant: self.merchant_id(),
            compared: &compared,
            at: now,
        };
        self.desks.common().journal.compared(new).await;
        self.desks.comparisons.insert(asked, Arc::new(compared));
    }

    /// Whether each provider is asked; see [`worth_a_call`].
    async fn worth_a_call(&self, request: &QuoteRequest) -> Vec<bool> {
        let candidate = |desk: &Desk| Candidate {
            name: desk.provider_name(),
            is_known: desk.is_at_hand(request),
            is_short: desk.is_short_of_calls(),
        };
        let candidates: Vec<_> = self.own.iter().map(candidate).collect();
        if !candidates.iter().any(|candidate| candidate.is_short) {
            return vec![true; candidates.len()];
        }
        worth_a_call(&candidates, &self.desks.best_of_the_last_days().await)
    }
}

impl Desks {
    /// In how many comparisons of the last seven days each provider had the best price.
    pub async fn best_of_the_last_days(&self) -> Counts {
        let now = Instant::now();
        if let Some(known) = self.wins.known(now) {
            return known;
        }
        let since = self.first().now().saturating_sub(LOOKED_BACK).unwrap_or(Timestamp::MIN);
        let read = async |records: &records::Records| Ok(Some(records.wins(since).await?));
        let read = self.common().journal.look_for(read).await.ok().flatten();
        self.wins.keep(now, read.map(|counts| counts.into_iter().collect()))
    }
}

fn has_price(answers: &Answers) -> bool {
    answers.iter().any(|answer| matches!(answer, Some(Ok(_))))
}

/// The failure of several that tells the caller most. If one provider may answer later, that is told; else why one that
/// knows the device does not take it; else that no provider knows it.
fn told(refused: &[RefusedBy]) -> Failure {
    let rank = |failure: &Failure| match failure {
        Failure::InvalidInput { .. } => 0,
        Failure::PartnerUnavailable => 1,
        Failure::QuotaExhausted { .. } => 2,
        Failure::NotAccepted { .. } => 3,
        Failure::ModelUnknown => 4,
        Failure::PartnerRefused => 5,
        Failure::RateLimited { .. }
        | Failure::Expired
        | Failure::NotFound
        | Failure::NotAllowed
        | Failure::Internal { .. } => 6,
    };
    let told = refused.iter().map(|by| &by.failure).min_by_key(|failure| rank(failure));
    told.cloned().unwrap_or(Failure::PartnerUnavailable)
}

#[cfg(test)]
mod tests {
    use domain::{NotAccepted, ProviderName};

    use super::*;

    #[test]
    fn of_several_failures_the_one_is_told_that_the_caller_can_do_something_about() {
        let by = |failure| RefusedBy { provider: ProviderName::parse("x").unwrap(), failure };
        let not_accepted = Failure::NotAccepted { reason: NotAccepted::Unspecified };
        let all = [Failure::PartnerRefused, Failure::ModelUnknown, not_accepted, Failure::PartnerUnavailable];
        for most in 0..all.len() {
            let refused: Vec<_> = all[..=most].iter().cloned().map(by).collect();
            assert_eq!(told(&refused), all[most]);
        }
    }
}
