//! Redirects addresses with unnecessary slashes: people type them, and other sites link to them.

use axum::extract::Request;
use axum::http::Uri;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The ASCII characters that a header must not contain. Other characters are always encoded.
const UNFIT_FOR_HEADERS: &AsciiSet = &CONTROLS.add(b' ');

/// Redirects an address with unnecessary slashes to the one without, permanently (308).
pub(in crate::web) async fn redirect(request: Request, next: Next) -> Response {
    match without_spare_slashes(request.uri()) {
        Some(location) => Redirect::permanent(&location).into_response(),
        None => next.run(request).await,
    }
}

/// The address without its unnecessary slashes, with its query: `/widget/demo` for `/widget/demo/` and
/// `//widget/demo`. `None` if it has none.
///
/// The result always stays on this host, because it begins with one slash; `//evil.example` would not.
/// Browsers read a backslash as a slash, so an address with a backslash is not redirected.
fn without_spare_slashes(uri: &Uri) -> Option<String> {
    let path = uri.path();
    if !path.starts_with('/') || path.contains('\\') {
        return None;
    }
    let mut tidy = String::with_capacity(path.len());
    for part in path.split('/').filter(|part| !part.is_empty()) {
        tidy.push('/');
        tidy.push_str(part);
    }
    if tidy.is_empty() {
        tidy.push('/');
    }
    if tidy == path {
        return None;
    }
    if let Some(query) = uri.query() {
        tidy.push('?');
        tidy.push_str(query);
    }
    Some(utf8_percent_encode(&tidy, UNFIT_FOR_HEADERS).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads(address: &str) -> Option<String> {
        without_spare_slashes(&address.parse().unwrap())
    }

    #[test]
    fn spare_slashes_are_taken_off_and_the_query_stays() {
        for address in ["/widget/demo/", "//widget/demo", "/widget//demo", "///widget///demo//"] {
            assert_eq!(leads(address).as_deref(), Some("/widget/demo"), "{address}");
        }
        assert_eq!(leads("/widget/demo/?a=//b/&c=%2F").as_deref(), Some("/widget/demo?a=//b/&c=%2F"));
        assert_eq!(leads("http://a.example//widget/demo").as_deref(), Some("/widget/demo"));
        assert_eq!(leads("//").as_deref(), Some("/"));
        assert_eq!(leads("/value/手机/").as_deref(), Some("/value/%E6%89%8B%E6%9C%BA"));
        for tidy in ["/", "/widget/demo", "/widget/demo?a=/", "/%2F", "*"] {
            assert_eq!(leads(tidy), None, "{tidy}");
        }
    }

    #[test]
    fn no_address_leads_to_another_host() {
        let own = url::Url::parse("https://tradein.example/x/y").unwrap();
        for address in [
            "/",
            "//evil.example",
            "//evil.example/",
            "///evil.example/%2f..",
            "/%2F/evil.example/",
            "/%5Cevil.example/",
            "/.//evil.example/",
            "/..//evil.example/",
            "//@evil.example/",
            "//evil.example:80/",
            "//https://evil.example/",
            "/https://evil.example",
            "/\\evil.example/",
            "//\\evil.example/",
            "/\\/evil.example/",
            "/widget/demo/?x=https://evil.example",
        ] {
            let Some(location) = leads(address) else { continue };
            assert_eq!(own.join(&location).unwrap().origin(), own.origin(), "{address} leads to {location}");
        }
        assert_eq!(leads("/\\evil.example/"), None);
    }
}
