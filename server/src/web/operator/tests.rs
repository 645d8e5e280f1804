use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use lists::Lists;
use tempfile::TempDir;
use tower::ServiceExt;

use super::*;
use crate::Settings;
use crate::offers;
use crate::partner::Counter;
use crate::reading::Reader;
use crate::web::{Parts, PriceIntakes, Site, routes as all_routes};

const TOKEN: &str = "token-of-the-operator-in-this-test";

/// All routes of a server in sandbox mode.
struct Served {
    site: Router,
    _counter: Counter,
    _folder: TempDir,
}

impl Served {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = format!("sqlite://{}/tradein.db", folder.path().display());
        let settings = Settings::read(&|name| match name {
            "LEPTOS_SITE_ROOT" => Some(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site").to_owned()),
            "TRADEIN_DATABASE_URL" => Some(database.clone()),
            _ => None,
        });
        let settings = settings.unwrap();
        let counter = Counter::open(&settings).await.unwrap();
        let lists = Lists::new(&counter.desks, &counter.account, counter.desk.instance().clone());
        let site = Site::find(&settings).unwrap();
        let auth = OperatorAuth::new(&TOKEN.into(), false);
        let address = SocketAddr::from(([127, 0, 0, 1], 9));
        let checkout = offers::open(&settings, &counter.records, &counter.desk, address).unwrap();
        let reader = Reader::at("none".into());
        let prices =
            counter.prices.iter().map(|prices| (prices.name.clone(), prices.intake.clone())).collect();
        let (desks, prices) = (counter.desks.clone(), PriceIntakes(prices));
        let parts = Parts { site, desks, checkout, lists, reader, prices, auth };
        let routes = all_routes(parts, &settings.limits);
        Self { site: routes.site, _counter: counter, _folder: folder }
    }

    /// Status and text of the answer to a request, with a header where one is given.
    async fn ask(&self, method: Method, path: &str, header: Option<(&str, &str)>) -> (StatusCode, String) {
        let mut request = Request::builder().method(method).uri(path).header("host", "x");
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
        let request = request.extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        let answer = self.site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let status = answer.status();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }
}

/// An address of the route: the names of its parts stand for themselves.
fn address(route: &str) -> String {
    route.replace(['{', '}'], "")
}

#[tokio::test]
async fn no_route_of_the_operator_is_open_without_the_token_or_a_session() {
    let served = Served::start().await;
    let cookie = format!("tradein_operator={}", "A".repeat(80));
    for (route, _) in pages() {
        let path = address(route);
        for header in [None, Some(("authorization", "Bearer guess")), Some(("cookie", cookie.as_str()))] {
            if header.is_some_and(|(name, _)| name == "authorization") && route != "/ops" {
                // Five wrong tokens are the limit.
                continue;
            }
            let (status, text) = served.ask(Method::GET, &path, header).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "GET {route} with {header:?}");
            assert!(text.contains("name=\"token\""), "GET {route} draws no form to sign in with: {text}");
        }
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
            let (status, text) = served.ask(method.clone(), &path, None).await;
            assert!(status.is_client_error(), "{method} {route} is open: {status} {text}");
        }
    }
}

#[tokio::test]
async fn the_operator_is_let_in_everywhere() {
    let served = Served::start().await;
    let token = format!("Bearer {TOKEN}");
    for (route, _) in pages() {
        let (status, _) = served.ask(Method::GET, &address(route), Some(("authorization", &token))).await;
        assert!(![401, 403, 405].contains(&status.as_u16()), "GET {route}: {status}");
    }
}

#[tokio::test]
async fn crawlers_are_kept_from_the_operators_pages() {
    let served = Served::start().await;
    let (_, robots) = served.ask(Method::GET, "/robots.txt", None).await;
    let kept_from: Vec<&str> = robots.lines().filter_map(|line| line.strip_prefix("Disallow: ")).collect();
    for (route, _) in pages() {
        assert!(kept_from.iter().any(|path| route.starts_with(path)), "robots.txt does not disallow {route}");
    }
}

#[test]
fn only_the_operators_handlers_draw_the_operators_pages() {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let files = files_below(&web);
    let (private, public): (Vec<_>, Vec<_>) = files
        .iter()
        .partition(|path| path.starts_with(web.join("operator")) || path.ends_with("operator.rs"));
    let draws = |path: &PathBuf| std::fs::read_to_string(path).unwrap().contains("app::operator");
    assert!(private.into_iter().any(draws), "the pages are drawn with app::operator");
    for path in public {
        assert!(!draws(path), "{} draws an operator's page: move it to web/operator/", path.display());
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}
