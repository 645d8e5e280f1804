//! What a device was lately worth, for `<trade-in-value>` on a merchant's pages: from earlier answers. No call is made
//! for it.

use app::everyone::value::{CARD_DAYS, Card, CardDevice};
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum_extra::headers::HeaderMapExt;
use desk::{Desks, Model};
use domain::{Category, Failure, Field, FieldError, Moment, PlainText, Problem, Term, trades_word};
use serde::Deserialize;

use crate::merchants::{Merchant, PageOrigin};
use crate::web::edge::headers::{hash, is_known, tag, text};
use crate::web::edge::refused::Refused;
use crate::web::site::Site;

/// By browsers and by caches in between. The prices of days change seldom, and an older line is no worse while a new
/// one is fetched.
const LIFE: HeaderValue = HeaderValue::from_static("public, max-age=900, stale-while-revalidate=86400");
/// While no price is known: the first one should show soon.
const LIFE_OF_NOTHING: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// The device, as the shop's page names it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Asked {
    #[serde(rename = "type")]
    device_type: String,
    brand: String,
    model: String,
    storage: String,
}

/// `GET /embed/value/{merchant}?type=&brand=&model=&storage=`: the line, or 204 if no price is known. Other sites than
/// the merchant's are refused.
pub(in crate::web) async fn show(
    State(site): State<Site>,
    State(desks): State<Desks>,
    Path(merchant): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let Some(merchant) = site.merchants().get(&merchant) else {
        return varying(Refused::from(Failure::NotFound).into_response());
    };
    let page = text(&headers, header::ORIGIN);
    let page = match &*page {
        // Not a request of another site's page: one of our own pages, a program, or a cache that asks for all.
        "" => None,
        page => match PageOrigin::of(page) {
            Some(page) if merchant.admits(&page) || site.is_ours(&page, &headers) => Some(page),
            _ => return varying(Refused::from(Failure::NotAllowed).into_response()),
        },
    };
    let answer = match line(&desks, &merchant, &asked).await {
        Ok(Some(card)) => cached(&card, &headers),
        Ok(None) => (StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, LIFE_OF_NOTHING)]).into_response(),
        Err(failure) => Refused::from(failure).into_response(),
    };
    varying(match page {
        Some(page) => open_to(&page, answer),
        None => answer,
    })
}

async fn line(desks: &Desks, merchant: &Merchant, asked: &Asked) -> Result<Option<Card>, Failure> {
    let device = asked.device()?;
    if !merchant.takes(device.device_type) {
        return Ok(None);
    }
    // Those that its widget asks.
    let desks = merchant.desks(desks);
    let today = Moment::new(desks.now()).in_utc8().date();
    let since = today.saturating_sub(jiff::Span::new().days(CARD_DAYS - 1));
    let model = Model { device_type: device.device_type, brand: &device.brand, name: &device.model };
    let history = desks.price_history(model, since).await.map_err(|error| {
        tracing::error!(%error, "what a model was worth cannot be read");
        Failure::Internal { request_id: String::new() }
    })?;
    Ok(Card::new(device, &history, &merchant.id, desks.is_sandbox(), today))
}

impl Asked {
    /// The device in the trade's words, or every invalid field.
    fn device(&self) -> Result<CardDevice, Failure> {
        let mut fields = Vec::new();
        let mut invalid = |field, problem| fields.push(FieldError { field, problem });
        let category = match self.device_type.trim() {
            "" => Err(Problem::Missing),
            text => Category::find(text).ok_or(Problem::NotListed),
        };
        let plain = |field, text: &str| PlainText::parse(&trades_word(field, text));
        let category = category.map_err(|problem| invalid(Field::DeviceType, problem)).ok();
        let brand = plain(Field::Brand, &self.brand).map_err(|problem| invalid(Field::Brand, problem)).ok();
        let model = PlainText::parse(&self.model).map_err(|problem| invalid(Field::Model, problem)).ok();
        let storage = match self.storage.trim() {
            "" => Some(None),
            text => plain(Field::Storage, text)
                .map_err(|problem| invalid(Field::Storage, problem))
                .map(|storage| Some(storage.to_string()))
                .ok(),
        };
        let device = || {
            let (brand, model) = (brand?.to_string(), model?.to_string());
            Some(CardDevice { device_type: category?, brand, model, storage: storage? })
        };
        device().ok_or(Failure::InvalidInput { fields })
    }
}

/// The line as JSON or, if the caller has the current one already, a 304.
fn cached(card: &Card, asked: &HeaderMap) -> Response {
    let Ok(body) = serde_json::to_vec(card) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, LIFE);
    if let Some(tag) = tag(&hash(&body)) {
        headers.typed_insert(tag.clone());
        if is_known(asked, &tag) {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    (headers, Body::from(body)).into_response()
}

/// Lets pages of that origin read the answer.
fn open_to(page: &PageOrigin, mut answer: Response) -> Response {
    if let Ok(page) = HeaderValue::from_str(page.as_str()) {
        answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, page);
    }
    answer
}

/// Caches keep an answer for each site that asks.
fn varying(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("origin"));
    answer
}
