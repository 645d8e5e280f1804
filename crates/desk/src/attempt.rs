//! One attempt at the partner: admitted, given a place, counted and recorded, made, and judged.

use std::borrow::Cow;
use std::future::Future;
use std::sync::Arc;

use aihuishou::{Attempt, CallError, CallErrorKind, Client, Reply};
use records::Outcome;
use tokio::time::Instant;

use crate::admission::Ended;
use crate::ask_error::AskError;
use crate::gate::{NoPlace, Place};
use crate::journal::NoCall;
use crate::latch::{Asked, is_of_the_account};
use crate::partner::{Partner, Question, lock};
use crate::purpose::Errand;
use crate::retry::{SHORTEST_ATTEMPT, patience};

impl Partner {
    /// Makes an attempt, the one after `made` others at the same question.
    pub(crate) async fn attempt<T, F>(
        &self,
        question: &Question,
        errand: Errand,
        made: u32,
        call: &impl Fn(Arc<Client>, Attempt) -> F,
    ) -> Result<T, Refused>
    where
        F: Future<Output = Result<Reply<T>, CallError>>,
    {
        let now = || (self.surroundings.uptime)();
        let Errand { purpose, deadline } = errand;
        let asked = question.asked();
        let place = self.place(asked, errand).await?;
        let pass = self.admission.pass(asked, question.spends == 1, now())?;
        if deadline.saturating_duration_since(Instant::now()) < SHORTEST_ATTEMPT {
            return Err(AskError::Late.into());
        }
        let (asked_at, before) = ((self.surroundings.clock)(), self.keys.current());
        // The day of the quota is the partner's: its clock decides where ours is far off.
        let at = self.clock.stamp(asked_at);
        let app_id = before.account().app_id();
        let reserved = self.journal.reserve(purpose, app_id, at, question, made + 1).await;
        let reserved = reserved.map_err(|no_call| match no_call {
            NoCall::UsedUp => AskError::QuotaUsedUp,
            NoCall::CountUnknown => AskError::CountUnknown,
        })?;
        if made == 0 {
            lock(&self.budget).earn();
        }
        // Not before: while this waited, another call may have found that only the other secret
        // works. A client of another account would spend what was not reserved.
        let client = Some(self.keys.current()).filter(|client| client.account().app_id() == app_id);
        let client = client.unwrap_or_else(|| Arc::clone(&before));
        let start = Instant::now();
        let left = deadline.saturating_duration_since(start);
        let timeout = patience(left, made, purpose.most_attempts());
        let answer = call(Arc::clone(&client), Attempt { at, timeout }).await;
        drop(place);
        let told = answer.as_ref().map_or_else(|error| error.partner_time, |reply| reply.partner_time);
        if let Some(partner) = told {
            self.clock.learn(partner, asked_at, start.elapsed());
        }
        let (name, code) = match &answer {
            Ok(_) => ("ok", Some("200".into())),
            Err(CallError { kind, .. }) => (kind.name(), kind.code()),
        };
        let code = code.map(|code: Cow<'_, str>| code.into());
        let latency = start.elapsed();
        self.meters.call(question.call, name, latency);
        let outcome = Outcome { name, code, latency };
        let failed = answer.as_ref().err().map(|error| &error.kind);
        self.reach.note(failed);
        match failed {
            Some(kind) if kind.never_left() => self.journal.never_left(reserved, outcome),
            _ => self.journal.ended(reserved, outcome),
        }
        match answer {
            Ok(reply) => {
                pass.ended(Ended::Answered, now());
                self.keys.taken(&client);
                Ok(reply.value)
            }
            Err(CallError { kind, .. }) => {
                let unauthorized = matches!(kind, CallErrorKind::Unauthorized(_));
                let other_key = unauthorized && self.keys.refused(&client);
                let every_key = self.keys.knows(&client) && (!unauthorized || self.keys.all_refused());
                pass.ended(how_it_ended(&kind, every_key), now());
                Err(Refused::There { kind, other_key })
            }
        }
    }

    /// A place for a call, as long as calls may be made.
    async fn place(&self, asked: Asked, errand: Errand) -> Result<Place, AskError> {
        let now = || (self.surroundings.uptime)();
        let Errand { purpose, deadline } = errand;
        let entering = self.gate.enter(purpose, deadline);
        tokio::pin!(entering);
        loop {
            let refusing = self.admission.refusing();
            if let Some(refusal) = self.admission.refusal(asked, now()) {
                return Err(refusal);
            }
            tokio::select! {
                place = &mut entering => {
                    return place.map_err(|no_place| match no_place {
                        NoPlace::Full => AskError::Busy,
                        NoPlace::Late => AskError::Late,
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
    There { kind: CallErrorKind, other_key: bool },
}

impl From<AskError> for Refused {
    fn from(error: AskError) -> Self {
        Self::Here(error)
    }
}

/// What a failed call says of partner and account. While a key is left to try, a refused one says
/// nothing of the account.
fn how_it_ended(kind: &CallErrorKind, every_key: bool) -> Ended<'_> {
    match kind {
        CallErrorKind::ModelUnknown(_) | CallErrorKind::NotAccepted(_) | CallErrorKind::QuotaExhausted(_) => {
            Ended::Answered
        }
        kind if kind.is_down() => Ended::Down,
        CallErrorKind::Intermediary(_) => Ended::Between,
        kind if is_of_the_account(kind) && every_key => Ended::AccountRefused(kind),
        _ => Ended::Refused,
    }
}
