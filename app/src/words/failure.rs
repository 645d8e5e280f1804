//! A failure in the reader's words: what happened, and what to do next.

use domain::{Failure, NotAccepted};

use super::strings::{Locale, td_string};
use super::times;

/// A failure in two sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What happened.
    pub title: String,
    /// What to do next; empty if the page shows it in another way.
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
            let time = times::time(locale, *resets_at);
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

/// The reader of the message that a post was rejected because its page is not known as one of this server's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownPage {
    /// A visitor, who gets no details.
    Visitors,
    /// Most likely the operator, who gets the setting to change.
    Operators {
        /// The origin of the page, according to the browser.
        page: String,
        /// The host of the request, as it arrived.
        host: String,
        /// The server's public address in the settings.
        public_url: Option<String>,
    },
}

/// What happened to a post from a page that is not known, and what the reader can do.
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
