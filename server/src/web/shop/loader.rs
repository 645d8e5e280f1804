use std::io;
use std::path::Path;

use axum::body::Bytes;
use axum::http::header::{self, HeaderMap};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum_extra::headers::HeaderMapExt;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha384};

use crate::web::edge::headers::{FOREVER, hash, is_known, tag};

/// The script that shops load. It is read once, at the start: an address with the content's hash must never
/// answer with other content, not even while new files are copied over old ones.
#[derive(Debug)]
pub struct Loader {
    hash: String,
    integrity: String,
    plain: Bytes,
    /// The build's compressed copies, the smallest first, each with its name in headers.
    packed: Vec<(&'static str, Bytes)>,
}

/// The compressed copies that the build makes: the coding's name in headers, and the ending of the file.
const PACKED: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// For an address that stays the same: it is cached briefly, so that a fix arrives soon.
pub(in crate::web) const SOON: HeaderValue =
    HeaderValue::from_static("public, max-age=300, stale-while-revalidate=86400");

impl Loader {
    /// Reads the file at `path`, and its compressed copies if there are any.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(in crate::web) fn read(path: &Path) -> io::Result<Self> {
        let plain = Bytes::from(std::fs::read(path)?);
        let copy = |(name, ending)| {
            let copy = std::fs::read(path.with_extension(format!("js.{ending}"))).ok()?;
            Some((name, Bytes::from(copy)))
        };
        let hash = hash(&plain);
        let integrity = format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(&plain)));
        Ok(Self { hash, integrity, packed: PACKED.into_iter().filter_map(copy).collect(), plain })
    }

    /// The first 16 hexadecimal digits of the SHA-256 of its content.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The path of the copy that never changes: `/embed/v1.HASH.js`.
    pub fn path(&self) -> String {
        format!("/embed/v1.{}.js", self.hash)
    }

    /// The value of `integrity` for a `<script>`: `sha384-…`.
    pub fn integrity(&self) -> &str {
        &self.integrity
    }

    /// `GET /embed/v1.js`
    pub(in crate::web) fn current(&self, asked: &HeaderMap) -> Response {
        self.answer(asked, SOON)
    }

    /// `GET /embed/v1.HASH.js`
    pub(in crate::web) fn pinned(&self, asked: &HeaderMap) -> Response {
        self.answer(asked, FOREVER)
    }

    fn answer(&self, asked: &HeaderMap, life: HeaderValue) -> Response {
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, life);
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(tag) = tag(&self.hash) {
            headers.typed_insert(tag.clone());
            if is_known(asked, &tag) {
                return (StatusCode::NOT_MODIFIED, headers).into_response();
            }
        }
        let script = HeaderValue::from_static("text/javascript; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, script);
        let packed = self.packed.iter().find(|(name, _)| accepts(asked, name));
        if let Some((name, _)) = packed {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        let body = packed.map_or(&self.plain, |(_, body)| body);
        (headers, body.clone()).into_response()
    }
}

/// Whether the browser accepts that content coding.
fn accepts(asked: &HeaderMap, coding: &str) -> bool {
    let lists = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|entry| {
        let (name, weight) = entry.split_once(';').unwrap_or((entry, ""));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case(coding) && weight != Some(0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coding_is_taken_where_it_is_named_and_not_refused() {
        let takes = |list: &str| {
            let asked = [(header::ACCEPT_ENCODING, list.parse().unwrap())].into_iter().collect();
            accepts(&asked, "br")
        };
        assert!(takes("gzip, br") && takes("BR;q=0.5") && takes("br; q=1"));
        assert!(!takes("gzip") && !takes("br;q=0, gzip") && !takes("") && !takes("brotli"));
    }

    #[test]
    fn the_loader_is_named_and_pinned_by_its_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("v1.js");
        std::fs::write(&path, "abc").unwrap();
        let loader = Loader::read(&path).unwrap();
        // The examples in FIPS 180-4.
        assert_eq!(loader.path(), "/embed/v1.ba7816bf8f01cfea.js");
        assert_eq!(
            loader.integrity(),
            "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn"
        );
        assert!(Loader::read(&folder.path().join("v2.js")).is_err());
    }
}
