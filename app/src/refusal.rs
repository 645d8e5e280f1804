//! A failure as a reader meets it: what happened and what to do next, in their language.

use domain::FieldError;
use serde::{Deserialize, Serialize};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::json::JsonText;

/// What a server function answers when it cannot do what was asked: the failure's code and
/// facts, and words for the asker.
///
/// Facts are text and numbers here, not the types of the trade, and only for programs: a
/// page has them in its words, so its own code does not read them back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Refusal {
    /// The failure's code, one of the closed list.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do next; empty where the page shows it in another way.
    pub next: String,
    /// The fields to mend.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// Why a device is not taken.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When the quota resets, RFC 3339.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub resets_at: Option<String>,
    /// Seconds to wait.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
    /// Under which id the log has the cause.
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

#[cfg(feature = "ssr")]
pub use words::{Explanation, explain};

impl FromServerFnError for Refusal {
    type Encoder = JsonText;

    /// On the server, what the caller sent was illegible, or something broke. In the
    /// browser, the call or its answer got lost on the way.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        #[cfg(feature = "ssr")]
        return crate::functions::refuse_call(&error);
        #[cfg(not(feature = "ssr"))]
        {
            drop(error);
            Self { code: "partner_unavailable".to_owned(), ..Self::default() }
        }
    }
}

#[cfg(feature = "ssr")]
mod words {
    use domain::{Failure, NotAccepted};

    use super::Refusal;
    use crate::i18n::{Locale, td_string};
    use crate::language;

    impl Refusal {
        /// Puts `failure` into words.
        pub fn new(locale: Locale, failure: &Failure) -> Self {
            let Explanation { title, next } = explain(locale, failure);
            let plain = Self { code: failure.code().to_owned(), message: title, next, ..Self::default() };
            match failure {
                Failure::InvalidInput { fields } => Self { fields: fields.clone(), ..plain },
                Failure::NotAccepted { reason } => {
                    let reason = serde_json::to_value(reason).ok();
                    Self { reason: reason.and_then(|reason| Some(reason.as_str()?.to_owned())), ..plain }
                }
                Failure::QuotaExhausted { resets_at } => {
                    Self { resets_at: Some(resets_at.to_string()), ..plain }
                }
                Failure::RateLimited { retry_after_seconds } => {
                    Self { retry_after_seconds: Some(*retry_after_seconds), ..plain }
                }
                Failure::Internal { request_id } => Self { request_id: Some(request_id.clone()), ..plain },
                _ => plain,
            }
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
            Failure::PartnerRefused => {
                (td_string!(locale, failure.partner_refused), td_string!(locale, failure.partner_refused_next).into())
            }
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

    fn not_accepted(locale: Locale, reason: NotAccepted) -> &'static str {
        match reason {
            NotAccepted::Scrapped => td_string!(locale, failure.not_accepted_scrapped),
            NotAccepted::Counterfeit => td_string!(locale, failure.not_accepted_counterfeit),
            NotAccepted::NotOnSale => td_string!(locale, failure.not_accepted_not_on_sale),
            NotAccepted::Unspecified => td_string!(locale, failure.not_accepted_unspecified),
        }
    }
}
