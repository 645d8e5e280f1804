//! A failure as the answer of a server function: in the reader's language, with its HTTP status.

use axum::http::{StatusCode, header};
use domain::Failure;
use leptos::prelude::{use_context, with_context};
use leptos_axum::ResponseOptions;
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use super::call::{Call, with_request_id};
use crate::parts::failure_report::FailureReport;
use crate::parts::frame::FrameFields;
use crate::words::language::negotiate;

/// Puts a failure into words, in the reader's language.
pub(super) fn in_words(frame: &FrameFields, failure: Failure) -> FailureReport {
    let locale = with_context::<Call, _>(|call| negotiate(&frame.locale, &call.accept_language));
    let locale = locale.unwrap_or_else(|| negotiate(&frame.locale, ""));
    FailureReport::new(locale, &with_request_id(failure))
}

/// Puts a failure into words, in the reader's language, and sets its HTTP status.
pub(super) fn refuse(frame: &FrameFields, failure: Failure) -> FailureReport {
    if let Some(options) = use_context::<ResponseOptions>() {
        options.set_status(StatusCode::from_u16(failure.status()).unwrap_or_default());
        if let Failure::RateLimited { retry_after_seconds } = failure {
            options.insert_header(header::RETRY_AFTER, retry_after_seconds.into());
        }
    }
    in_words(frame, failure)
}

/// The answer to a call whose input the framework could not read.
impl FromServerFnError for FailureReport {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let failure = match error {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => Failure::InvalidInput { fields: Vec::new() },
            _ => {
                tracing::error!(%error, "a server function failed");
                Failure::Internal { request_id: String::new() }
            }
        };
        refuse(&FrameFields::default(), failure)
    }
}
