//! `/batch/{id}`: one device list.

use app::operator::batch::{ListPage, RowsQuery, draw_list};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::Desk;
use domain::{Failure, Moment};
use lists::{Batch, Drafts, Lists, compared_rows, each_to_best};
use serde::Deserialize;
use sheet::Remarks;

use super::found::{find, listed, unreadable};
use crate::web::edge::headers::Life;
use crate::web::operator::visit::OperatorVisit;

/// `GET /batch/{id}`
pub(in crate::web) async fn show(
    State(desk): State<Desk>,
    State(lists): State<Lists>,
    State(drafts): State<Drafts>,
    Path(id): Path<String>,
    Query(asked): Query<RowsQuery>,
    visit: OperatorVisit,
) -> Response {
    let page = async {
        let batch = find(&lists, &id).await?;
        let (records, id, rows) = (lists.records(), batch.id, asked.asked());
        let mut found = records.batch_rows_by(id, &rows).await.map_err(unreadable)?;
        let remarks = lists::remarks(records, id).await.map_err(unreadable)?;
        let draft = draft_of(&drafts, &batch, &remarks).await;
        let providers: Vec<_> = batch.providers.iter().map(|it| it.provider.clone()).collect();
        let now = Moment::new(desk.now());
        let compared = compared_rows(records, id, &providers, found.rows, now).await.map_err(unreadable)?;
        found.rows = compared.into_iter().map(|compared| compared.row).collect();
        let (rows, totals) = (records.batch_row_counts(id).await, records.batch_totals(id).await);
        // Of a list that compares, the sums of each buyer are shown instead.
        let worth = if providers.is_empty() { records.batch_worth(id).await } else { Ok(Vec::new()) };
        let list = listed(&lists, batch);
        // Each answer of a list at work would change it, and it takes a look at every row.
        let each_to_best = match list.work {
            None => each_to_best(records, id, now, |_| {}).await.map_err(unreadable)?,
            Some(_) => None,
        };
        Ok::<_, Failure>(ListPage {
            list,
            asked,
            found,
            questions: remarks.questions,
            draft,
            rows: rows.map_err(unreadable)?,
            worth: worth.map_err(unreadable)?,
            totals: (totals.map_err(unreadable)?, each_to_best),
            calls_left: desk.calls_remaining_for_lists(),
        })
    };
    match page.await {
        Ok(page) => {
            let text = draw_list(&visit.visit.setting, &page);
            visit.visit.lasting(Life::Personal, StatusCode::OK, text).into_response()
        }
        Err(failure) => visit.refuse(failure),
    }
}

/// The key of the draft that a list with open questions was made of; `None` if it is not kept any more.
async fn draft_of(drafts: &Drafts, batch: &Batch, remarks: &Remarks) -> Option<String> {
    let is_kept = remarks.open() > 0 && drafts.has_draft_of(batch.id).await;
    is_kept.then(|| Drafts::key_of(batch.id))
}

/// The form of a button.
#[derive(Deserialize)]
pub(in crate::web) struct Press {
    #[serde(default)]
    r#do: String,
}

/// `POST /batch/{id}`: starts, pauses, cancels or deletes a list.
pub(in crate::web) async fn act(
    State(lists): State<Lists>,
    State(drafts): State<Drafts>,
    Path(id): Path<String>,
    visit: OperatorVisit,
    Form(press): Form<Press>,
) -> Response {
    let done = async {
        let id = find(&lists, &id).await?.id;
        let done = match press.r#do.as_str() {
            "start" => lists.start(id).await,
            "pause" => lists.pause(id).await,
            "cancel" => lists.cancel(id).await,
            "delete" => {
                lists.delete(id).await.map_err(unreadable)?;
                // All that was in the file is deleted.
                drafts.delete_draft_of(id).await.map_err(unreadable)?;
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
