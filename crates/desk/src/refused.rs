//! Why an attempt brought no answer, and what that says about provider and account.

use provider::{Refusal, Subject};

use crate::admission::Ended;
use crate::ask_error::AskError;

/// Why an attempt brought no answer.
pub(crate) enum Refused {
    /// The attempt was not made.
    Here(AskError),
    /// The attempt was made and refused. `other_key` says whether another key may be tried.
    There { refusal: Refusal, other_key: bool },
}

impl From<AskError> for Refused {
    fn from(error: AskError) -> Self {
        Self::Here(error)
    }
}

/// What a failed call says about provider and account.
///
/// `of_the_account` is false while another credential can be tried, and where the refused credential is no
/// longer in use: then the failure says nothing about the account.
pub(crate) fn how_it_ended(refusal: &Refusal, of_the_account: bool) -> Ended<'_> {
    match refusal.subject() {
        Subject::Device | Subject::Quota => Ended::Answered,
        Subject::Moment if refusal.is_down() => Ended::Down,
        Subject::Account | Subject::CallKind if of_the_account => Ended::AccountRefused(refusal),
        Subject::Question if matches!(refusal, Refusal::Intermediary(_)) => Ended::Between,
        Subject::Moment | Subject::Account | Subject::CallKind | Subject::Question => Ended::Refused,
    }
}
