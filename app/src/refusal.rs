//! A failure as a reader meets it: what happened and what to do next, in their language.

use domain::{Failure, Field, FieldError, Moment, NotAccepted};
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::i18n::td_string;
use crate::{Locale, language, words};

/// What a server function answers when it cannot do what was asked: the failure's code and
/// facts, and words for the asker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Refusal {
    /// One of the closed list.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do next; empty where the fields say it.
    pub next: String,
    /// The fields to mend.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Mend>,
    /// Why a device is not taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<NotAccepted>,
    /// When the quota resets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resets_at: Option<Moment>,
    /// Seconds to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
    /// Under which id the log has the cause.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

/// A field to mend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mend {
    /// Which field, and what is wrong with it.
    #[serde(flatten)]
    pub error: FieldError,
    /// What to do about it.
    pub message: String,
}

impl Refusal {
    /// Puts `failure` into words.
    pub fn new(locale: Locale, failure: &Failure) -> Self {
        let Explanation { title, next } = explain(locale, failure);
        let mut refusal = Self { code: failure.code().to_owned(), message: title, next, ..Self::default() };
        match failure {
            Failure::InvalidInput { fields } => {
                let mend =
                    |error: &FieldError| Mend { error: *error, message: words::problem(locale, *error) };
                refusal.fields = fields.iter().map(mend).collect();
            }
            Failure::NotAccepted { reason } => refusal.reason = Some(*reason),
            Failure::QuotaExhausted { resets_at } => refusal.resets_at = Some(*resets_at),
            Failure::RateLimited { retry_after_seconds } => {
                refusal.retry_after_seconds = Some(*retry_after_seconds);
            }
            Failure::Internal { request_id } => refusal.request_id = Some(request_id.clone()),
            Failure::ModelUnknown
            | Failure::PartnerUnavailable
            | Failure::PartnerRefused
            | Failure::Expired
            | Failure::NotFound
            | Failure::NotAllowed => {}
        }
        refusal
    }

    /// With `explanation` in the place of its own words.
    #[must_use]
    pub fn explained(self, explanation: Explanation) -> Self {
        Self { message: explanation.title, next: explanation.next, ..self }
    }

    /// With only those fields that a person has to hear of.
    #[must_use]
    pub fn for_people(mut self) -> Self {
        let foremost = words::foremost(self.fields.iter().map(|mend| mend.error).collect());
        self.fields.retain(|mend| foremost.contains(&mend.error));
        self
    }

    /// What to do about `field`; empty while nothing is wrong with it.
    pub fn of(&self, field: Field) -> &str {
        let own = self.fields.iter().find(|mend| mend.error.field == field);
        own.map_or("", |mend| mend.message.as_str())
    }
}

impl FromServerFnError for Refusal {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        crate::functions::refuse_call(&error)
    }
}

/// A failure in two sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What happened.
    pub title: String,
    /// What to do next; empty where the page shows it in another way.
    pub next: String,
}

/// What happened and what to do next.
pub fn explain(locale: Locale, failure: &Failure) -> Explanation {
    let (title, next) = match failure {
        Failure::InvalidInput { fields } if fields.is_empty() => {
            (td_string!(locale, failure.unreadable), td_string!(locale, failure.unreadable_next).into())
        }
        Failure::InvalidInput { .. } => (td_string!(locale, failure.invalid_input), String::new()),
        Failure::ModelUnknown => {
            (td_string!(locale, failure.model_unknown), td_string!(locale, failure.model_unknown_next).into())
        }
        Failure::NotAccepted { reason } => {
            (td_string!(locale, failure.not_accepted), not_accepted(locale, *reason).into())
        }
        Failure::QuotaExhausted { resets_at } => {
            let time = language::time(locale, *resets_at);
            let next = td_string!(locale, failure.quota_exhausted_next, time = time);
            (td_string!(locale, failure.quota_exhausted), next)
        }
        Failure::RateLimited { retry_after_seconds } => {
            let seconds = retry_after_seconds.to_string();
            let next = td_string!(locale, failure.rate_limited_next, seconds = seconds);
            (td_string!(locale, failure.rate_limited), next)
        }
        Failure::PartnerUnavailable => (
            td_string!(locale, failure.partner_unavailable),
            td_string!(locale, failure.partner_unavailable_next).into(),
        ),
        Failure::PartnerRefused => (
            td_string!(locale, failure.partner_refused),
            td_string!(locale, failure.partner_refused_next).into(),
        ),
        Failure::Expired => {
            (td_string!(locale, failure.expired), td_string!(locale, failure.expired_next).into())
        }
        Failure::NotFound => {
            (td_string!(locale, failure.not_found), td_string!(locale, failure.not_found_next).into())
        }
        Failure::NotAllowed => {
            (td_string!(locale, failure.not_allowed), td_string!(locale, failure.not_allowed_next).into())
        }
        Failure::Internal { request_id } => {
            let next = td_string!(locale, failure.internal_next, id = request_id.clone());
            (td_string!(locale, failure.internal), next)
        }
    };
    Explanation { title: title.to_owned(), next }
}

/// Who reads that a post was refused because its page is not known as one of this server's.
#[cfg(feature = "ssr")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownPage {
    /// Anybody.
    Visitors,
    /// Who runs the server, by all that is known.
    Operators {
        /// The origin of the page, as the browser said it.
        page: String,
        /// The host of the request, as it came here.
        host: String,
        /// Where the server is set to be reached.
        public_url: Option<String>,
    },
}

/// What happened to a post from a page that is not known, and what its reader can do.
#[cfg(feature = "ssr")]
pub fn explain_unknown_page(locale: Locale, reader: &UnknownPage) -> Explanation {
    let next = match reader.clone() {
        UnknownPage::Visitors => td_string!(locale, failure.unknown_page_next).into(),
        UnknownPage::Operators { page, host, public_url: None } => {
            td_string!(locale, failure.unknown_page_unset, page = page, host = host)
        }
        UnknownPage::Operators { page, host, public_url: Some(url) } => {
            td_string!(locale, failure.unknown_page_set, page = page, host = host, url = url)
        }
    };
    Explanation { title: td_string!(locale, failure.unknown_page).to_owned(), next }
}

fn not_accepted(locale: Locale, reason: NotAccepted) -> &'static str {
    match reason {
        NotAccepted::Scrapped => td_string!(locale, failure.not_accepted_scrapped),
        NotAccepted::Counterfeit => td_string!(locale, failure.not_accepted_counterfeit),
        NotAccepted::NotOnSale => td_string!(locale, failure.not_accepted_not_on_sale),
        NotAccepted::NotByShop => td_string!(locale, failure.not_accepted_not_by_shop),
        NotAccepted::Unspecified => td_string!(locale, failure.not_accepted_unspecified),
    }
}
