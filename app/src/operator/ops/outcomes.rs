//! The outcomes of calls in words: what each means, and what the operator can do about it.

use crate::words::{Locale, td_string};

/// Makes the enum and its names from one list, so that no outcome is without a name or missing in `ALL`.
macro_rules! outcomes {
    ($($variant:ident = $name:literal,)+) => {
        /// The outcome of a call, as the records name it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Outcome {
            $($variant,)+
        }

        impl Outcome {
            const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name in the records.
            fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

outcomes! {
    Ok = "ok",
    ModelUnknown = "model_unknown",
    NotAccepted = "not_accepted",
    InvalidParameters = "invalid_parameters",
    Unauthorized = "unauthorized",
    QuotaExhausted = "quota_exhausted",
    PermissionDenied = "permission_denied",
    WrongPath = "wrong_path",
    ServerFault = "server_fault",
    Unavailable = "unavailable",
    TooManyRequests = "too_many_requests",
    Timeout = "timeout",
    Connect = "connect",
    NoSuchName = "no_such_name",
    NamesSilent = "names_silent",
    ConnectionRefused = "connection_refused",
    ConnectTimeout = "connect_timeout",
    NoRoute = "no_route",
    NotLetOut = "not_let_out",
    OutOfFiles = "out_of_files",
    CertificateUnknown = "certificate_unknown",
    CertificateDate = "certificate_date",
    Tls = "tls",
    ProxyRefused = "proxy_refused",
    NoConnection = "no_connection",
    AnotherDevice = "another_device",
    AboveBase = "above_base",
    Intermediary = "intermediary",
    BadAnswer = "bad_answer",
    Late = "late",
    Refused = "refused",
}

impl Outcome {
    /// The outcome with that name. A name that another version of the server recorded counts as a refusal.
    fn find(name: &str) -> Self {
        Self::ALL.iter().copied().find(|outcome| outcome.name() == name).unwrap_or(Self::Refused)
    }

    /// What it means, and what to do about it; the second is empty if the partner answered the question.
    fn words(self, locale: Locale) -> (&'static str, &'static str) {
        match self {
            Self::Ok => (td_string!(locale, outcome.ok), ""),
            Self::ModelUnknown => (td_string!(locale, outcome.model_unknown), ""),
            Self::NotAccepted => (td_string!(locale, outcome.not_accepted), ""),
            Self::InvalidParameters => (
                td_string!(locale, outcome.invalid_parameters),
                td_string!(locale, outcome.invalid_parameters_mend),
            ),
            Self::Unauthorized => {
                (td_string!(locale, outcome.unauthorized), td_string!(locale, outcome.unauthorized_mend))
            }
            Self::QuotaExhausted => (
                td_string!(locale, outcome.quota_exhausted),
                td_string!(locale, outcome.quota_exhausted_mend),
            ),
            Self::PermissionDenied => (
                td_string!(locale, outcome.permission_denied),
                td_string!(locale, outcome.permission_denied_mend),
            ),
            Self::WrongPath => {
                (td_string!(locale, outcome.wrong_path), td_string!(locale, outcome.wrong_path_mend))
            }
            Self::ServerFault => {
                (td_string!(locale, outcome.server_fault), td_string!(locale, outcome.server_fault_mend))
            }
            Self::Unavailable => {
                (td_string!(locale, outcome.unavailable), td_string!(locale, outcome.unavailable_mend))
            }
            Self::TooManyRequests => (
                td_string!(locale, outcome.too_many_requests),
                td_string!(locale, outcome.too_many_requests_mend),
            ),
            Self::Timeout => (td_string!(locale, outcome.timeout), td_string!(locale, outcome.timeout_mend)),
            Self::Connect => (td_string!(locale, outcome.connect), td_string!(locale, outcome.connect_mend)),
            Self::Late => (td_string!(locale, outcome.late), td_string!(locale, outcome.late_mend)),
            Self::NoSuchName => {
                (td_string!(locale, outcome.no_such_name), td_string!(locale, outcome.no_such_name_mend))
            }
            Self::NamesSilent => {
                (td_string!(locale, outcome.names_silent), td_string!(locale, outcome.names_silent_mend))
            }
            Self::ConnectionRefused => (
                td_string!(locale, outcome.connection_refused),
                td_string!(locale, outcome.connection_refused_mend),
            ),
            Self::ConnectTimeout => (
                td_string!(locale, outcome.connect_timeout),
                td_string!(locale, outcome.connect_timeout_mend),
            ),
            Self::NoRoute => {
                (td_string!(locale, outcome.no_route), td_string!(locale, outcome.no_route_mend))
            }
            Self::NotLetOut => {
                (td_string!(locale, outcome.not_let_out), td_string!(locale, outcome.not_let_out_mend))
            }
            Self::OutOfFiles => {
                (td_string!(locale, outcome.out_of_files), td_string!(locale, outcome.out_of_files_mend))
            }
            Self::CertificateUnknown => (
                td_string!(locale, outcome.certificate_unknown),
                td_string!(locale, outcome.certificate_unknown_mend),
            ),
            Self::CertificateDate => (
                td_string!(locale, outcome.certificate_date),
                td_string!(locale, outcome.certificate_date_mend),
            ),
            Self::Tls => (td_string!(locale, outcome.tls), td_string!(locale, outcome.tls_mend)),
            Self::ProxyRefused => {
                (td_string!(locale, outcome.proxy_refused), td_string!(locale, outcome.proxy_refused_mend))
            }
            Self::NoConnection => {
                (td_string!(locale, outcome.no_connection), td_string!(locale, outcome.no_connection_mend))
            }
            Self::AnotherDevice => {
                (td_string!(locale, outcome.another_device), td_string!(locale, outcome.another_device_mend))
            }
            Self::AboveBase => {
                (td_string!(locale, outcome.odd_price), td_string!(locale, outcome.odd_price_mend))
            }
            Self::Intermediary => {
                (td_string!(locale, outcome.intermediary), td_string!(locale, outcome.intermediary_mend))
            }
            Self::BadAnswer => {
                (td_string!(locale, outcome.bad_answer), td_string!(locale, outcome.bad_answer_mend))
            }
            Self::Refused => (td_string!(locale, outcome.refused), td_string!(locale, outcome.refused_mend)),
        }
    }
}

/// The meaning of an outcome, by its name in the records; `None` for a call that has not ended.
pub(super) fn outcome(locale: Locale, name: Option<&str>) -> &'static str {
    match name {
        None => td_string!(locale, outcome.under_way),
        Some(name) => Outcome::find(name).words(locale).0,
    }
}

/// The cause of a failed call, and how to fix it, by the outcome's name in the records.
pub(super) fn failure(locale: Locale, name: &str) -> (&'static str, &'static str) {
    Outcome::find(name).words(locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_outcome_is_found_by_its_name_and_says_what_to_do() {
        for outcome in Outcome::ALL.iter().copied() {
            assert_eq!(Outcome::find(outcome.name()), outcome);
            let (cause, fix) = outcome.words(Locale::en);
            let answered = desk::Activity::is_answer(Some(outcome.name()));
            assert!(!cause.is_empty() && fix.is_empty() == answered, "{}", outcome.name());
        }
        assert_eq!(Outcome::find("of another version"), Outcome::Refused);
    }
}
