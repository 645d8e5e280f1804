//! The operator's device lists.

mod draft;
mod events;
mod report;

use app::batch_text;
use app::pages::batch::{ListPage, Listed, Overview, RowsQuery, draw_list, draw_overview};
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, FromRef, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, RequestExt, Router};
use desk::{Batch, BatchId, Desk, RecordsError};
use domain::Failure;
use serde::Deserialize;

use super::headers::Life;
use super::operator::Access;
use super::ops::{OperatorVisit, ask_to_sign_in};
use super::refused::Refused;
use super::router::Context;
use crate::batches::Batches;
use crate::drafts::{Draft, Drafts};
use crate::reading::Reader;

/// The longest body that brings a list, in bytes: the file, and what is around it.
pub(super) const LONGEST_UPLOAD: usize = sheet::LARGEST + 64 * 1024;

/// Characters of a file's name that are kept: what file systems allow.
const LONGEST_NAME: usize = 255;

/// The routes below `/batch`, for whoever is signed in.
pub(super) fn routes(context: &Context) -> Router<Context> {
    Router::new()
        .route("/batch", get(overview).post(upload).layer(DefaultBodyLimit::max(LONGEST_UPLOAD)))
        .route("/batch/template.xlsx", get(report::template))
        .route("/batch/draft/{key}", get(draft::show).post(draft::act))
        .route("/batch/{id}", get(show).post(act))
        .route("/batch/{id}/events", get(events::stream))
        .route("/batch/{id}/{file}", get(report::download))
        .route_layer(from_fn_with_state(context.clone(), for_operators))
}

/// Asks whoever is not signed in to do so, and reads nothing of what they send.
async fn for_operators(State(context): State<Context>, mut request: Request, next: Next) -> Response {
    match request.extract_parts_with_state::<Access, _>(&context).await {
        Ok(access) if access.is_operator() => return next.run(request).await,
        Ok(_) => {}
        Err(refused) => return refused.into_response(),
    }
    let Ok(OperatorVisit { visit, .. }) = request.extract_parts_with_state(&context).await;
    let way = if request.method().is_safe() { request.uri().path() } else { "/batch" };
    ask_to_sign_in(visit, way, Failure::NotAllowed, None)
}

/// `GET /batch`
async fn overview(
    State(desk): State<Desk>,
    State(batches): State<Batches>,
    State(drafts): State<Drafts>,
    visit: OperatorVisit,
) -> Response {
    show_overview(visit, &desk, &batches, &drafts, StatusCode::OK, None).await
}

async fn show_overview(
    OperatorVisit { visit, .. }: OperatorVisit,
    desk: &Desk,
    batches: &Batches,
    drafts: &Drafts,
    status: StatusCode,
    problem: Option<String>,
) -> Response {
    let lists = batches.records().batches().await;
    if let Err(error) = &lists {
        tracing::error!(%error, "the device lists cannot be read");
    }
    let lists = lists.ok().map(|lists| lists.into_iter().map(|list| listed(batches, list)).collect());
    let overview = Overview {
        lists,
        drafts: drafts.names(),
        problem: problem.clone(),
        calls_left: desk.calls_left_for_batches(),
    };
    let text = draw_overview(&visit.setting, &overview);
    let page = visit.lasting(Life::Personal, status, text).into_response();
    match problem {
        Some(problem) => Refused::of_status(status).saying(problem).told_by(page),
        None => page,
    }
}

