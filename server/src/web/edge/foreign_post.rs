//! A post that is rejected because its page is not known as ours. The page may be another site's, or ours
//! behind a proxy that hides it. Therefore rejections are logged, at a limited rate, and the operator's
//! browser shows which setting to change.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

use app::words::failure::UnknownPage;
use axum::http::header::{self, HeaderMap, HeaderName};
use parking_lot::Mutex;

use super::headers::text;
use super::pace::{Bucket, Pace};
use super::proxies::is_from_nearby;
use crate::merchants::PageOrigin;

/// The header in which browsers say how a request's page and its target are related.
pub(in crate::web) const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
/// The rate of log lines: eight at once, then one a minute, for all pages together.
const LINES: Pace = Pace { at_once: 8, then_every: Duration::from_secs(60) };
/// After this time, the same page is logged again.
const AGAIN: Duration = Duration::from_secs(3600);
/// How many characters of a header are shown.
const SHOWN: usize = 100;

/// What a rejected post says about its page and its target. Every text is short and contains only printable
/// ASCII.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct ForeignPost {
    origin: String,
    host: String,
    /// The browser's own statement about the two, if it made one.
    fetch_site: Option<String>,
    /// The page's origin, if it has one.
    page: Option<PageOrigin>,
}

impl ForeignPost {
    pub(in crate::web) fn of(headers: &HeaderMap) -> Self {
        let origins: Vec<_> = headers
            .get_all(header::ORIGIN)
            .iter()
            .map(|one| String::from_utf8_lossy(one.as_bytes()))
            .collect();
        let page = match &origins[..] {
            [origin] => PageOrigin::of(origin),
            _ => None,
        };
        Self {
            origin: if origins.is_empty() { "none".to_owned() } else { shown(&origins.join(", ")) },
            host: shown(&text(headers, header::HOST)),
            fetch_site: headers.get(FETCH_SITE).map(|_| shown(&text(headers, FETCH_SITE))),
            page,
        }
    }

    /// The explanation in the answer; `public_url` is the server's address in the settings. The operator's
    /// browser shows what to change; others get nothing that is not about themselves.
    ///
    /// If a browser says that the page is another site's, this is believed. Otherwise the browser counts as
    /// the operator's if it is signed in, or if page, browser and proxies are all in a local network: a
    /// shopper of a public site never is.
    pub(in crate::web) fn explained(
        &self,
        is_signed_in: bool,
        is_nearby: bool,
        public_url: Option<String>,
    ) -> UnknownPage {
        let is_operators = |page: &&PageOrigin| is_signed_in || (is_nearby && page.is_local());
        let unnamed = self.page.as_ref().filter(|_| self.fetch_site.is_none());
        match unnamed.filter(is_operators) {
            None => UnknownPage::Visitors,
            Some(page) => {
                UnknownPage::Operators { page: shown(page.as_str()), host: self.host.clone(), public_url }
            }
        }
    }
}

/// Whether a rejected request comes from this machine or its network; `false` if the socket is not known.
pub(in crate::web) fn is_nearby(headers: &HeaderMap, peer: Option<IpAddr>) -> bool {
    peer.is_some_and(|peer| is_from_nearby(headers, peer))
}

/// A header's text made safe for a log and a page: printable ASCII of limited length.
fn shown(text: &str) -> String {
    let plain = |c: char| if c == ' ' || c.is_ascii_graphic() { c } else { '?' };
    let mut shown: String = text.chars().take(SHOWN).map(plain).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push_str("...");
    }
    shown
}

/// The rejected posts that were logged. They are in memory, and the rate of log lines limits their number.
#[derive(Debug, Default)]
pub(in crate::web) struct PostLog(Mutex<Told>);

#[derive(Debug, Default)]
struct Told {
    /// When a page was last logged, by its origin and the request's host.
    pages: HashMap<(String, String), Instant>,
    lines: Bucket,
    /// Rejections since the last line.
    unlogged: u64,
}

