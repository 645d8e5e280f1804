//! The identifier of a shopper's visit: it makes one offer of a price that is accepted twice.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::CookieJar;

/// The cookie's name.
const NAME: &str = "tradein-visit";

/// Random text that identifies the visit of a browser to the widget in one shop's pages, and no person. It is
/// made when a page of a price is drawn, and kept by the browser only once a price is accepted. Who has it can
/// show the visit's offers, so it stands in bodies and in the cookie only.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct VisitId(String);

impl VisitId {
    /// The identifier made from these random bits.
    pub(super) fn from_random(bits: u128) -> Self {
        Self(format!("{bits:032x}"))
    }

    /// Reads an identifier; `None` if `text` does not have the form of one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Self(text.to_owned()))
    }

    /// The identifier in the request's cookie.
    pub(super) fn of_cookie(headers: &HeaderMap) -> Option<Self> {
        Self::parse(CookieJar::from_headers(headers).get(NAME)?.value())
    }

    /// The cookie that keeps it for seven days, as long as the form keeps its answers.
    ///
    /// In a frame, a browser keeps it for the site around the frame alone (`Partitioned`), also where it
    /// blocks other sites' cookies. That needs https; under plain http only pages outside a frame have it.
    pub(super) fn cookie(&self, https: bool) -> Option<HeaderValue> {
        let reach = if https { "SameSite=None; Secure; Partitioned" } else { "SameSite=Lax" };
        HeaderValue::try_from(format!("{NAME}={}; Path=/; Max-Age=604800; HttpOnly; {reach}", self.0)).ok()
    }

    /// The identifier as text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_read_back_from_its_cookie_and_other_text_is_none() {
        let id = VisitId::from_random(7);
        let cookie = id.cookie(false).unwrap();
        let sent = cookie.to_str().unwrap().split_once(';').unwrap().0.to_owned();
        let headers = [("cookie".parse().unwrap(), sent.parse().unwrap())].into_iter().collect();
        assert!(VisitId::of_cookie(&headers) == Some(id));
        for other in ["", "7", &"F".repeat(32), &"0".repeat(33), &"é".repeat(16)] {
            assert!(VisitId::parse(other).is_none(), "{other}");
        }
    }

    #[test]
    fn by_https_the_cookie_reaches_frames_and_by_http_no_other_site() {
        let cookie = |https| VisitId::from_random(7).cookie(https).unwrap().to_str().unwrap().to_owned();
        assert!(cookie(true).ends_with("; HttpOnly; SameSite=None; Secure; Partitioned"));
        assert!(cookie(false).ends_with("; HttpOnly; SameSite=Lax"));
    }
}
