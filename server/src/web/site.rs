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
use crate::settings::Settings;

/// What pages are served with. Clones share everything.
#[derive(Clone, Debug)]
pub struct Site(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    root: PathBuf,
    assets: Arc<Assets>,
    loader: Loader,
    public_url: Option<Url>,
    proxies: Proxies,
    foreign_posts: PostLog,
    changing: RwLock<Changing>,
}

/// What changes while the server runs. It is locked for a copy, never over a request.
#[derive(Debug)]
struct Changing {
    merchants: Arc<Merchants>,
    /// Why the settings could not be read again, the last time.
    mistake: Option<Arc<str>>,
}

/// The static files are not there.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The folder that is set is none.
    #[error(
        "LEPTOS_SITE_ROOT is {0}, which is not a folder; it takes the folder that the build made, such as target/site"
    )]
    NotAFolder(PathBuf),
    /// Nothing is set, and nothing was found.
    #[error(
        "the static files are missing: run `make build`, or set LEPTOS_SITE_ROOT to the folder that it made"
    )]
    Missing,
    /// The folder is not one that the build made.
    #[error("the loader {path} cannot be read: {cause}; run `make build`, and see LEPTOS_SITE_ROOT")]
    Loader {
        /// Where it was looked for.
        path: PathBuf,
        /// Why not.
        cause: std::io::Error,
    },
}

impl Site {
    /// Finds the static files: where the settings say, else beside the binary, else in
    /// `target/site`.
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
        // The build's own list of hashes lies beside the binary; `make build` puts a copy
        // beside the files, so that the folder can be served from anywhere.
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
        Ok(Self(Arc::new(Inner { root, assets, loader, public_url, proxies, foreign_posts, changing })))
    }

    /// The folder of static files.
    pub fn root(&self) -> &Path {
        &self.0.root
    }

    /// The addresses of style sheet, script and wasm.
    pub fn assets(&self) -> Arc<Assets> {
        Arc::clone(&self.0.assets)
    }

    /// What shops load: its address by content, and what they pin it by.
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

    /// Remembers why settings could not be read again; the merchants stay.
    pub(crate) fn note_mistake(&self, mistake: String) {
        let mut changing = self.0.changing.write();
        changing.mistake = Some(mistake.into());
    }

    /// Why the settings could not be read again; `None` while they can.
    pub fn mistake(&self) -> Option<Arc<str>> {
        let changing = self.0.changing.read();
        changing.mistake.clone()
    }

    /// The proxies before the server.
    pub(super) fn proxies(&self) -> &Proxies {
        &self.0.proxies
    }

    /// The rejected posts that were logged.
    pub(super) fn foreign_posts(&self) -> &PostLog {
        &self.0.foreign_posts
    }

    /// Whether that is where shops reach this server: as it is set, or as the request says by its
    /// `Host` or a trusted proxy by `X-Forwarded-Host`. A proxy may have taken the `s` of https off
    /// on the way, so the page's own scheme stands for theirs.
    pub(super) fn is_ours(&self, page: &PageOrigin, headers: &HeaderMap) -> bool {
        if self.public_url().as_deref() == Some(page.as_str()) {
            return true;
        }
        let host = text(headers, header::HOST);
        let hosts = [Some(&*host), self.0.proxies.host(headers)];
        hosts.into_iter().flatten().any(|host| PageOrigin::at(page.scheme(), host).as_ref() == Some(page))
    }

    /// Whether shops reach this server by https, as far as it is set.
    pub fn is_https(&self) -> bool {
        self.0.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    /// Where shops reach this server, as far as it is set.
    pub fn public_url(&self) -> Option<String> {
        self.0.public_url.as_ref().map(|url| url.origin().ascii_serialization())
    }

    /// Where shops reach this server: as it is set, or as trusted proxies and `Host` say.
    pub(super) fn public_origin(&self, headers: &HeaderMap) -> String {
        if let Some(set) = self.public_url() {
            return set;
        }
        let scheme = self.0.proxies.scheme(headers).unwrap_or("http");
        let at = |host: &str| PageOrigin::at(scheme, host);
        let told = self.0.proxies.host(headers).and_then(at).or_else(|| at(&text(headers, header::HOST)));
        told.map_or_else(|| format!("{scheme}://localhost"), |origin| origin.as_str().to_owned())
    }

    /// Whether [`Self::public_origin`] is what a proxy's header says. Caches tell requests apart
    /// by `Host` and not by these headers, so what holds such an address is not for them.
    pub(super) fn is_told_by_proxies(&self, headers: &HeaderMap) -> bool {
        let told = self.0.proxies.host(headers).is_some() || self.0.proxies.scheme(headers).is_some();
        self.0.public_url.is_none() && told
    }

    /// Whether pages under https would not load what is at `origin`, an address of
    /// [`Self::public_origin`]: what is http is blocked there, but for this machine's own.
    pub(super) fn is_blocked_under_https(origin: &str, headers: &HeaderMap) -> bool {
        let page = PageOrigin::of(origin).filter(|page| page.scheme() == "http");
        page.is_some_and(|page| !page.is_loopback() || any_says_https(headers))
    }
}

/// The addresses by the build's list of hashes, lines such as `css: 0aB1`.
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
