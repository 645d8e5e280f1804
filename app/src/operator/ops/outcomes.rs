//! What became of calls, in words: the refusals of the partner's API, with cause and mend.

use crate::words::{Locale, td_string};

/// An outcome by its name in the records; `None` for a call without one.
pub(super) fn outcome(locale: Locale, name: Option<&str>) -> &'static str {
    match name {
        None => td_string!(locale, outcome.under_way),
        Some("ok") => td_string!(locale, outcome.ok),
        Some("model_unknown") => td_string!(locale, outcome.model_unknown),
        Some("not_accepted") => td_string!(locale, outcome.not_accepted),
        Some(name) => failure(locale, name).0,
    }
}

/// Cause and mend of a failure by its name in the records.
pub(super) fn failure(locale: Locale, name: &str) -> (&'static str, &'static str) {
    match name {
        "invalid_parameters" => (
            td_string!(locale, outcome.invalid_parameters),
            td_string!(locale, outcome.invalid_parameters_mend),
        ),
        "unauthorized" => {
            (td_string!(locale, outcome.unauthorized), td_string!(locale, outcome.unauthorized_mend))
        }
        "quota_exhausted" => {
            (td_string!(locale, outcome.quota_exhausted), td_string!(locale, outcome.quota_exhausted_mend))
        }
        "permission_denied" => (
            td_string!(locale, outcome.permission_denied),
            td_string!(locale, outcome.permission_denied_mend),
        ),
        "wrong_path" => (td_string!(locale, outcome.wrong_path), td_string!(locale, outcome.wrong_path_mend)),
        "server_fault" => {
            (td_string!(locale, outcome.server_fault), td_string!(locale, outcome.server_fault_mend))
        }
        "unavailable" => {
            (td_string!(locale, outcome.unavailable), td_string!(locale, outcome.unavailable_mend))
        }
        "too_many_requests" => (
            td_string!(locale, outcome.too_many_requests),
            td_string!(locale, outcome.too_many_requests_mend),
        ),
        "timeout" => (td_string!(locale, outcome.timeout), td_string!(locale, outcome.timeout_mend)),
        "connect" => (td_string!(locale, outcome.connect), td_string!(locale, outcome.connect_mend)),
        "no_such_name" => {
            (td_string!(locale, outcome.no_such_name), td_string!(locale, outcome.no_such_name_mend))
        }
        "names_silent" => {
            (td_string!(locale, outcome.names_silent), td_string!(locale, outcome.names_silent_mend))
        }
        "connection_refused" => (
            td_string!(locale, outcome.connection_refused),
            td_string!(locale, outcome.connection_refused_mend),
        ),
        "connect_timeout" => {
            (td_string!(locale, outcome.connect_timeout), td_string!(locale, outcome.connect_timeout_mend))
        }
        "no_route" => (td_string!(locale, outcome.no_route), td_string!(locale, outcome.no_route_mend)),
        "not_let_out" => {
            (td_string!(locale, outcome.not_let_out), td_string!(locale, outcome.not_let_out_mend))
        }
        "out_of_files" => {
            (td_string!(locale, outcome.out_of_files), td_string!(locale, outcome.out_of_files_mend))
        }
        "certificate_unknown" => (
            td_string!(locale, outcome.certificate_unknown),
            td_string!(locale, outcome.certificate_unknown_mend),
        ),
        "certificate_date" => {
            (td_string!(locale, outcome.certificate_date), td_string!(locale, outcome.certificate_date_mend))
        }
        "tls" => (td_string!(locale, outcome.tls), td_string!(locale, outcome.tls_mend)),
        "proxy_refused" => {
            (td_string!(locale, outcome.proxy_refused), td_string!(locale, outcome.proxy_refused_mend))
        }
        "no_connection" => {
            (td_string!(locale, outcome.no_connection), td_string!(locale, outcome.no_connection_mend))
        }
        "another_device" => {
            (td_string!(locale, outcome.another_device), td_string!(locale, outcome.another_device_mend))
        }
        "above_base" => (td_string!(locale, outcome.odd_price), td_string!(locale, outcome.odd_price_mend)),
        "intermediary" => {
            (td_string!(locale, outcome.intermediary), td_string!(locale, outcome.intermediary_mend))
        }
        "bad_answer" => (td_string!(locale, outcome.bad_answer), td_string!(locale, outcome.bad_answer_mend)),
        _ => (td_string!(locale, outcome.refused), td_string!(locale, outcome.refused_mend)),
    }
}
