//! A failure as pages and JSON report it: its code and facts, and what happened and what to do next in the
//! reader's language.

use domain::{Failure, Field, FieldError, Moment, NotAccepted};
use serde::{Deserialize, Serialize};

use crate::words::failure::{Explanation, explain};
use crate::words::{self, Locale};

/// A failure with words for the reader: the JSON of every answer with an error status, and what a page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FailureReport {
    /// The code, from the closed list.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do next; empty if the fields say it.
    pub next: String,
    /// The fields to fix.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Fix>,
    /// Why a device is not accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<NotAccepted>,
    /// When the quota is available again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resets_at: Option<Moment>,
    /// Seconds to wait before the next request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
    /// The request's id, under which the log has the cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// A field to fix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// Which field, and what is wrong with it.
    #[serde(flatten)]
    pub error: FieldError,
    /// How to fix it.
    pub message: String,
}

impl FailureReport {
    /// Puts `failure` into words.
    pub fn new(locale: Locale, failure: &Failure) -> Self {
        let Explanation { title, next } = explain(locale, failure);
        let mut report = Self { code: failure.code().to_owned(), message: title, next, ..Self::default() };
        match failure {
            Failure::InvalidInput { fields } => {
                let fix = |error: &FieldError| Fix { error: *error, message: words::problem(locale, *error) };
                report.fields = fields.iter().map(fix).collect();
            }
            Failure::NotAccepted { reason } => report.reason = Some(*reason),
            Failure::QuotaExhausted { resets_at } => report.resets_at = Some(*resets_at),
            Failure::RateLimited { retry_after_seconds } => {
                report.retry_after_seconds = Some(*retry_after_seconds);
            }
            Failure::Internal { request_id } => report.request_id = Some(request_id.clone()),
            Failure::ModelUnknown
            | Failure::PartnerUnavailable
            | Failure::PartnerRefused
            | Failure::Expired
            | Failure::NotFound
            | Failure::NotAllowed => {}
        }
        report
    }

    /// The same with `explanation` as its text.
    #[must_use]
    pub fn explained(self, explanation: Explanation) -> Self {
        Self { message: explanation.title, next: explanation.next, ..self }
    }

    /// Only with the fields that are shown to people.
    #[must_use]
    pub fn for_people(mut self) -> Self {
        let foremost = words::foremost(self.fields.iter().map(|fix| fix.error).collect());
        self.fields.retain(|fix| foremost.contains(&fix.error));
        self
    }

    /// How to fix `field`; empty if it is correct.
    pub fn of(&self, field: Field) -> &str {
        let own = self.fields.iter().find(|fix| fix.error.field == field);
        own.map_or("", |fix| fix.message.as_str())
    }
}
