//! `POST /batch/draft/{key}`: what a person presses on the page of a draft.

use std::sync::Arc;
use std::time::Duration;

use app::operator::batch::{COMPARE, LEAVE_HIDDEN_OUT, OWN_WORDS, QUOTE_HIDDEN, signature};
use app::words::{batch_text, questions};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Desk, RecordsError};
use jiff::Timestamp;
use lists::{BatchId, Draft, Drafts, Lists, Resolved};
use sheet::{Answers, Mapping, QuestionId, Source};

use super::columns::{Said, mapping, with_columns};
use super::overview::show_overview;
use crate::web::operator::visit::OperatorVisit;

/// How long a press waits for a look-up, so that a short one shows its result at once.
const LOOK_UP_WAIT: Duration = Duration::from_millis(1_500);
/// The longest answer that is kept, in characters.
const LONGEST_ANSWER: usize = 400;

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
        // A list is not started by columns whose reading was not shown, or that are still to be named.
        let is_shown = said.get("read_by").is_none_or(|shown| *shown == signature(&mapping));
        let is_named = mapping.missing().is_empty();
        if !starts || !is_shown || !is_named || has_wrong_answers(&desk, &draft, &mapping).await {
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
    let former = Drafts::list_of(&key);
    if press == "discard" {
        draft.discard();
        let way = former.map_or("/batch".to_owned(), |id| format!("/batch/{}", id.0));
        return Redirect::to(&visit.link(&way)).into_response();
    }
    match keep((&lists, &drafts), &draft, former, &said, press == "start").await {
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

/// Whether an answer does not answer its question, so that the page has to be shown again.
async fn has_wrong_answers(desk: &Desk, draft: &Arc<Draft>, mapping: &Mapping) -> bool {
    let Ok(Resolved { list, .. }) = draft.resolved(&desk.quoter(), mapping).await else { return false };
    list.questions.all().iter().filter_map(|it| it.given.as_ref()).any(|given| !given.is_allowed)
}

/// Turns the draft into a list, unless it contains no device. `former` is the list that was made of it before. While the
/// list has open questions, the draft is kept, to answer them.
async fn keep(
    (lists, drafts): (&Lists, &Drafts),
    draft: &Arc<Draft>,
    former: Option<BatchId>,
    said: &Said,
    start: bool,
) -> Result<Option<BatchId>, RecordsError> {
    let (columns, now) = (mapping(draft, said), Timestamp::now());
    let Some(id) = lists.add(draft, columns.clone(), former, now).await? else { return Ok(None) };
    if said.contains_key(COMPARE) {
        lists.ask_all(id).await?;
    }
    if start {
        lists.start(id).await?;
    }
    let remarks = lists::remarks(lists.records(), id).await?;
    if remarks.open() > 0 {
        draft.use_columns(columns);
        drafts.keep(Drafts::key_of(id), Arc::clone(draft), now).await;
    }
    Ok(Some(id))
}
