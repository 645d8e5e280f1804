//! `/batch`: the operator's device lists, and the upload of another.

use lists::{Draft, Drafts, Lists, recall_answers};
use std::sync::Arc;

use app::Locale;
use app::operator::batch::{Overview, draw_overview};
use app::words::batch_text;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::multipart::Multipart;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::Desk;

use super::found::listed;
use crate::reading::Reader;
use crate::web::edge::headers::Life;
use crate::web::edge::refused::Refused;
use crate::web::operator::uploads::LONGEST_NAME;
use crate::web::operator::visit::OperatorVisit;

/// `GET /batch`
pub(in crate::web) async fn overview(
    State(desk): State<Desk>,
    State(lists): State<Lists>,
    State(drafts): State<Drafts>,
    visit: OperatorVisit,
) -> Response {
    show_overview(visit, &desk, &lists, &drafts, StatusCode::OK, None).await
}

/// The page, with `problem` if a file could not be used.
pub(super) async fn show_overview(
    visit: OperatorVisit,
    desk: &Desk,
    lists: &Lists,
    drafts: &Drafts,
    status: StatusCode,
    problem: Option<String>,
) -> Response {
    let found = lists.records().batches().await;
    if let Err(error) = &found {
        tracing::error!(%error, "the device lists cannot be read");
    }
    let all = found.ok().map(|all| all.into_iter().map(|list| listed(lists, list)).collect());
    let overview = Overview {
        lists: all,
        drafts: drafts.names().await,
        problem: problem.clone(),
        calls_left: desk.calls_remaining_for_lists(),
    };
    let text = draw_overview(&visit.visit.setting, &overview);
    let page = visit.visit.lasting(Life::Personal, status, text).into_response();
    match problem {
        Some(problem) => Refused::of_status(status).saying(problem).told_by(page),
        None => page,
    }
}

/// `POST /batch`: reads a file.
pub(in crate::web) async fn upload(
    State(desk): State<Desk>,
    State(lists): State<Lists>,
    State(drafts): State<Drafts>,
    State(reader): State<Reader>,
    visit: OperatorVisit,
    form: Multipart,
) -> Response {
    let locale = visit.locale();
    let (status, problem) = match read(&reader, form).await {
        Ok(draft) if !draft.is_wide_enough() => {
            let problem = format!("{}: {}", draft.name(), batch_text::no_headings(locale));
            (StatusCode::UNPROCESSABLE_ENTITY, problem)
        }
        Ok(draft) => {
            recall(&lists, &draft).await;
            let key = format!("{:032x}", rand::random::<u128>());
            drafts.keep(key.clone(), Arc::new(draft), desk.now()).await;
            return Redirect::to(&visit.link(&format!("/batch/draft/{key}"))).into_response();
        }
        Err(untaken) => untaken.told(locale),
    };
    show_overview(visit, &desk, &lists, &drafts, status, Some(problem)).await
}

/// Adds what is known of the company's own grades. If the records cannot be read, they are asked again.
async fn recall(lists: &Lists, draft: &Draft) {
    let mut answers = draft.answers();
    match recall_answers(lists.records(), &draft.company(lists.account()), &mut answers).await {
        Ok(()) => draft.answer(|known| *known = answers),
        Err(error) => tracing::error!(%error, "what own grades mean cannot be read"),
    }
}

/// Why an upload was not accepted.
pub(super) enum Untaken {
    Missing,
    CutOff,
    Unreadable(String, sheet::ReadError),
}

impl Untaken {
    /// The status and the message for the operator.
    pub(super) fn told(self, locale: Locale) -> (StatusCode, String) {
        match self {
            Self::Missing => (StatusCode::BAD_REQUEST, batch_text::no_file(locale).to_owned()),
            Self::CutOff => (StatusCode::BAD_REQUEST, batch_text::cut_off(locale).to_owned()),
            Self::Unreadable(name, error) => {
                let status = match error {
                    sheet::ReadError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                };
                (status, format!("{name}: {}", batch_text::unreadable(locale, &error)))
            }
        }
    }
}

async fn read(reader: &Reader, form: Multipart) -> Result<Draft, Untaken> {
    let (name, bytes) = file(form).await?;
    match reader.read(&bytes).await {
        Ok(table) => {
            Draft::new(&name, &bytes, table).ok_or(Untaken::Unreadable(name, sheet::ReadError::Empty))
        }
        Err(error) => Err(Untaken::Unreadable(name, error)),
    }
}

/// The file of a form, and its name.
pub(super) async fn file(mut form: Multipart) -> Result<(String, Bytes), Untaken> {
    while let Some(field) = form.next_field().await.map_err(|_| Untaken::CutOff)? {
        if field.name() != Some("file") {
            continue;
        }
        let name: String = field.file_name().unwrap_or_default().chars().take(LONGEST_NAME).collect();
        let bytes = field.bytes().await.map_err(|error| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Untaken::Unreadable(name.clone(), sheet::ReadError::TooLarge),
            _ => Untaken::CutOff,
        })?;
        if name.is_empty() && bytes.is_empty() {
            return Err(Untaken::Missing);
        }
        return Ok((name, bytes));
    }
    Err(Untaken::Missing)
}
