//! Quotes and models: what devices are worth.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use desk::{Desks, Selected};
use domain::{
    CatalogueItem, Category, Comparison, Failure, Field, NotAccepted, QuoteForm, QuoteId, Term, read_form,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::caller::{Caller, Writer};
use super::failure::ApiFailure;
use super::field::{Asked, Fields, Sent, text_as, text_of};
use super::problem::Problem;
use super::schema;

/// A device, by the names of the widget's form. `Quote.device` can be sent as it is.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is described in the document; `QuoteForm` is what is read")]
pub(super) struct DeviceFields {
    /// The kind of device: `phone`, `tablet`, `laptop` or `camera`, or the Chinese word.
    #[schema(min_length = 1, max_length = 100, examples("phone"))]
    device_type: String,
    #[schema(min_length = 1, max_length = 100, examples("苹果"))]
    brand: String,
    /// The exact model, as `GET /models` returns it.
    #[schema(min_length = 1, max_length = 100, examples("iPhone 14 Pro"))]
    model: String,
    #[schema(min_length = 1, max_length = 100, examples("256GB"))]
    storage: String,
    /// The memory: for laptops only, which need it.
    #[schema(max_length = 100)]
    ram: Option<String>,
    /// The cosmetic grade: `new`, `like_new`, `excellent`, `good`, `fair`, `worn` or `poor`, or the Chinese
    /// word.
    #[schema(min_length = 1, max_length = 100, examples("excellent"))]
    condition: String,
    /// `正常` if everything works, or what does not, in words.
    #[schema(max_length = 2180, examples("正常"))]
    function_status: Option<String>,
    /// What does not work, one by one.
    #[schema(max_items = 20)]
    faults: Option<Vec<String>>,
    #[schema(max_length = 100)]
    repair_history: Option<String>,
    #[schema(max_length = 100)]
    purchase_channel: Option<String>,
}

/// Models that were found.
#[derive(Serialize, ToSchema)]
pub(super) struct Models {
    /// The most similar first; at most as many as the partner returns.
    #[schema(value_type = Vec<schema::Model>)]
    data: Vec<CatalogueItem>,
}

/// Ask what a device is worth.
///
/// This may use a call of the day's quota, as a shopper's question does. The same device within ten minutes
/// gets the same quote.
#[utoipa::path(
    post, path = "/quotes", operation_id = "createQuote", tag = "quotes", request_body = DeviceFields,
    responses(
        (status = 201, description = "The quote; where the merchant's providers are compared, the best one", body = schema::Quote),
        (status = 404, description = "`model_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "`partner_refused`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`partner_unavailable` or `quota_exhausted`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn create(
    State(desks): State<Desks>,
    Writer(Caller { merchant, .. }): Writer,
    Sent(mut fields): Sent,
) -> Result<(StatusCode, Json<Comparison>), ApiFailure> {
    let form = form(&mut fields);
    let form = fields.finish(Some(form))?;
    let request = read_form(&form)?;
    if !merchant.takes(request.category()) {
        return Err(Failure::NotAccepted { reason: NotAccepted::NotByShop }.into());
    }
    let quote = merchant.desks(&desks).quote(request).await?;
    Ok((StatusCode::CREATED, Json(quote)))
}

/// The form that the fields make. Texts that are not sent are empty, which the form reports if it needs them.
fn form(fields: &mut Fields) -> QuoteForm {
    let mut form = QuoteForm::default();
    for field in Field::OF_A_DEVICE {
        let text = fields.optional(field.name(), text_of);
        if let (Some(text), Some(place)) = (text, form.text_mut(field)) {
            *place = text;
        }
    }
    let wrong = || ("malformed", "is not a list of texts".to_owned());
    let faults = fields.optional("faults", |value| {
        let faults = value.as_array().ok_or_else(wrong)?;
        faults.iter().map(|fault| fault.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
    });
    form.faults = faults.unwrap_or_default();
    form
}

/// Read a quote.
///
/// Quotes are kept for some days; an offer keeps its own copy for longer.
#[utoipa::path(
    get, path = "/quotes/{id}", operation_id = "getQuote", tag = "quotes",
    params(("id" = String, Path, description = "The quote's id", pattern = "^[0-9A-Za-z]{22}$")),
    responses(
        (status = 200, description = "The quote", body = schema::Quote),
        (status = 404, description = "`not_found`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(desks): State<Desks>,
    Caller { merchant, .. }: Caller,
    Path(id): Path<String>,
) -> Result<Json<Comparison>, ApiFailure> {
    Ok(Json(recall(&merchant.desks(&desks), &id).await?))
}

/// The quote with that id. A sandbox's quote is not found at a live server, nor the other way round.
pub(super) async fn recall(desks: &Selected, id: &str) -> Result<Comparison, ApiFailure> {
    let id = QuoteId::parse(id).ok_or(Failure::NotFound)?;
    let quote = desks.recall(&id).await?;
    if quote.best.sandbox == desks.is_sandbox() { Ok(quote) } else { Err(Failure::NotFound.into()) }
}

/// Search for models.
///
/// This may use a call of the day's quota. Without a keyword, the popular models of the category.
#[utoipa::path(
    get, path = "/models", operation_id = "listModels", tag = "quotes",
    params(
        ("keyword" = Option<String>, Query, description = "A model's name or a part of it: two letters or digits at least, or one Han character", max_length = 100),
        ("device_type" = Option<String>, Query, description = "Only models of this kind: `phone`, `tablet`, `laptop` or `camera`, or the Chinese word", max_length = 100),
    ),
    responses(
        (status = 200, description = "The models", body = Models),
        (status = 422, description = "`invalid_input`", body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "`partner_refused`", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "`partner_unavailable` or `quota_exhausted`", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn models(
    State(desks): State<Desks>,
    Caller { merchant, .. }: Caller,
    Asked(mut fields): Asked,
) -> Result<Json<Models>, ApiFailure> {
    let keyword = fields.optional("keyword", text_of).unwrap_or_default();
    let category = fields.optional("device_type", category).flatten();
    fields.finish(Some(()))?;
    app::shopper::keyword::check(&keyword)?;
    let found = merchant.desks(&desks).search(&keyword, category).await?;
    let data = found.iter().filter(|item| merchant.takes(item.device_type)).cloned().collect();
    Ok(Json(Models { data }))
}

/// A category by its code or word; none for an empty text.
fn category(value: &Value) -> Result<Option<Category>, (&'static str, String)> {
    let text = text_as(|text| Ok::<_, &str>(text.trim().to_owned()))(value)?;
    if text.is_empty() {
        return Ok(None);
    }
    let listed = Category::find(&text).map(Some);
    listed.ok_or_else(|| ("not_listed", "is not one of the listed words".to_owned()))
}
