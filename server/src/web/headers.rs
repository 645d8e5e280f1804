use app::accent::Accent;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// A page with the headers that all pages have.
pub(super) struct Html {
    pub(super) status: StatusCode,
    pub(super) text: String,
    /// Who may frame it, as sources of a content security policy.
    pub(super) ancestors: String,
    /// The colour whose style is in the page.
    pub(super) accent: Option<Accent>,
}

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        let policy = content_security_policy(&self.ancestors, self.accent.as_ref());
        let mut headers = HeaderMap::new();
        let mut set =
            |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
        set(header::CONTENT_TYPE, "text/html; charset=utf-8");
        // A page depends on language and time; the browser asks each time.
        set(header::CACHE_CONTROL, "private, no-cache");
        set(header::VARY, "accept-language");
        set(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        (self.status, headers, self.text).into_response()
    }
}

/// Nothing from elsewhere, no inline script, and no inline style but the accent's.
fn content_security_policy(ancestors: &str, accent: Option<&Accent>) -> String {
    let accent =
        accent.map(|accent| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(accent.style()))));
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'{}; img-src 'self'; \
         connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}",
        accent.unwrap_or_default()
    )
}
