//! The checks before a call is answered, in the partner's order.

use aihuishou::{Parameters, sign};
use axum::http::{HeaderMap, StatusCode, header};
use domain::UTC8;
use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use crate::Sandbox;

/// How far a timestamp may be from the current time, either way.
const LEEWAY: SignedDuration = SignedDuration::from_mins(5);

/// A refusal as the partner sends it: an HTTP status and a message.
#[derive(Debug)]
pub(crate) struct Refusal(pub(crate) StatusCode, pub(crate) String);

pub(crate) fn refuse<T>(status: StatusCode, message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(status, message.into()))
}

/// The parameters in a body, a form or JSON, and its signature; empty if there is none.
pub(crate) fn parameters(headers: &HeaderMap, body: &[u8]) -> Result<(Parameters, String), Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let pairs: Vec<(String, String)> = if kind.starts_with("application/json") {
        let Ok(serde_json::Value::Object(object)) = serde_json::from_slice(body) else {
            return refuse(StatusCode::BAD_REQUEST, "参数格式错误：不是 UTF-8 的 JSON 对象");
        };
        object
            .into_iter()
            .map(|(name, value)| (name, value.as_str().unwrap_or_default().to_owned()))
            .collect()
    } else {
        let pairs: Vec<_> = url::form_urlencoded::parse(body).into_owned().collect();
        // The form parser replaces bytes that are not UTF-8 by this character.
        if pairs.iter().any(|(_, value)| value.contains('\u{fffd}')) {
            return refuse(StatusCode::BAD_REQUEST, "参数编码错误：中文须为 UTF-8");
        }
        pairs
    };
    let claimed = pairs.iter().find(|(name, _)| name == "sign").map(|(_, value)| value.clone());
    Ok((Parameters::new(pairs), claimed.unwrap_or_default()))
}

impl Sandbox {
    /// Refuses a call without its common parameters, of another account, from an address that is not allowed, with
    /// a wrong signature, or with a timestamp too far from `now`.
    pub(crate) fn authorise(
        &self,
        given: &Parameters,
        claimed: &str,
        address: std::net::IpAddr,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        require(given, &["app_id", "timestamp", "version"])?;
        if claimed.is_empty() {
            return refuse(StatusCode::BAD_REQUEST, "缺少参数 sign");
        }
        if given.get("app_id") != Some(self.account.app_id()) {
            return refuse(StatusCode::UNAUTHORIZED, "app_id 无效");
        }
        if !self.state.allows(address) {
            return refuse(StatusCode::UNAUTHORIZED, "IP 不在白名单");
        }
        if !sign(given, self.account.secret()).verify(claimed) {
            return refuse(StatusCode::UNAUTHORIZED, "签名错误");
        }
        let stamped = given.get("timestamp").and_then(|text| text.parse::<DateTime>().ok());
        let Some(stamped) = stamped.and_then(|civil| UTC8.to_timestamp(civil).ok()) else {
            return refuse(StatusCode::BAD_REQUEST, "timestamp 格式错误，应为 YYYY-MM-DD HH:MM:SS");
        };
        if now.duration_since(stamped).abs() > LEEWAY {
            return refuse(StatusCode::BAD_REQUEST, "timestamp 与服务器时间相差超过 5 分钟（UTC+8）");
        }
        Ok(())
    }

    /// Spends `calls` of the day's quota. Refuses, and spends nothing, where fewer remain.
    pub(crate) fn spend(&self, calls: u32, now: Timestamp) -> Result<(), Refusal> {
        match self.state.spend(calls, now) {
            true => Ok(()),
            false => refuse(StatusCode::FORBIDDEN, "今日配额已用完"),
        }
    }
}

/// Refuses a call that lacks a parameter of `names`.
pub(crate) fn require(given: &Parameters, names: &[&str]) -> Result<(), Refusal> {
    match names.iter().find(|name| given.get(name).is_none()) {
        Some(missing) => refuse(StatusCode::BAD_REQUEST, format!("缺少参数 {missing}")),
        None => Ok(()),
    }
}
