//! The values that a backend sends, read one by one, so that every invalid one is reported at once.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde_json::{Map, Value};

use super::failure::ApiFailure;
use super::invalid_field::InvalidField;
use crate::web::edge::headers::text;
use crate::web::edge::request_body::LONGEST;

/// What is wrong with one value: the name for programs, and the text for people.
type Wrong = (&'static str, String);

/// The values of a request by name, and the invalid ones so far. A value that is `null` counts as not sent.
#[derive(Debug, Default)]
pub(in crate::web) struct Fields {
    values: Map<String, Value>,
    invalid: Vec<InvalidField>,
}

/// The values of a JSON body.
#[derive(Debug)]
pub(in crate::web) struct Sent(pub(in crate::web) Fields);

/// The values of an address's query. Of a name that is there twice, the last value counts.
#[derive(Debug)]
pub(in crate::web) struct Asked(pub(in crate::web) Fields);

impl Fields {
    fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|value| !value.is_null())
    }

    /// The value that `read` makes of the field, if the field was sent. `None` also if it is invalid, which is
    /// reported by [`Self::finish`].
    pub(in crate::web) fn optional<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&Value) -> Result<T, Wrong>,
    ) -> Option<T> {
        match read(self.value(name)?) {
            Ok(value) => Some(value),
            Err((problem, message)) => {
                self.invalid.push(InvalidField::new(name, problem, message));
                None
            }
        }
    }

    /// The same for a field that has to be sent.
    pub(in crate::web) fn required<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&Value) -> Result<T, Wrong>,
    ) -> Option<T> {
        if self.value(name).is_none() {
            self.invalid.push(InvalidField::new(name, "missing", "is missing"));
        }
        self.optional(name, read)
    }

    /// Notes that a field is wrong.
    pub(in crate::web) fn refuse(&mut self, field: InvalidField) {
        self.invalid.push(field);
    }

    /// `made`, if all fields are valid. It is `None` only if a required field is not.
    ///
    /// # Errors
    /// [`ApiFailure::Invalid`] with every invalid field.
    pub(in crate::web) fn finish<T>(self, made: Option<T>) -> Result<T, ApiFailure> {
        made.filter(|_| self.invalid.is_empty()).ok_or(ApiFailure::Invalid(self.invalid))
    }
}

/// Reads a text by `parse`, whose error says what the field takes.
pub(in crate::web) fn text_as<T, E: ToString>(
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> impl FnOnce(&Value) -> Result<T, Wrong> {
    move |value| {
        let text = value.as_str().ok_or_else(|| ("malformed", "is not a text".to_owned()))?;
        parse(text).map_err(|error| ("malformed", format!("is not valid: {}", error.to_string())))
    }
}

/// Reads any text.
pub(in crate::web) fn text_of(value: &Value) -> Result<String, Wrong> {
    text_as(|text| Ok::<_, &str>(text.to_owned()))(value)
}

/// Reads an integer. A fraction of 0, such as `5.0`, is none: money is counted in whole fen.
pub(in crate::web) fn integer(value: &Value) -> Result<i64, Wrong> {
    value.as_i64().ok_or_else(|| ("malformed", "is not a whole number of 64 bits".to_owned()))
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = ApiFailure;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiFailure> {
        let kind = text(request.headers(), header::CONTENT_TYPE);
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            let why = "the body has to be application/json, and Content-Type has to say so";
            return Err(ApiFailure::Unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
        }
        let unreadable = |why| ApiFailure::Unreadable(StatusCode::BAD_REQUEST, why);
        let body = to_bytes(request.into_body(), LONGEST).await;
        let body = body.map_err(|_| unreadable("the body broke off"))?;
        match serde_json::from_slice(&body) {
            Ok(Value::Object(values)) => Ok(Self(Fields { values, invalid: Vec::new() })),
            Ok(_) => {
                let whole = InvalidField::new("body", "malformed", "is not a JSON object");
                Err(ApiFailure::Invalid(vec![whole]))
            }
            Err(_) => Err(unreadable("the body is not JSON in UTF-8")),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiFailure> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        let values = pairs.map(|(name, value)| (name.into_owned(), value.into_owned().into()));
        Ok(Self(Fields { values: values.collect(), invalid: Vec::new() }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn fields(json: Value) -> Fields {
        let Value::Object(values) = json else { panic!("an object") };
        Fields { values, invalid: Vec::new() }
    }

    #[test]
    fn every_invalid_field_is_reported_at_once() {
        let mut sent = fields(json!({ "amount": 5.0, "currency": 7, "order_id": null }));
        let order = sent.required("order_id", text_of);
        let amount = sent.required("amount", integer);
        let currency = sent.required("currency", text_of);
        let Err(ApiFailure::Invalid(invalid)) = sent.finish(order.zip(amount).zip(currency)) else {
            panic!("it was taken");
        };
        let told: Vec<_> = invalid.iter().map(|field| (&*field.field, field.problem)).collect();
        assert_eq!(told, [("order_id", "missing"), ("amount", "malformed"), ("currency", "malformed")]);
    }

    #[test]
    fn null_counts_as_not_sent_and_unknown_names_are_ignored() {
        let mut sent = fields(json!({ "token": null, "x": 1, "amount": 470_000 }));
        assert_eq!(sent.optional("token", text_of), None);
        let amount = sent.required("amount", integer);
        assert_eq!(sent.finish(amount), Ok(470_000));
    }
}
