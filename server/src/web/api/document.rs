//! The OpenAPI document: what the routes say of themselves, and what holds for all of them.

use std::sync::Arc;

use axum::Json;
use axum::extract::Extension;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, Header, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder, Responses,
};
use utoipa::{OpenApi as _, openapi};

use super::problem::Problem;

const PROBLEM: &str = "application/problem+json";
const SCHEME: &str = "api_key";

/// What holds for the whole API.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Trade-in API",
        version = "1",
        description = "For the backends of shops: what a device is worth, and offers that an order redeems. \
            Money is in fen (1/100 yuan), times are RFC 3339 with +08:00, and what is not known is `null`. \
            New fields and new kinds of events may be added at any time.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    servers((url = "/api/v1")),
    components(schemas(Problem)),
    tags(
        (name = "quotes", description = "What devices are worth"),
        (name = "offers", description = "One shopper's acceptance of one quote"),
        (name = "events", description = "What happened"),
        (name = "usage", description = "What was used"),
        (name = "document", description = "This document"),
    ),
)]
struct Base;

/// The document before the routes are added.
pub(super) fn base() -> OpenApi {
    Base::openapi()
}

/// Read this document.
///
/// It needs no key.
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "getDocument", tag = "document", security(()),
    responses((status = 200, description = "This document", body = Object)),
)]
pub(super) async fn show(Extension(document): Extension<Arc<OpenApi>>) -> Json<Arc<OpenApi>> {
    Json(document)
}

/// Adds what holds for every call: the key, the limit, the `Idempotency-Key`, and failures.
pub(super) fn complete(mut document: OpenApi) -> OpenApi {
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("tik_live_… or tik_test_…");
    let about =
        "The merchant's key: `Authorization: Bearer KEY`. The operator makes it with `tradein keys create`.";
    let scheme = SecurityScheme::Http(bearer.description(Some(about)).build());
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(SCHEME, scheme);
    for (status, name, about) in EVERY.iter().chain(&OF_POSTS) {
        components.responses.insert((*name).to_owned(), RefOr::T(problem(status, about)));
    }
    document.security = Some(vec![SecurityRequirement::new(SCHEME, Vec::<String>::new())]);
    for item in document.paths.paths.values_mut() {
        if let Some(operation) = &mut item.get {
            add_failures(operation, &EVERY);
        }
        if let Some(operation) = &mut item.post {
            add_failures(operation, &EVERY);
            add_failures(operation, &OF_POSTS);
            operation.parameters.get_or_insert_default().push(idempotency_key());
        }
    }
    document
}

/// A failure that many calls may have: its status, its name in the document, and when it comes.
type Common = (&'static str, &'static str, &'static str);

/// Failures that each call with a key may have.
const EVERY: [Common; 4] = [
    ("400", "Unreadable", "`invalid_input`: the request cannot be read"),
    ("401", "Unauthorized", "`unauthorized`: the key is missing or not valid"),
    ("429", "RateLimited", "`rate_limited`: wait as `Retry-After` says"),
    ("500", "Internal", "`internal`: an error on our side; repeat the request"),
];

/// Failures that each POST may have besides.
const OF_POSTS: [Common; 6] = [
    ("403", "NotAllowed", "`not_allowed`: the key permits reading only"),
    ("408", "TooSlow", "`invalid_input`: the body came too slowly"),
    (
        "409",
        "Conflict",
        "`conflict`: the first request with this `Idempotency-Key` is under way. `not_accepted`: the device or the quote \
         is not accepted, see `reason`",
    ),
    ("413", "TooLong", "`invalid_input`: the body is longer than 48 KiB"),
    ("415", "NotJson", "`invalid_input`: the body is not `application/json`"),
    (
        "422",
        "Invalid",
        "`invalid_input`: fields are invalid, or the `Idempotency-Key` was used for another request",
    ),
];

/// Adds the failures that the operation does not describe itself, and the headers of its answer.
fn add_failures(operation: &mut Operation, failures: &[Common]) {
    if operation.operation_id.as_deref() == Some("getDocument") {
        return;
    }
    let Responses { responses, .. } = &mut operation.responses;
    for (status, name, _) in failures {
        let common = || RefOr::Ref(Ref::from_response_name(*name));
        responses.entry((*status).to_owned()).or_insert_with(common);
    }
    for (status, response) in responses.iter_mut() {
        if let RefOr::T(response) = response
            && status.starts_with('2')
        {
            response.headers.extend(limits());
        }
    }
}

/// The headers of an answer to a call with a key.
fn limits() -> [(String, Header); 2] {
    let left = "What is left of the limit, such as `\"default\";r=599;t=1`: calls, and seconds until all are there again";
    let policy = "The limit, such as `\"default\";q=600;w=60`: calls in so many seconds";
    [("RateLimit".to_owned(), header(left)), ("RateLimit-Policy".to_owned(), header(policy))]
}

fn problem(status: &str, about: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let mut response = ResponseBuilder::new().description(about).content(PROBLEM, content).build();
    if status == "401" {
        response.headers.insert("WWW-Authenticate".to_owned(), header("`Bearer`"));
    } else {
        response.headers.extend(limits());
    }
    if status == "429" {
        response.headers.insert("Retry-After".to_owned(), header("Seconds to wait"));
    }
    response
}

fn header(about: &str) -> Header {
    let text = ObjectBuilder::new().schema_type(SchemaType::Type(Type::String));
    HeaderBuilder::new().schema(text).description(Some(about)).build()
}

fn idempotency_key() -> Parameter {
    let text = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .min_length(Some(1))
        .max_length(Some(255))
        .pattern(Some("^[!-~]+$"));
    let about = "Any text of yours that names this request. If the request is repeated with it within a day, it is \
                 done once and gets the same answer; another body or path with it is refused. It holds for each route \
                 by itself.";
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(about))
        .schema(Some(openapi::Schema::Object(text.build())))
        .build()
}

#[cfg(test)]
mod tests;
