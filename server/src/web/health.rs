use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use desk::Desk;
use serde_json::{Value, json};

/// How long the records may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// `/healthz`: the process answers.
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// `/readyz`: quotes can be given and recorded. The cause of a failure goes to the log.
pub(super) async fn ready(State(desk): State<Desk>) -> (StatusCode, Json<Value>) {
    let records = match tokio::time::timeout(PATIENCE, desk.ready()).await {
        Ok(Ok(())) => "ok",
        Ok(Err(error)) => {
            tracing::error!(%error, "the records do not answer");
            "failing"
        }
        Err(_) => {
            tracing::error!("the records do not answer in time");
            "slow"
        }
    };
    let ready = records == "ok";
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ready": ready, "records": records, "sandbox": desk.is_sandbox() })))
}
