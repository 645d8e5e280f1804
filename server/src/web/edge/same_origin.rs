//! Protection against cross-site request forgery: only our own pages may change something, so another site's
//! page cannot post in the name of its visitor.

use axum::extract::Request;
use axum::http::header::{self, HeaderMap};

use super::foreign_post::{FETCH_SITE, ForeignPost};
use crate::merchants::PageOrigin;
use crate::web::site::Site;

/// A request that changes something and comes from another site's page; `None` for all other requests.
pub(in crate::web) fn foreign_post(site: &Site, request: &Request) -> Option<ForeignPost> {
    let headers = request.headers();
    let is_taken = request.method().is_safe() || is_own(headers, |page| site.is_ours(page, headers));
    (!is_taken).then(|| ForeignPost::of(headers))
}

/// Whether a request comes from one of our pages, or from no page. Browsers say this in `Sec-Fetch-Site` or,
/// over plain http and in old browsers, in `Origin`. A request with neither is from a program or a command
/// line, which sends no visitor's cookies.
fn is_own(headers: &HeaderMap, ours: impl Fn(&PageOrigin) -> bool) -> bool {
    let mut sites = headers.get_all(FETCH_SITE).iter().peekable();
    if sites.peek().is_some() {
        return sites.all(|site| matches!(site.as_bytes(), b"same-origin" | b"none"));
    }
    let mut origins = headers.get_all(header::ORIGIN).iter();
    origins.all(|origin| origin.to_str().ok().and_then(PageOrigin::of).is_some_and(|page| ours(&page)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(said: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            headers.append(*name, value.parse().unwrap());
        }
        is_own(&headers, |page| page.as_str() == "https://tradein.example")
    }

    #[test]
    fn the_first_that_says_where_a_request_comes_from_is_believed() {
        const OURS: (&str, &str) = ("origin", "https://tradein.example");
        const THEIRS: (&str, &str) = ("origin", "https://evil.example");
        assert!(own(&[]), "no browser sends neither");
        for site in ["same-origin", "none"] {
            assert!(own(&[("sec-fetch-site", site)]) && own(&[("sec-fetch-site", site), OURS]), "{site}");
        }
        for site in ["cross-site", "same-site", "", "SAME-ORIGIN"] {
            assert!(!own(&[("sec-fetch-site", site)]) && !own(&[("sec-fetch-site", site), OURS]), "{site}");
        }
        assert!(!own(&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")]));
        assert!(own(&[OURS]));
        for origin in ["null", "http://tradein.example", "https://tradein.example.evil.example", "nonsense"] {
            assert!(!own(&[("origin", origin)]), "{origin}");
        }
        assert!(!own(&[THEIRS]) && !own(&[OURS, THEIRS]));
    }
}
