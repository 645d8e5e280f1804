use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use prometheus_client::encoding::text::encode_eof;
use serde_json::{Value, json};

use super::limits::Limits;
use super::site::Site;

/// How long the records may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// `/healthz`: the process answers.
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// `/readyz`: quotes can be given and recorded. The cause of a failure goes to the log.
/// Settings that could not be read again are told, and keep nobody away: the old ones work.
pub(super) async fn ready(State(desk): State<Desk>, State(site): State<Site>) -> (StatusCode, Json<Value>) {
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
    let settings = if site.mistake().is_some() { "mistaken" } else { "ok" };
    let sandbox = desk.is_sandbox();
    let told = json!({ "ready": ready, "records": records, "settings": settings, "sandbox": sandbox });
    (status, Json(told))
}

/// `/metrics`: what was counted, for Prometheus.
pub(super) async fn metrics(State(desk): State<Desk>, State(limits): State<Limits>) -> Response {
    let written = desk.metrics().and_then(|mut text| {
        limits.write_metrics(&mut text)?;
        encode_eof(&mut text)?;
        Ok(text)
    });
    match written {
        Ok(text) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the metrics cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
