use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use app::operator::batch::{DraftPage, LEAVE_HIDDEN_OUT, QUOTE_HIDDEN, draw_draft};
use app::words::batch_text;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Desk, RecordsError};
use domain::{Failure, Field};
use jiff::Timestamp;
use lists::{BatchId, Draft, Drafts, Lists};
use sheet::{DeviceList, ListRow, Mapping};

use super::overview::show_overview;
use crate::web::edge::headers::Life;
use crate::web::operator::visit::OperatorVisit;

/// How many rows are shown.
const SHOWN: usize = 5;
/// How many rows with mistakes are shown.
const SHOWN_BAD: usize = 10;

/// The columns of the fields by their numbers from 0, as the form gives them. If the form has not been sent
/// yet, they are recognised from the headings.
pub(in crate::web) type Said = HashMap<String, String>;

fn mapping(draft: &Draft, said: &Said) -> Mapping {
    if !Field::OF_A_DEVICE.iter().any(|field| said.contains_key(field.name())) {
        return draft.recognised();
    }
    // Remarks stay where they were recognised.
    let (mut mapping, columns) = (draft.recognised(), draft.columns().len());
    for field in Field::OF_A_DEVICE {
        let column = said.get(field.name()).and_then(|column| column.parse().ok());
        mapping.set(field, column.filter(|column: &usize| *column < columns));
    }
    mapping
}

/// `GET /batch/draft/{key}`: how a file was read.
pub(in crate::web) async fn show(
    State(desk): State<Desk>,
    State(lists): State<Lists>,
    State(drafts): State<Drafts>,
    Path(key): Path<String>,
    Query(said): Query<Said>,
    visit: OperatorVisit,
) -> Response {
    let Some(draft) = drafts.get(&key) else {
        let problem = batch_text::draft_gone(visit.locale()).to_owned();
        return show_overview(visit, &desk, &lists, &drafts, StatusCode::NOT_FOUND, Some(problem)).await;
    };
    let mapping = mapping(&draft, &said);
    let before = lists.unfinished(&draft, &mapping).await.ok().flatten();
    let state = desk.state();
    let takes = desk.today().await.ok().and_then(|today| today.latency);
    let page = DraftPage {
        key,
        name: draft.name().to_owned(),
        columns: draft.columns(),
        hidden_rows: draft.hidden_rows(),
        mapping: mapping.clone(),
        rows: 0,
        bad_rows: 0,
        devices: 0,
        at_hand: 0,
        calls: (desk.calls_remaining_for_lists(), state.quota_daily.saturating_sub(state.quota_reserve)),
        call_takes: takes.map(|latency| Duration::from_millis(latency.half_ms)),
        first: Vec::new(),
        bad: Vec::new(),
        before: before.map(|id| id.0),
    };
    // A long list takes a moment, so this runs on a thread for blocking work.
    let (setting, asked) = (visit.visit.setting.clone(), desk.clone());
    let drawn = tokio::task::spawn_blocking(move || {
        let list = draft.list(&mapping).map_err(|error| batch_text::unreadable(setting.locale, &error))?;
        Ok::<_, String>(draw_draft(&setting, &with_rows(page, &asked, list)))
    });
    match drawn.await {
        Ok(Ok(text)) => visit.visit.lasting(Life::Personal, StatusCode::OK, text).into_response(),
        Ok(Err(problem)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show_overview(visit, &desk, &lists, &drafts, status, Some(problem)).await
        }
        Err(_) => visit.refuse(Failure::Internal { request_id: String::new() }),
    }
}

/// The page with the content of the rows.
fn with_rows(page: DraftPage, desk: &Desk, list: DeviceList) -> DraftPage {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let devices: HashSet<_> = list.rows.iter().filter_map(|row| row.request.as_ref().ok()).collect();
    let bad = list.rows.iter().filter_map(|row| Some((row, row.request.as_ref().err()?)));
    let failed = |(row, failure): (&ListRow, &Failure)| (row.number, row.form.clone(), failure.clone());
    DraftPage {
        rows: number(list.rows.len()),
        bad_rows: number(bad.clone().count()),
        devices: number(devices.len()),
        at_hand: number(devices.iter().filter(|request| desk.is_at_hand(request)).count()),
        first: list.rows.iter().take(SHOWN).map(|row| (row.number, row.form.clone())).collect(),
        bad: bad.take(SHOWN_BAD).map(failed).collect(),
        ..page
    }
}

/// `POST /batch/draft/{key}`: turns the draft into a list, started or not, or discards it.
pub(in crate::web) async fn act(
    State(desk): State<Desk>,
    State(lists): State<Lists>,
    State(drafts): State<Drafts>,
    Path(key): Path<String>,
    visit: OperatorVisit,
    Form(said): Form<Said>,
) -> Response {
    let locale = visit.locale();
    let press = said.get("do").map_or("", String::as_str);
    let Some(draft) = drafts.take(&key) else {
        let problem = batch_text::draft_gone(locale).to_owned();
        return show_overview(visit, &desk, &lists, &drafts, StatusCode::NOT_FOUND, Some(problem)).await;
    };
    if press == "discard" {
        return Redirect::to(&visit.link("/batch")).into_response();
    }
    if press == LEAVE_HIDDEN_OUT || press == QUOTE_HIDDEN {
        draft.leave_hidden_out(press == LEAVE_HIDDEN_OUT);
        drafts.keep(key.clone(), draft);
        let way = visit.link(&format!("/batch/draft/{key}")) + &named(&said);
        return Redirect::to(&way).into_response();
    }
    match keep(&lists, &draft, &said, press == "start").await {
        Ok(Some(id)) => Redirect::to(&visit.link(&format!("/batch/{}", id.0))).into_response(),
        Ok(None) => {
            let way = visit.link(&format!("/batch/draft/{key}"));
            drafts.keep(key, draft);
            Redirect::to(&way).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a device list cannot be kept");
            drafts.keep(key, draft);
            let problem = batch_text::not_kept(locale).to_owned();
            let status = StatusCode::SERVICE_UNAVAILABLE;
            show_overview(visit, &desk, &lists, &drafts, status, Some(problem)).await
        }
    }
}

/// The columns that the form names, for the page's address.
fn named(said: &Said) -> String {
    let of = |field: Field| {
        let column: usize = said.get(field.name())?.parse().ok()?;
        Some(format!("&{}={column}", field.name()))
    };
    Field::OF_A_DEVICE.into_iter().filter_map(of).collect()
}

/// Turns the draft into a list, unless it contains no device.
async fn keep(
    lists: &Lists,
    draft: &Arc<Draft>,
    said: &Said,
    start: bool,
) -> Result<Option<BatchId>, RecordsError> {
    let added = lists.add(draft, mapping(draft, said), Timestamp::now()).await?;
    if let Some(id) = added.filter(|_| start) {
        lists.start(id).await?;
    }
    Ok(added)
}
