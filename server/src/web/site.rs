use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::parts::document::Assets;
use axum::http::header::{self, HeaderMap};
use parking_lot::RwLock;
use url::Url;

use super::edge::foreign_post::PostLog;
use super::edge::headers::text;
use super::edge::proxies::{Proxies, any_says_https};
use super::shop::loader::Loader;
use crate::merchants::{Merchants, PageOrigin};
use crate::providers::Labels;
use crate::settings::Settings;

/// The parts that pages need: static files, merchants, and what is known about proxies. Clones share
/// everything.
#[derive(Clone, Debug)]
pub struct Site(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    root: PathBuf,
    assets: Arc<Assets>,
    loader: Loader,
    public_url: Option<Url>,
    labels: Labels,
    proxies: Proxies,
    foreign_posts: PostLog,
    changing: RwLock<Changing>,
}

/// The parts that change while the server runs. They are locked only for a copy, never during a request.
#[derive(Debug)]
struct Changing {
    merchants: Arc<Merchants>,
    /// Why the last reload of the settings failed.
    mistake: Option<Arc<str>>,
}

/// The static files cannot be found.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The folder in the settings is not a folder.
    #[error(
        "LEPTOS_SITE_ROOT is {0}, which is not a folder; it takes the folder that the build made, such as target/site"
    )]
    NotAFolder(PathBuf),
    /// No folder is set, and none was found.
    #[error(
        "the static files are missing: run `make build`, or set LEPTOS_SITE_ROOT to the folder that it made"
    )]
    Missing,
    /// The build has not made the folder.
    #[error("the loader {path} cannot be read: {cause}; run `make build`, and see LEPTOS_SITE_ROOT")]
    Loader {
        /// The path where it should be.
        path: PathBuf,
        /// The cause.
        cause: std::io::Error,
    },
}

impl Site {
    /// Finds the static files: at the path in the settings, else beside the binary, else in `target/site`.
    ///
    /// # Errors
    /// [`SiteError`] when they are not there.
    pub fn find(settings: &Settings) -> Result<Self, SiteError> {
        let binary = std::env::current_exe().ok().and_then(|path| path.parent().map(Path::to_owned));
        let root = match &settings.site.root {
            Some(root) if root.is_dir() => root.clone(),
            Some(root) => return Err(SiteError::NotAFolder(root.clone())),
            None => {
                let beside = binary.iter().flat_map(|folder| [folder.join("site"), folder.join("../site")]);
                let mut places = beside.chain([PathBuf::from("target/site")]);
                places.find(|place| place.is_dir()).ok_or(SiteError::Missing)?
            }
        };
        // The build's list of hashes is beside the binary. `make build` also copies it beside the files, so
        // that the folder can be served from anywhere.
        let lists = binary.iter().map(|folder| folder.join("hash.txt")).chain([root.join("pkg/hash.txt")]);
        let hashes = lists.filter_map(|list| std::fs::read_to_string(list).ok());
        let assets = hashes.map(|list| assets(&list)).find(|assets| assets.exist_in(&root));
        let assets = Arc::new(assets.unwrap_or_else(|| self::assets("")));
        let path = root.join("embed/v1.js");
        let loader = Loader::read(&path).map_err(|cause| SiteError::Loader { path, cause })?;
        let public_url = settings.site.public_url.clone();
        let merchants = Arc::new(settings.merchants.clone());
        let changing = RwLock::new(Changing { merchants, mistake: None });
        let proxies = Proxies::new(settings.limits.trusted_hops);
        let foreign_posts = PostLog::default();
        let labels = Labels::of(settings);
        Ok(Self(Arc::new(Inner {
            root,
            assets,
            loader,
            public_url,
            labels,
            proxies,
            foreign_posts,
            changing,
        })))
    }

    /// The folder of static files.
    pub fn root(&self) -> &Path {
        &self.0.root
    }

    /// The addresses of style sheet, script and wasm.
    pub fn assets(&self) -> Arc<Assets> {
        Arc::clone(&self.0.assets)
    }

    /// The script that shops load.
    pub fn loader(&self) -> &Loader {
        &self.0.loader
    }

    /// The merchants at this moment: the sites that may embed the widget.
    pub fn merchants(&self) -> Arc<Merchants> {
        let changing = self.0.changing.read();
        Arc::clone(&changing.merchants)
    }

    /// Serves `merchants` from the next request on, and forgets an earlier mistake.
    pub(crate) fn use_merchants(&self, merchants: Merchants) {
        let mut changing = self.0.changing.write();
        *changing = Changing { merchants: Arc::new(merchants), mistake: None };
    }

