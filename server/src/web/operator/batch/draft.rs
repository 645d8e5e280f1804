//! `/batch/draft/{key}`: how a file was read, and the answers to its questions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use app::operator::batch::{
    COMPARE, DraftPage, LEAVE_HIDDEN_OUT, ModelsPart, OWN_WORDS, QUOTE_HIDDEN, ROWS_SHOWN, ReadRow,
    draw_draft, draw_look_up, signature,
};
use app::words::buyers::BuyerCalls;
use app::words::{batch_text, questions};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::REFRESH;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Desk, Desks, RecordsError};
use domain::{Failure, Field};
use jiff::Timestamp;
use lists::{BatchId, Draft, Drafts, Lists, Resolved};
use sheet::{Answers, ListRow, Mapping, QuestionId, Source};

use super::overview::show_overview;
use crate::web::edge::headers::Life;
use crate::web::edge::refused::Refused;
use crate::web::operator::visit::OperatorVisit;

/// How many lines that are not quoted are shown.
const SHOWN_PASSED_OVER: usize = 50;

/// How long a press waits for a look-up, so that a short one shows its result at once.
const LOOK_UP_WAIT: Duration = Duration::from_millis(1_500);
/// After how many seconds the page of a look-up is loaded again.
const LOOK_AGAIN: &str = "2";

/// The columns of the fields by their numbers from 0, as the form gives them. If the form has not been sent
/// yet, they are recognised from the headings.
pub(in crate::web) type Said = HashMap<String, String>;