impl PostLog {
    /// Logs a rejection, once for each page and host. `public_url` is the server's address in the settings.
    pub(in crate::web) fn note(&self, post: &ForeignPost, public_url: Option<&str>) {
        let told = self.0.lock().judge(post, Instant::now());
        let Some(unlogged) = told else { return };
        let ForeignPost { origin, host, fetch_site, .. } = post;
        let public_url = public_url.unwrap_or("not set");
        match fetch_site {
            Some(fetch_site) => tracing::warn!(
                %origin, %host, %fetch_site, TRADEIN_PUBLIC_URL = %public_url, unlogged,
                "a post was refused: the browser says that its page is another site's"
            ),
            None => tracing::warn!(
                %origin, %host, TRADEIN_PUBLIC_URL = %public_url, unlogged,
                "a post was refused: its page (Origin) is not known as this server's; if it is, let the proxy pass the \
                 browser's Host on with its port, or set TRADEIN_PUBLIC_URL to that origin"
            ),
        }
    }
}

impl Told {
    /// `None` if no line is due; otherwise the number of rejections that were not logged since the last line.
    fn judge(&mut self, post: &ForeignPost, now: Instant) -> Option<u64> {
        let page = (post.origin.clone(), post.host.clone());
        let is_told = self.pages.get(&page).is_some_and(|at| now.duration_since(*at) < AGAIN);
        if is_told || !self.lines.wait(&LINES, now).is_zero() {
            self.unlogged += 1;
            return None;
        }
        self.lines.take(&LINES, now);
        self.pages.retain(|_, at| now.duration_since(*at) < AGAIN);
        self.pages.insert(page, now);
        Some(std::mem::take(&mut self.unlogged))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(said: &[(&'static str, &str)]) -> ForeignPost {
        let mut headers = HeaderMap::new();
        for (name, value) in said {
            headers.append(*name, axum::http::HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        ForeignPost::of(&headers)
    }

    fn from(origin: &str) -> ForeignPost {
        post(&[("origin", origin), ("host", "127.0.0.1:3000")])
    }

    #[test]
    fn what_is_shown_is_plain_and_bounded() {
        let odd = post(&[("origin", "http://\u{202e}evil\u{9b}31m\t"), ("host", &"x".repeat(5_000))]);
        assert_eq!(odd.origin, "http://?evil?31m?");
        assert_eq!(odd.host.len(), SHOWN + 3);
        assert_eq!(post(&[]).origin, "none");
    }

    #[test]
    fn only_a_browser_that_can_be_the_operators_hears_what_to_do() {
        let advised = |post: &ForeignPost, signed_in, nearby| {
            post.explained(signed_in, nearby, None) != UnknownPage::Visitors
        };
        for local in ["http://192.168.1.10:8080", "http://tradein.lan", "http://nas", "http://[fd00::1]:8080"]
        {
            assert!(advised(&from(local), false, true), "{local}");
            assert!(!advised(&from(local), false, false), "{local}: from elsewhere");
        }
        for public in ["https://tradein.example", "http://203.0.113.5"] {
            assert!(!advised(&from(public), false, true), "{public}");
            assert!(advised(&from(public), true, false), "{public}: signed in");
        }
        assert!(!advised(&from("null"), true, true), "there is no site to name");
        let other = post(&[("origin", "http://192.168.1.10"), ("sec-fetch-site", "cross-site")]);
        assert!(!advised(&other, true, true), "the browser says that it is another site's");
    }

    #[test]
    fn each_page_is_logged_once_and_no_stranger_fills_the_log() {
        let (mut told, start) = (Told::default(), Instant::now());
        assert_eq!(told.judge(&from("http://a.lan"), start), Some(0));
        for _ in 0..5 {
            assert_eq!(told.judge(&from("http://a.lan"), start), None);
        }
        assert_eq!(
            told.judge(&from("http://b.lan"), start),
            Some(5),
            "another page is told of, with what was not"
        );
        let lines = (0..10_000)
            .filter(|number| told.judge(&from(&format!("http://{number}.example")), start).is_some())
            .count();
        assert_eq!(lines, 6, "eight at once");
        assert_eq!(told.pages.len(), 8);
        let later = start + LINES.then_every;
        assert_eq!(told.judge(&from("http://c.lan"), later), Some(9_994));
        assert_eq!(told.judge(&from("http://a.lan"), later + AGAIN), Some(0), "once an hour");
        assert_eq!(told.pages.len(), 1, "the others are forgotten");
    }
}