/// `POST /batch`: reads a file.
async fn upload(
    State(desk): State<Desk>,
    State(batches): State<Batches>,
    State(drafts): State<Drafts>,
    State(reader): State<Reader>,
    visit: OperatorVisit,
    form: Multipart,
) -> Response {
    let locale = visit.locale();
    let (status, problem) = match read(&reader, form).await {
        Ok(draft) if !draft.is_wide_enough() => {
            let problem = format!("{}: {}", draft.name, batch_text::no_headings(locale));
            (StatusCode::UNPROCESSABLE_ENTITY, problem)
        }
        Ok(draft) => {
            let key = drafts.keep(draft);
            return Redirect::to(&visit.link(&format!("/batch/draft/{key}"))).into_response();
        }
        Err(Untaken::Missing) => (StatusCode::BAD_REQUEST, batch_text::no_file(locale).to_owned()),
        Err(Untaken::CutOff) => (StatusCode::BAD_REQUEST, batch_text::cut_off(locale).to_owned()),
        Err(Untaken::Unreadable(name, error)) => {
            let status = match error {
                sheet::ReadError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            (status, format!("{name}: {}", batch_text::unreadable(locale, &error)))
        }
    };
    show_overview(visit, &desk, &batches, &drafts, status, Some(problem)).await
}

/// Why a file was not taken.
enum Untaken {
    Missing,
    CutOff,
    Unreadable(String, sheet::ReadError),
}

async fn read(reader: &Reader, mut form: Multipart) -> Result<Draft, Untaken> {
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
        return match reader.read(&bytes).await {
            Ok(table) => Ok(Draft::new(&name, &bytes, table)),
            Err(error) => Err(Untaken::Unreadable(name, error)),
        };
    }
    Err(Untaken::Missing)
}

/// `GET /batch/{id}`
async fn show(
    State(desk): State<Desk>,
    State(batches): State<Batches>,
    Path(id): Path<String>,
    Query(asked): Query<RowsQuery>,
    visit: OperatorVisit,
) -> Response {
    let page = async {
        let batch = find(&batches, &id).await?;
        let (records, id, rows) = (batches.records(), batch.id, asked.asked());
        let found = records.batch_rows_by(id, &rows).await.map_err(unreadable)?;
        let (rows, worth) = (records.batch_row_counts(id).await, records.batch_worth(id).await);
        Ok::<_, Failure>(ListPage {
            list: listed(&batches, batch),
            asked,
            found,
            rows: rows.map_err(unreadable)?,
            worth: worth.map_err(unreadable)?,
            calls_left: desk.calls_left_for_batches(),
        })
    };
    match page.await {
        Ok(page) => {
            let OperatorVisit { visit, .. } = visit;
            let text = draw_list(&visit.setting, &page);
            visit.lasting(Life::Personal, StatusCode::OK, text).into_response()
        }
        Err(failure) => visit.refuse(failure),
    }
}

/// What a button says.
#[derive(Deserialize)]
struct Press {
    #[serde(default)]
    r#do: String,
}

/// `POST /batch/{id}`: starts, pauses, cancels or deletes a list.
async fn act(
    State(batches): State<Batches>,
    Path(id): Path<String>,
    visit: OperatorVisit,
    Form(press): Form<Press>,
) -> Response {
    let done = async {
        let id = find(&batches, &id).await?.id;
        let done = match press.r#do.as_str() {
            "start" => batches.start(id).await,
            "pause" => batches.pause(id).await,
            "cancel" => batches.cancel(id).await,
            "delete" => {
                batches.delete(id).await.map_err(unreadable)?;
                return Ok("/batch".to_owned());
            }
            _ => Ok(()),
        };
        done.map_err(unreadable)?;
        Ok::<_, Failure>(format!("/batch/{}", id.0))
    };
    match done.await {
        Ok(path) => Redirect::to(&visit.link(&path)).into_response(),
        Err(failure) => visit.refuse(failure),
    }
}

/// The list of that number.
async fn find(batches: &Batches, id: &str) -> Result<Batch, Failure> {
    let id = BatchId(id.parse().map_err(|_| Failure::NotFound)?);
    batches.records().batch(id).await.map_err(unreadable)?.ok_or(Failure::NotFound)
}

/// A list, as it was read a moment ago, and how it does now.
fn listed(batches: &Batches, batch: Batch) -> Listed {
    Listed { work: batches.at_work(batch.id), refused: batches.is_refused(batch.id), batch }
}

/// The cause is the log's.
fn unreadable(error: RecordsError) -> Failure {
    tracing::error!(%error, "a device list cannot be read or written");
    Failure::Internal { request_id: String::new() }
}

impl FromRef<Context> for Drafts {
    fn from_ref(context: &Context) -> Self {
        context.drafts.clone()
    }
}

impl FromRef<Context> for Reader {
    fn from_ref(context: &Context) -> Self {
        context.reader.clone()
    }
}

impl FromRef<Context> for Batches {
    fn from_ref(context: &Context) -> Self {
        context.batches.clone()
    }
}
