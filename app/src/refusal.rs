//! A failure as a reader meets it: what happened and what to do next, in their language.

use domain::{Failure, NotAccepted};
use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use crate::i18n::{Locale, td_string};
use crate::language;

/// What a server function answers when it cannot do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The failure, with its `code`.
    #[serde(flatten)]
    pub failure: Failure,
    /// What happened and what to do, in the asker's language.
    pub message: String,
}

impl Refusal {
    /// Puts `failure` into words.
    pub fn new(locale: Locale, failure: Failure) -> Self {
        let Explanation { title, next } = explain(locale, &failure);
        let stop = if locale == Locale::zh_CN { "。" } else { ". " };
        Self { message: if next.is_empty() { title } else { format!("{title}{stop}{next}") }, failure }
    }
}

impl FromServerFnError for Refusal {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let failure = match error {
            // The call or its answer got lost on the way, or the fields were illegible.
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Failure::PartnerUnavailable,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Failure::InvalidInput { fields: Vec::new() }
            }
            _ => Failure::Internal { request_id: String::new() },
        };
        Self { message: failure.to_string(), failure }
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
    let plain = |title: &str, next: &str| Explanation { title: title.to_owned(), next: next.to_owned() };
    match failure {
        Failure::InvalidInput { .. } => plain(td_string!(locale, failure.invalid_input), ""),
        Failure::ModelUnknown => {
            plain(td_string!(locale, failure.model_unknown), td_string!(locale, failure.model_unknown_next))
        }
        Failure::NotAccepted { reason } => plain(
            td_string!(locale, failure.not_accepted),
            match reason {
                NotAccepted::Scrapped => td_string!(locale, failure.not_accepted_scrapped),
                NotAccepted::Counterfeit => td_string!(locale, failure.not_accepted_counterfeit),
                NotAccepted::NotOnSale => td_string!(locale, failure.not_accepted_not_on_sale),
                NotAccepted::Unspecified => td_string!(locale, failure.not_accepted_unspecified),
            },
        ),
        Failure::QuotaExhausted { resets_at } => {
            let time = language::time(locale, *resets_at);
            let next = td_string!(locale, failure.quota_exhausted_next, time = time);
            plain(td_string!(locale, failure.quota_exhausted), &next)
        }
        Failure::RateLimited { retry_after_seconds } => {
            let next = td_string!(locale, failure.rate_limited_next, seconds = retry_after_seconds.to_string());
            plain(td_string!(locale, failure.rate_limited), &next)
        }
        Failure::PartnerUnavailable => plain(
            td_string!(locale, failure.partner_unavailable),
            td_string!(locale, failure.partner_unavailable_next),
        ),
        Failure::PartnerRefused => {
            plain(td_string!(locale, failure.partner_refused), td_string!(locale, failure.partner_refused_next))
        }
        Failure::Expired => plain(td_string!(locale, failure.expired), td_string!(locale, failure.expired_next)),
        Failure::NotFound => {
            plain(td_string!(locale, failure.not_found), td_string!(locale, failure.not_found_next))
        }
        Failure::NotAllowed => {
            plain(td_string!(locale, failure.not_allowed), td_string!(locale, failure.not_allowed_next))
        }
        Failure::Internal { request_id } => {
            let next = td_string!(locale, failure.internal_next, id = request_id.clone());
            plain(td_string!(locale, failure.internal), &next)
        }
    }
}