pub(super) fn mapping(draft: &Draft, said: &Said) -> Mapping {
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

/// The columns that a person has named, for the page's address; none if they are as they were recognised.
fn named_columns(draft: &Draft, mapping: &Mapping) -> Vec<(Field, String)> {
    if *mapping == draft.recognised() {
        return Vec::new();
    }
    let column = |field: Field| {
        let column = mapping.columns().find(|(it, _)| *it == field).map(|(_, column)| column.to_string());
        (field, column.unwrap_or_default())
    };
    Field::OF_A_DEVICE.map(column).into()
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
        before: before.map(|id| id.0),
    };
    // A long list takes a moment, so this runs on a thread for blocking work.
    let (setting, asked) = (visit.visit.setting.clone(), lists.desks().clone());
    let drawn = tokio::task::spawn_blocking(move || {
        let resolved = resolved.map_err(|error| batch_text::unreadable(setting.locale, &error))?;
        Ok::<_, String>(draw_draft(&setting, &with_rows(page, &draft, &asked, resolved)))
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

/// The page with the content of the rows.
fn with_rows(page: DraftPage, draft: &Draft, desks: &Desks, resolved: Resolved) -> DraftPage {
    let Resolved { list, names, look_up } = resolved;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let devices: HashSet<_> = list.rows.iter().filter_map(|row| row.request.as_ref().ok()).collect();
    let at_hand = |desk: &Desk| devices.iter().filter(|request| desk.is_at_hand(request)).count();
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

/// Takes over the answers of a form. A field that is missing changes nothing. An answer that was remembered stays so
/// until another one is given.
fn take_answers(answers: &mut Answers, said: &Said) {
    for (name, chosen) in said {
        let Some(id) = QuestionId::read(name) else { continue };
        let own = said.get(&format!("{name}{OWN_WORDS}")).map_or("", |own| own.trim());
        let words: String = if own.is_empty() { chosen } else { own }.chars().take(LONGEST_ANSWER).collect();
        let text = questions::trade_word(&words);
        let is_known = answers.iter().any(|(known, _, answer)| *known == id && answer == text);
        if !is_known {
            answers.set(id, Source::Person, &text);
        }
    }
}

/// The longest answer that is kept, in characters.
const LONGEST_ANSWER: usize = 400;

/// Whether an answer does not answer its question, so that the page has to be shown again.
async fn has_wrong_answers(desk: &Desk, draft: &Arc<Draft>, mapping: &Mapping) -> bool {
    let Ok(Resolved { list, .. }) = draft.resolved(&desk.quoter(), mapping).await else { return false };
    list.questions.all().iter().filter_map(|it| it.given.as_ref()).any(|given| !given.is_allowed)
}

/// `POST /batch/draft/{key}`: takes over the answers; looks up the models; turns the draft into a list, started or not, or discards it.
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
    if press != "discard"
        && let Some(draft) = drafts.get(&key).await
    {
        draft.answer(|answers| take_answers(answers, &said));
        if press == LEAVE_HIDDEN_OUT || press == QUOTE_HIDDEN {
            draft.leave_hidden_out(press == LEAVE_HIDDEN_OUT);
        }
        drafts.said(&key, &draft, desk.now()).await;
        let mapping = mapping(&draft, &said);
        let starts = matches!(press, "start" | "keep");
        if press == "look-up" {
            let look_up = tokio::spawn(Arc::clone(&draft).look_up(desk.quoter(), mapping.clone()));
            // If it takes longer, it goes on, and the page tells how far it is.
            let _ = tokio::time::timeout(LOOK_UP_WAIT, look_up).await;
        }
        // A list is not started by columns whose reading was not shown.
        let is_shown = said.get("read_by").is_none_or(|shown| *shown == signature(&mapping));
        if !starts || !is_shown || has_wrong_answers(&desk, &draft, &mapping).await {
            let page = said.get("page").and_then(|page| page.parse().ok());
            let link = visit.link(&format!("/batch/draft/{key}"));
            let compare = said.contains_key(COMPARE);
            return Redirect::to(&with_columns(link, &draft, &mapping, compare, page)).into_response();
        }
    }
    let draft = match drafts.take(&key).await {
        Ok(Some(draft)) => draft,
        Ok(None) => {
            let problem = batch_text::draft_gone(locale).to_owned();
            return show_overview(visit, &desk, &lists, &drafts, StatusCode::NOT_FOUND, Some(problem)).await;
        }
        Err(error) => return not_kept(visit, (&desk, &lists, &drafts), &error).await,
    };
    if press == "discard" {
        draft.discard();
        return Redirect::to(&visit.link("/batch")).into_response();
    }
    match keep(&lists, &draft, &said, press == "start").await {
        Ok(Some(id)) => Redirect::to(&visit.link(&format!("/batch/{}", id.0))).into_response(),
        Ok(None) => {
            let way = visit.link(&format!("/batch/draft/{key}"));
            drafts.keep(key, draft, desk.now()).await;
            Redirect::to(&way).into_response()
        }
        Err(error) => {
            drafts.keep(key, draft, desk.now()).await;
            not_kept(visit, (&desk, &lists, &drafts), &error).await
        }
    }
}

/// The answer if the records cannot be written. The draft is still there.
async fn not_kept(
    visit: OperatorVisit,
    (desk, lists, drafts): (&Desk, &Lists, &Drafts),
    error: &RecordsError,
) -> Response {
    tracing::error!(%error, "a device list cannot be kept");
    let problem = batch_text::not_kept(visit.locale()).to_owned();
    show_overview(visit, desk, lists, drafts, StatusCode::SERVICE_UNAVAILABLE, Some(problem)).await
}

/// The page's address with the columns that a person has named, whether all buyers are to be asked, and the page of rows.
pub(super) fn with_columns(
    link: String,
    draft: &Draft,
    mapping: &Mapping,
    compare: bool,
    page: Option<u32>,
) -> String {
    let columns = named_columns(draft, mapping);
    let columns = columns.iter().map(|(field, column)| format!("{}={column}", field.name()));
    let pairs =
        columns.chain(compare.then(|| format!("{COMPARE}=1"))).chain(page.map(|page| format!("page={page}")));
    let link = pairs.fold(link, |link, pair| {
        let mark = if link.contains('?') { '&' } else { '?' };
        format!("{link}{mark}{pair}")
    });
    if page.is_some() { link + "#rows" } else { link }
}

/// Turns the draft into a list, unless it contains no device.
async fn keep(
    lists: &Lists,
    draft: &Arc<Draft>,
    said: &Said,
    start: bool,
) -> Result<Option<BatchId>, RecordsError> {
    let added = lists.add(draft, mapping(draft, said), Timestamp::now()).await?;
    if let Some(id) = added.filter(|_| said.contains_key(COMPARE)) {
        lists.ask_all(id).await?;
    }
    if let Some(id) = added.filter(|_| start) {
        lists.start(id).await?;
    }
    Ok(added)
}
