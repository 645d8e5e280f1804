//! The routes: the partner's three calls, and the sandbox's own for faults and counters.

use std::net::{IpAddr, SocketAddr};

use aihuishou::wire::{Envelope, SearchData, SearchItem};
use aihuishou::{Number, Parameters, Profile};
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use domain::{Category, Term};
use jiff::Timestamp;
use serde_json::Value;

use crate::checks::{Refusal, parameters, refuse, require};
use crate::faults::Faults;
use crate::inquiry::{Answer, REQUIRED, inquiry};
use crate::success::success;
use crate::{Sandbox, batch, search};

impl Sandbox {
    /// The routes, to be served at the root of an address.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/api/v2/{call}", post(call))
            .route("/_sandbox/faults", post(faults))
            .route("/_sandbox/stats", get(async |State(sandbox): State<Self>| Json(sandbox.stats())))
            .with_state(self.clone())
    }
}

async fn faults(State(sandbox): State<Sandbox>, Json(faults): Json<Faults>) -> StatusCode {
    sandbox.state.apply(faults);
    StatusCode::NO_CONTENT
}

async fn call(
    State(sandbox): State<Sandbox>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(call): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (under_way, latency, failure) = sandbox.state.begin();
    tokio::time::sleep(latency).await;
    let now = sandbox.now();
    let answer = match failure.map(StatusCode::from_u16) {
        Some(Ok(status)) => refuse(status, "沙盒按设置返回的错误"),
        _ => answer(&sandbox, &call, peer.ip(), &headers, &body, now).await,
    };
    let mut response = match answer {
        Ok(response) => response,
        Err(Refusal(status, message)) => {
            let refusal = Envelope::<Value> {
                code: Some(Number(status.as_u16().into())),
                msg: Some(message),
                data: None,
            };
            (status, Json(refusal)).into_response()
        }
    };
    under_way.ended(response.status().as_u16());
    if let Ok(date) = http_date(now).parse() {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

async fn answer(
    sandbox: &Sandbox,
    call: &str,
    address: IpAddr,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<Response, Refusal> {
    let (given, claimed) = match call {
        Profile::INQUIRY | Profile::BATCH_INQUIRY | Profile::SEARCH => parameters(headers, body)?,
        _ => return Ok((StatusCode::NOT_FOUND, "404 page not found").into_response()),
    };
    match call {
        Profile::SEARCH => {
            sandbox.authorise(&given, &claimed, address, now)?;
            sandbox.spend(1, now)?;
            Ok(found(sandbox, &given, now))
        }
        Profile::BATCH_INQUIRY => {
            let devices = batch::devices(&given)?;
            let spends = u32::try_from(devices.len()).unwrap_or(u32::MAX);
            sandbox.authorise(&given, &claimed, address, now)?;
            if !sandbox.state.allows_batches() {
                return refuse(StatusCode::FORBIDDEN, "无此接口权限：批量询价");
            }
            sandbox.spend(spends, now)?;
            Ok(batch::answer(sandbox, &devices, now).await)
        }
        _ => {
            require(&given, &REQUIRED)?;
            sandbox.authorise(&given, &claimed, address, now)?;
            sandbox.spend(1, now)?;
            Ok(match inquiry(sandbox, &given, now).await? {
                Answer::Price(data) => success(data),
                Answer::Garbled => {
                    let text = "{\"code\":0,\"data\":{\"price_in";
                    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
                }
            })
        }
    }
}

fn found(sandbox: &Sandbox, given: &Parameters, now: Timestamp) -> Response {
    let category = given.get("device_type").and_then(Category::find);
    let items = search::search(
        &sandbox.catalogue,
        given.get("keyword").unwrap_or_default(),
        category,
        given.get("brand"),
        domain::UTC8.to_datetime(now).date(),
    );
    let items = items
        .into_iter()
        .map(|item| SearchItem {
            device_type: Some(item.device_type.word().to_owned()),
            brand: Some(item.brand),
            model: Some(item.model),
            storages: item.storages,
            rams: item.rams,
        })
        .collect();
    success(SearchData { items })
}

fn http_date(now: Timestamp) -> String {
    jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now).unwrap_or_default()
}
