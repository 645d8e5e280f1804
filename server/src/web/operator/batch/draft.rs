//! `GET /batch/draft/{key}`: how a file was read, and its questions.

use std::collections::HashSet;
use std::time::Duration;

use app::operator::batch::{COMPARE, DraftPage, ModelsPart, ROWS_SHOWN, ReadRow, draw_draft, draw_look_up};
use app::words::batch_text;
use app::words::buyers::BuyerCalls;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::REFRESH;
use axum::response::{IntoResponse, Response};
use desk::{Desk, Desks};
use domain::Failure;
use lists::{Batch, Draft, Drafts, Lists, Resolved};
use sheet::ListRow;

use super::columns::{Said, mapping};
use super::overview::show_overview;
use crate::web::edge::headers::Life;
use crate::web::edge::refused::Refused;
use crate::web::operator::visit::OperatorVisit;

/// How many lines that are not quoted are shown.
const SHOWN_PASSED_OVER: usize = 50;

/// After how many seconds the page of a look-up is loaded again.
const LOOK_AGAIN: &str = "2";

/// `GET /batch/draft/{key}`: how a file was read.
pub(in crate::web) async fn show(
    State(desk): State<Desk>,
    State(lists): State<Lists>,
    State(drafts): State<Drafts>,
    Path(key): Path<String>,
    Query(said): Query<Said>,
    visit: OperatorVisit,
) -> Response {
    show_draft(visit, (&desk, &lists, &drafts), key, &said, None).await
}

/// The page, with `problem` if a report with answers could not be used.
pub(super) async fn show_draft(
    visit: OperatorVisit,
    (desk, lists, drafts): (&Desk, &Lists, &Drafts),
    key: String,
    said: &Said,
    problem: Option<(StatusCode, String)>,
) -> Response {
    let Some(draft) = drafts.get(&key).await else {
        let problem = batch_text::draft_gone(visit.locale()).to_owned();
        return show_overview(visit, desk, lists, drafts, StatusCode::NOT_FOUND, Some(problem)).await;
    };
    if let Some(progress) = draft.looks_up() {
        let text = draw_look_up(&visit.visit.setting, &key, draft.name(), progress);
        let page = visit.visit.lasting(Life::Personal, StatusCode::OK, text);
        return ([(REFRESH, LOOK_AGAIN)], page).into_response();
    }
    let mapping = mapping(&draft, said);
    let resolved = draft.resolved(&desk.quoter(), &mapping).await;
    let former = match Drafts::list_of(&key) {
        Some(id) => lists.records().batch(id).await.ok().flatten(),
        None => None,
    };
    let before = lists.unfinished(&draft, &mapping).await.ok().flatten();
    let state = desk.state();
    let takes = desk.today().await.ok().and_then(|today| today.latency);
    let page = DraftPage {
        key,
        name: draft.name().to_owned(),
        columns: draft.columns(),
        hidden_rows: draft.hidden_rows(),
        mapping: mapping.clone(),
        sheet: draft.sheet().map(|(sheet, others)| batch_text::sheet_named(visit.locale(), sheet, others)),
        questions: Vec::new(),
        problem: problem.as_ref().map(|(_, text)| text.clone()),
        unused: 0,
        models: ModelsPart::default(),
        rows: 0,
        waiting: 0,
        bad_rows: 0,
        devices: 0,
        at_hand: 0,
        calls: (desk.calls_remaining_for_lists(), state.quota_daily.saturating_sub(state.quota_reserve)),
        call_takes: takes.map(|latency| Duration::from_millis(latency.half_ms)),
        shown: Vec::new(),
        page: said.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
        passed_over: Vec::new(),
        passed_over_in_all: 0,
        buyers: (Vec::new(), said.contains_key(COMPARE)),
        former: former.as_ref().map(|list| list.id.0),
        before: before.map(|id| id.0),
    };
    // A long list takes a moment, so this runs on a thread for blocking work.
    let (setting, asked) = (visit.visit.setting.clone(), lists.desks().clone());
    let drawn = tokio::task::spawn_blocking(move || {
        let resolved = resolved.map_err(|error| batch_text::unreadable(setting.locale, &error))?;
        Ok::<_, String>(draw_draft(&setting, &with_rows(page, (&draft, former.as_ref()), &asked, resolved)))
    });
    match drawn.await {
        Ok(Ok(text)) => {
            let status = problem.as_ref().map_or(StatusCode::OK, |(status, _)| *status);
            let page = visit.visit.lasting(Life::Personal, status, text).into_response();
            match problem {
                Some((status, text)) => Refused::of_status(status).saying(text).told_by(page),
                None => page,
            }
        }
        Ok(Err(problem)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            show_overview(visit, desk, lists, drafts, status, Some(problem)).await
        }
        Err(_) => visit.refuse(Failure::Internal { request_id: String::new() }),
    }
}

