//! `/batch/draft/{key}/answers`: a report whose questions were filled in.

use app::operator::batch::COMPARE;
use app::words::{batch_text, questions};
use axum::extract::multipart::Multipart;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use lists::{Drafts, Lists};
use sheet::Source;

use super::columns::{Said, mapping, with_columns};
use super::draft::show_draft;
use super::overview::{Untaken, file};
use crate::reading::Reader;
use crate::web::operator::visit::OperatorVisit;

/// `POST /batch/draft/{key}/answers`: takes over the answers of a report that is handed back.
pub(in crate::web) async fn take(
    State(lists): State<Lists>,
    State(drafts): State<Drafts>,
    State(reader): State<Reader>,
    Path(key): Path<String>,
    Query(said): Query<Said>,
    visit: OperatorVisit,
    form: Multipart,
) -> Response {
    let locale = visit.locale();
    let read = async {
        let (name, bytes) = file(form).await?;
        let answers = reader.read_answers(&bytes).await;
        answers.map(|answers| (name.clone(), answers)).map_err(|error| Untaken::Unreadable(name, error))
    };
    let problem = match (read.await, drafts.get(&key).await) {
        (Ok((_, answers)), Some(draft)) if answers.iter().any(|answer| !answer.text.is_empty()) => {
            draft.answer(|known| {
                for answer in answers {
                    known.set(answer.id, Source::Person, &questions::trade_word(&answer.text));
                }
            });
            drafts.said(&key, &draft, lists.desks().first().now()).await;
            let link = visit.link(&format!("/batch/draft/{key}"));
            let link = with_columns(link, &draft, &mapping(&draft, &said), said.contains_key(COMPARE), None);
            return Redirect::to(&link).into_response();
        }
        (Ok((name, answers)), _) => {
            let is_empty = !answers.is_empty();
            let text = if is_empty { batch_text::answers_empty } else { batch_text::answers_none };
            (StatusCode::UNPROCESSABLE_ENTITY, text(locale, &name))
        }
        (Err(untaken), _) => untaken.told(locale),
    };
    show_draft(visit, (lists.desks().first(), &lists, &drafts), key, &said, Some(problem)).await
}
