//! `/.well-known/jwks.json`: the public keys that verify offers.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{self, HeaderName, HeaderValue};
use checkout::{Checkout, Jwks};

/// Five minutes. A key is published long before it signs, so an older copy lacks none that is needed.
const LIFE: HeaderValue = HeaderValue::from_static("public, max-age=300");

/// Shows the keys: the next, the current, and earlier ones whose tokens still hold.
pub(in crate::web) async fn show(
    State(checkout): State<Arc<Checkout>>,
) -> ([(HeaderName, HeaderValue); 1], Json<Jwks>) {
    ([(header::CACHE_CONTROL, LIFE)], Json(checkout.published()))
}

#[cfg(test)]
mod tests {
    use super::LIFE;
    use crate::offers::KEYS_CACHED;

    #[test]
    fn a_copy_is_used_for_as_long_as_a_rotation_waits() {
        assert_eq!(LIFE, format!("public, max-age={}", KEYS_CACHED.as_secs()));
    }
}