    /// Remembers why a reload of the settings failed. The merchants stay.
    pub(crate) fn note_mistake(&self, mistake: String) {
        let mut changing = self.0.changing.write();
        changing.mistake = Some(mistake.into());
    }

    /// Why the last reload of the settings failed; `None` if it did not.
    pub fn mistake(&self) -> Option<Arc<str>> {
        let changing = self.0.changing.read();
        changing.mistake.clone()
    }

    /// What shoppers read instead of providers' names.
    pub(super) fn labels(&self) -> &Labels {
        &self.0.labels
    }

    /// The proxies in front of the server.
    pub(super) fn proxies(&self) -> &Proxies {
        &self.0.proxies
    }

    /// The rejected posts that were logged.
    pub(super) fn foreign_posts(&self) -> &PostLog {
        &self.0.foreign_posts
    }

    /// Whether `page` is at this server's address: the address in the settings, or the one that the request
    /// names in `Host` or a trusted proxy in `X-Forwarded-Host`. A proxy may have changed https to http on
    /// the way, so the page's own scheme is used.
    pub(super) fn is_ours(&self, page: &PageOrigin, headers: &HeaderMap) -> bool {
        if self.public_url().as_deref() == Some(page.as_str()) {
            return true;
        }
        let host = text(headers, header::HOST);
        let hosts = [Some(&*host), self.0.proxies.host(headers)];
        hosts.into_iter().flatten().any(|host| PageOrigin::at(page.scheme(), host).as_ref() == Some(page))
    }

    /// Whether the public address in the settings is https; `false` if it is not set.
    pub fn is_https(&self) -> bool {
        self.0.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    /// The public address in the settings, if it is set.
    pub fn public_url(&self) -> Option<String> {
        self.0.public_url.as_ref().map(|url| url.origin().ascii_serialization())
    }

    /// This server's public address: from the settings, or else from trusted proxies and `Host`.
    pub(super) fn public_origin(&self, headers: &HeaderMap) -> String {
        if let Some(set) = self.public_url() {
            return set;
        }
        let scheme = self.0.proxies.scheme(headers).unwrap_or("http");
        let at = |host: &str| PageOrigin::at(scheme, host);
        let told = self.0.proxies.host(headers).and_then(at).or_else(|| at(&text(headers, header::HOST)));
        told.map_or_else(|| format!("{scheme}://localhost"), |origin| origin.as_str().to_owned())
    }

    /// Whether [`Self::public_origin`] comes from a proxy's header. Caches distinguish requests by `Host` and
    /// not by these headers, so an answer with such an address must not be cached by them.
    pub(super) fn is_told_by_proxies(&self, headers: &HeaderMap) -> bool {
        let told = self.0.proxies.host(headers).is_some() || self.0.proxies.scheme(headers).is_some();
        self.0.public_url.is_none() && told
    }

    /// Whether a page under https could not load from `origin`, an address of [`Self::public_origin`]:
    /// browsers block http there, except for this machine's own addresses.
    pub(super) fn is_blocked_under_https(origin: &str, headers: &HeaderMap) -> bool {
        let page = PageOrigin::of(origin).filter(|page| page.scheme() == "http");
        page.is_some_and(|page| !page.is_loopback() || any_says_https(headers))
    }
}

/// The addresses of the files, by the build's list of hashes with lines such as `css: 0aB1`.
fn assets(list: &str) -> Assets {
    let address = |kind: &str| {
        let mut lines = list.lines().filter_map(|line| line.split_once(':'));
        match lines.find(|(name, _)| name.trim() == kind) {
            Some((_, hash)) => format!("/pkg/tradein.{}.{kind}", hash.trim()),
            None => format!("/pkg/tradein.{kind}"),
        }
    };
    Assets { style: address("css"), glue: address("js"), wasm: address("wasm") }
}

trait ExistIn {
    fn exist_in(&self, root: &Path) -> bool;
}

impl ExistIn for Assets {
    fn exist_in(&self, root: &Path) -> bool {
        [&self.style, &self.glue, &self.wasm].iter().all(|address| root.join(&address[1..]).is_file())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_builds_list() {
        let hashed = assets("js: Ab1\nwasm: c_2\ncss: -d3\n");
        assert_eq!(hashed.glue, "/pkg/tradein.Ab1.js");
        assert_eq!(hashed.wasm, "/pkg/tradein.c_2.wasm");
        assert_eq!(hashed.style, "/pkg/tradein.-d3.css");
        assert_eq!(assets("").style, "/pkg/tradein.css");
    }
}