/// The page with the content of the rows. What a list that was made of the draft before has a price for is at hand.
fn with_rows(
    page: DraftPage,
    (draft, former): (&Draft, Option<&Batch>),
    desks: &Desks,
    resolved: Resolved,
) -> DraftPage {
    let Resolved { list, names, look_up } = resolved;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let devices: HashSet<_> = list.rows.iter().filter_map(|row| row.request.as_ref().ok()).collect();
    let at_hand = |desk: &Desk| {
        let known = devices.iter().filter(|request| desk.is_at_hand(request)).count();
        let priced = former.map_or(0, |list| priced_by(list, desk));
        known.max(usize::try_from(priced).unwrap_or(usize::MAX)).min(devices.len())
    };
    let buyers = desks.iter().map(|desk| calls_of(desk, number(devices.len() - at_hand(desk)))).collect();
    let at_hand = number(at_hand(desks.first()));
    let waiting = list.rows.iter().filter(|row| !row.questions.is_empty()).count();
    let bad = list.rows.iter().filter(|row| row.request.is_err() && row.questions.is_empty()).count();
    let rows = number(list.rows.len());
    let shown_page = page.page.clamp(1, rows.div_ceil(ROWS_SHOWN).max(1));
    let skipped = usize::try_from((shown_page - 1) * ROWS_SHOWN).unwrap_or(usize::MAX);
    let shown = list.rows.iter().skip(skipped).take(usize::try_from(ROWS_SHOWN).unwrap_or(usize::MAX));
    DraftPage {
        rows,
        waiting: number(waiting),
        bad_rows: number(bad),
        devices: number(devices.len()),
        at_hand,
        buyers: (buyers, page.buyers.1),
        shown: shown.map(|row| read_row(draft, row)).collect(),
        page: shown_page,
        unused: draft.answers().unused(&list.questions).count(),
        questions: list.questions.all().to_vec(),
        models: ModelsPart {
            counts: look_up.counts(&names),
            calls: look_up.calls_needed(&names),
            failure: look_up.failure().cloned(),
            no_search: look_up.is_without_search(),
        },
        passed_over_in_all: number(list.passed_over.len()),
        passed_over: list.passed_over.into_iter().take(SHOWN_PASSED_OVER).collect(),
        ..page
    }
}

/// How many devices of a list have a price of a buyer.
fn priced_by(list: &Batch, desk: &Desk) -> u32 {
    match list.providers.as_slice() {
        [] => list.counts.priced,
        providers => {
            providers.iter().find(|it| it.provider == desk.provider_name()).map_or(0, |it| it.priced)
        }
    }
}

/// The calls that a list takes of a buyer's quota, if it asks for that many devices there.
fn calls_of(desk: &Desk, devices: u32) -> BuyerCalls {
    let limit = desk.daily_quota().map(|_| desk.calls_remaining_for_lists());
    let needed = desk.makes_calls().then_some(devices);
    BuyerCalls { buyer: desk.provider_name().as_str().to_owned(), needed, left: limit }
}

fn read_row(draft: &Draft, row: &ListRow) -> ReadRow {
    ReadRow {
        number: row.number,
        written: draft.said(row.number).unwrap_or_default(),
        form: row.form.as_ref().clone(),
        guessed: row.guessed.to_vec(),
        asked: row.questions.iter().map(|question| question.field).collect(),
        failure: row.request.as_ref().err().filter(|_| row.questions.is_empty()).cloned(),
    }
}
