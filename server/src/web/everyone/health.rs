use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use checkout::Checkout;
use desk::{Desk, Desks};
use fleet::Health;
use prometheus_client::encoding::text::encode_eof;
use serde_json::{Value, json};

use crate::offers::write_metrics;
use crate::web::edge::limits::Limits;
use crate::web::operator::{Operator, OperatorsProgram};
use crate::web::site::Site;

/// How long the records may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// `/healthz`: the process is running.
pub(in crate::web) async fn live() -> &'static str {
    "ok\n"
}

/// `/readyz`: whether quotes can be given and recorded. Only the operator sees why not; the cause is logged.
/// Settings that could not be reloaded are mentioned, but the server counts as ready, since it goes on with
/// the old ones.
pub(in crate::web) async fn ready(
    State(desk): State<Desk>,
    State(site): State<Site>,
    operator: Option<Operator>,
) -> (StatusCode, Json<Value>) {
    let (records, cause, why) = match tokio::time::timeout(PATIENCE, desk.ready()).await {
        Ok(Ok(())) => ("ok", None, None),
        Ok(Err(error)) => {
            tracing::error!(%error, "the records do not take what is written");
            ("failing", Some(error.cause()), Some(error.to_string()))
        }
        Err(_) => {
            tracing::error!("the records do not answer in time");
            ("slow", None, None)
        }
    };
    let count = if desk.knows_the_count() { "known" } else { "unknown" };
    let ready = records == "ok" && desk.knows_the_count();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let told = if operator.is_some() {
        let settings = if site.mistake().is_some() { "mistaken" } else { "ok" };
        let visitors = if site.proxies().make_visitors_alike() { "alike" } else { "ok" };
        let redis = desk.fleet().check().await;
        json!({
            "ready": ready,
            "records": records,
            "cause": cause,
            "why": why,
            "count": count,
            "redis": redis.as_ref().map(redis_state),
            "settings": settings,
            "visitors": visitors,
            "sandbox": desk.is_sandbox(),
        })
    } else {
        json!({ "ready": ready })
    };
    (status, Json(told))
}

/// What the operator is told of Redis: `ok`, or the cause of its failure. Without it, the server goes on
/// alone, so it counts as ready.
fn redis_state(health: &Health) -> &'static str {
    match &health.last_fault {
        Some(fault) if !health.reachable => fault.cause.name(),
        _ => "ok",
    }
}

/// `/metrics`: the metrics, for the operator.
pub(in crate::web) async fn metrics(
    _: OperatorsProgram,
    desks: State<Desks>,
    checkout: State<Arc<Checkout>>,
    limits: State<Limits>,
) -> Response {
    open_metrics(desks, checkout, limits).await
}

/// `/metrics` at its own address: the metrics, for Prometheus.
pub(in crate::web) async fn open_metrics(
    State(desks): State<Desks>,
    State(checkout): State<Arc<Checkout>>,
    State(limits): State<Limits>,
) -> Response {
    let written = async {
        let mut text = desks.metrics()?;
        write_metrics(&checkout, &mut text).await?;
        limits.write_metrics(&mut text)?;
        desks.fleet().write_metrics(&mut text)?;
        encode_eof(&mut text)?;
        Ok::<_, std::fmt::Error>(text)
    };
    match written.await {
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
