//! The backend that calls: the merchant that its API key belongs to.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{self, HeaderMap};
use axum::http::request::Parts;
use checkout::Checkout;

use super::failure::ApiFailure;
use crate::merchants::Merchant;
use crate::web::site::Site;

/// A backend with a valid key. As an extractor, it refuses a call without one.
#[derive(Clone, Debug)]
pub(in crate::web) struct Caller {
    pub(in crate::web) merchant: Arc<Merchant>,
    /// The key's id, by which its calls are counted; empty for the sandbox's fixed key.
    pub(super) key: Arc<str>,
    read_only: bool,
}

/// A backend whose key permits changes. As an extractor, it refuses a key that permits reading only.
#[derive(Clone, Debug)]
pub(in crate::web) struct Writer(pub(in crate::web) Caller);

impl Caller {
    /// The backend that sends these headers.
    ///
    /// # Errors
    /// [`ApiFailure::Unauthorized`] without a valid key, and for a key of a merchant that the settings no
    /// longer have. An internal error if the keys cannot be read.
    pub(super) async fn of(
        headers: &HeaderMap,
        checkout: &Checkout,
        site: &Site,
    ) -> Result<Self, ApiFailure> {
        let sent = bearer(headers).ok_or(ApiFailure::Unauthorized)?;
        let key = checkout.verify_api_key(sent).await.map_err(|error| ApiFailure::of_records(&error))?;
        let key = key.ok_or(ApiFailure::Unauthorized)?;
        let merchant = site.merchants().get(&key.merchant).ok_or(ApiFailure::Unauthorized)?;
        let id = key.id.map(|id| id.to_string()).unwrap_or_default();
        Ok(Self { merchant, key: id.into(), read_only: key.read_only })
    }

    /// Whether the key permits changes.
    pub(super) fn may_write(&self) -> bool {
        !self.read_only
    }

    /// The merchant's id.
    pub(in crate::web) fn id(&self) -> &str {
        &self.merchant.id
    }
}

/// The key in `Authorization: Bearer KEY`, if there is one such header.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut sent = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (sent.next(), sent.next()) else { return None };
    let (scheme, key) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiFailure> {
        parts.extensions.get::<Self>().cloned().ok_or(ApiFailure::Unauthorized)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Writer {
    type Rejection = ApiFailure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiFailure> {
        let caller = Caller::from_request_parts(parts, state).await?;
        if caller.may_write() { Ok(Self(caller)) } else { Err(ApiFailure::ReadOnly) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_sent_in_one_header() {
        let sent = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(header::AUTHORIZATION, value.parse().unwrap());
            }
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(sent(&["Bearer tik_test_demo"]).as_deref(), Some("tik_test_demo"));
        assert_eq!(sent(&["bearer  tik_test_demo"]).as_deref(), Some("tik_test_demo"));
        for none in [&[][..], &["tik_test_demo"], &["Basic dGlr"], &["Bearer"], &["Bearer a", "Bearer a"]] {
            assert_eq!(sent(none), None, "{none:?}");
        }
    }
}
