//! The headers of answers: those that all answers have, and those of a page.

use std::borrow::Cow;

use app::parts::accent::Accent;
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::headers::{ETag, HeaderMapExt, IfNoneMatch};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

const EMBEDDER: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");
pub(in crate::web) const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// The policy for an answer that is not a page: it loads nothing and must not be framed.
const NO_PAGE: &str =
    "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The browser features that pages may use: copying, and nothing for which a person would be asked. Sharing
/// is allowed to a page anyway, and Chromium on Linux logs a warning for every answer that names it.
const PERMITTED: &str = "camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), \
    fullscreen=(), geolocation=(), hid=(), microphone=(), midi=(), payment=(), serial=(), usb=()";

/// For answers that belong to one person.
pub(in crate::web) const UNSTORED: HeaderValue = HeaderValue::from_static("no-store");
/// For content that changes under the same name: the browser asks each time.
pub(in crate::web) const ASKED: HeaderValue = HeaderValue::from_static("no-cache");
/// For content whose name changes with it.
pub(in crate::web) const FOREVER: HeaderValue =
    HeaderValue::from_static("public, max-age=31536000, immutable");

/// Tells browsers to use only https for this host, for two years from each answer. Subdomains are not
/// included, since they may be another server's.
const BY_HTTPS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// A header's text; empty if it is missing.
pub(in crate::web) fn text(headers: &HeaderMap, name: HeaderName) -> Cow<'_, str> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes())).unwrap_or_default()
}

/// Adds the headers of every answer, except those that the answer has already. `https` says whether the
/// public address is one.
pub(in crate::web) fn protect(headers: &mut HeaderMap, https: bool) {
    if https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, BY_HTTPS);
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, NO_PAGE),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // A page must send its address to itself: a form without script is returned to that address.
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (PERMISSIONS, PERMITTED),
        (RESOURCE, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// Lets any page load the answer. There is no secret in it, and a page under COEP loads only answers with
/// this header. Our own files need it too, since a sandboxed frame has no origin.
pub(in crate::web) async fn open_to_all(mut response: Response) -> Response {
    response.headers_mut().insert(RESOURCE, HeaderValue::from_static("cross-origin"));
    response
}

/// An answer that is used over plain http, whatever the public address is.
pub(in crate::web) async fn by_plain_http(mut response: Response) -> Response {
    response.headers_mut().remove(header::STRICT_TRANSPORT_SECURITY);
    response
}

/// A page, with the headers of pages.
pub(in crate::web) struct Html {
    pub(in crate::web) status: StatusCode,
    pub(in crate::web) text: String,
    pub(in crate::web) policy: Policy,
    pub(in crate::web) life: Life,
}

/// The content security policy of a page, and related headers.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Policy {
    /// The sites that may frame the page, as sources of a content security policy.
    pub(in crate::web) ancestors: String,
    /// The one other origin that it may load a picture from.
    pub(in crate::web) images: Option<String>,
    /// The accent colour, whose style is in the page.
    pub(in crate::web) accent: Option<Accent>,
    /// Whether it contains only text, and the script that reports it to the page around it.
    pub(in crate::web) lifeless: bool,
    /// Whether pages that are cross-origin isolated may frame it.
    pub(in crate::web) isolated: bool,
}

/// How long a page may be cached, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Life {
    /// Not at all: it belongs to one person.
    Personal,
    /// By the reader's browser, which asks each time whether it has changed.
    Asked,
    /// By any cache, for a minute.
    Short,
}

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        // An error is a page only if JSON was not asked for, so it varies by `Accept` too.
        let vary = if self.status.is_success() { "accept-language" } else { "accept, accept-language" };
        headers.insert(header::VARY, HeaderValue::from_static(vary));
        let life = match self.life {
            Life::Personal => "no-store",
            Life::Asked => "private, no-cache",
            Life::Short => "public, max-age=60",
        };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(life));
        if let Some(tag) = tag(&hash(self.text.as_bytes())).filter(|_| self.life == Life::Short) {
            headers.typed_insert(tag);
        }
        if let Ok(policy) = HeaderValue::from_str(&self.policy.content_security_policy()) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        if self.policy.isolated {
            headers.insert(EMBEDDER, HeaderValue::from_static("require-corp"));
            headers.insert(RESOURCE, HeaderValue::from_static("cross-origin"));
        }
        (self.status, headers, self.text).into_response()
    }
}

impl Html {
    /// The page or, if the browser has the current one already, a 304.
    pub(in crate::web) fn answer(self, asked: &HeaderMap) -> Response {
        let mut response = self.into_response();
        let tag = response.headers().typed_get::<ETag>();
        if tag.is_some_and(|tag| is_known(asked, &tag)) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.body_mut() = axum::body::Body::empty();
            response.headers_mut().remove(header::CONTENT_TYPE);
        }
        response
    }
}

impl Policy {
    /// Nothing may be loaded from elsewhere except the shop's picture. No inline script is allowed, and no
    /// inline style except the accent's.
    fn content_security_policy(&self) -> String {
        let Self { ancestors, images, accent, lifeless, .. } = self;
        let mut pictures = "'self'".to_owned();
        if let Some(images) = images {
            pictures.push(' ');
            pictures.push_str(images);
        }
        let accent = accent
            .as_ref()
            .map(|accent| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(accent.style()))));
        let function = if *lifeless {
            "script-src 'self'; form-action 'none'"
        } else {
            "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-src 'self'; form-action 'self'"
        };
        format!(
            "default-src 'none'; {function}; style-src 'self'{}; img-src {pictures}; object-src 'none'; \
             base-uri 'none'; frame-ancestors {ancestors}",
            accent.unwrap_or_default()
        )
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of a content.
pub(in crate::web) fn hash(content: &[u8]) -> String {
    hex::encode(&Sha256::digest(content)[..8])
}

/// The entity tag of content with that hash, in any encoding.
pub(in crate::web) fn tag(hash: &str) -> Option<ETag> {
    format!("W/\"{hash}\"").parse().ok()
}

/// Whether the browser already has the content of `tag`.
pub(in crate::web) fn is_known(asked: &HeaderMap, tag: &ETag) -> bool {
    asked.typed_get::<IfNoneMatch>().is_some_and(|known| !known.precondition_passes(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_lets_through_what_a_page_needs_and_no_more() {
        let shop = Policy {
            ancestors: "'self' https://shop.example".into(),
            images: Some("https://cdn.shop.example".into()),
            accent: Accent::parse("#0a7"),
            ..Policy::default()
        };
        let text = shop.content_security_policy();
        assert!(text.contains("; script-src 'self' 'wasm-unsafe-eval';"), "{text}");
        assert!(text.contains("; img-src 'self' https://cdn.shop.example;"), "{text}");
        assert!(text.contains("; style-src 'self' 'sha256-"), "{text}");
        assert!(text.ends_with("; frame-ancestors 'self' https://shop.example"), "{text}");
        let lifeless = Policy { lifeless: true, ..shop };
        let text = lifeless.content_security_policy();
        assert!(text.contains("default-src 'none'; script-src 'self'; form-action 'none'"), "{text}");
    }
}
