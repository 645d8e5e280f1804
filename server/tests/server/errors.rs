//! Each error is one of the closed list, with a request id, as a page or as JSON.

use reqwest::{Method, Response};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::house::{House, TOKEN};

const CODES: [&str; 11] = [
    "invalid_input",
    "model_unknown",
    "not_accepted",
    "quota_exhausted",
    "rate_limited",
    "partner_unavailable",
    "partner_refused",
    "expired",
    "not_found",
    "not_allowed",
    "internal",
];

/// A request that is refused, and the status and the code of the refusal.
struct Bad {
    method: Method,
    path: &'static str,
    body: Option<(&'static str, &'static str)>,
    operator: bool,
    refused: (u16, &'static str),
}

fn bad(method: Method, path: &'static str, refused: (u16, &'static str)) -> Bad {
    Bad { method, path, body: None, operator: false, refused }
}

impl Bad {
    fn sending(self, kind: &'static str, body: &'static str) -> Self {
        Self { body: Some((kind, body)), ..self }
    }

    fn by_the_operator(self) -> Self {
        Self { operator: true, ..self }
    }

    async fn ask(&self, house: &House, accept: &str) -> Response {
        let mut request = house.http.request(self.method.clone(), format!("{}{}", house.base, self.path));
        request = request.header("accept", accept);
        if let Some((kind, body)) = self.body {
            request = request.header("content-type", kind).body(body);
        }
        if self.operator {
            request = request.bearer_auth(TOKEN);
        }
        request.send().await.unwrap()
    }
}

fn all() -> Vec<Bad> {
    const FORM: &str = "application/x-www-form-urlencoded";
    let invalid = |status| (status, "invalid_input");
    let (missing, method) = ((404, "not_found"), (405, "not_allowed"));
    let stranger = (403, "not_allowed");
    let (get, post) = (Method::GET, Method::POST);
    let mut all = vec![
        // Addresses that cannot be read.
        bad(get.clone(), "/?locale=en&locale=de", invalid(400)),
        bad(get.clone(), "/preview?merchant=a&merchant=b", invalid(400)),
        bad(get.clone(), "/embed/check?merchant=a&merchant=b", invalid(400)),
        bad(get.clone(), "/ops?way=a&way=b", invalid(400)),
        bad(get.clone(), "/value/手机/苹果/x?locale=a&locale=b", invalid(400)),
        bad(get.clone(), "/widget/%FF", invalid(400)),
        bad(get.clone(), "/quote/%FF", invalid(400)),
        bad(get.clone(), "/value/%FF/a/b", invalid(400)),
        bad(get.clone(), "/preview/state/%FF", invalid(400)),
        bad(get.clone(), "/batch/%FF", invalid(400)).by_the_operator(),
        bad(get.clone(), "/batch/%FF/events", invalid(400)).by_the_operator(),
        // Addresses that do not exist.
        bad(get.clone(), "/nowhere", missing),
        bad(get.clone(), "/.env", missing),
        bad(get.clone(), "/../Cargo.toml", missing),
        bad(get.clone(), "/widget/nobody", missing),
        bad(get.clone(), "/quote/x", missing),
        bad(get.clone(), "/value/watch/a/b", missing),
        bad(get.clone(), "/value/手机/苹果/nothing", missing),
        bad(get.clone(), "/preview?merchant=nobody", missing),
        bad(get.clone(), "/preview/state/nothing", missing),
        bad(get.clone(), "/embed/missing.js", missing),
        bad(get.clone(), "/embed", missing),
        bad(get.clone(), "/pkg/missing.js", missing),
        bad(get.clone(), "/pkg/", missing),
        bad(get.clone(), "/api/fn", missing),
        bad(get.clone(), "/batch/999", missing).by_the_operator(),
        bad(get.clone(), "/batch/999/events", missing).by_the_operator(),
        bad(get.clone(), "/batch/999/report.csv", missing).by_the_operator(),
        bad(get.clone(), "/batch/draft/x", missing).by_the_operator(),
        bad(post.clone(), "/api/fn/unknown", missing),
        bad(post.clone(), "/api/fn/search", invalid(422)).sending(FORM, "keyword=i"),
        bad(post.clone(), "/api/fn/quote/more", missing),
        bad(post.clone(), "/api/fn/accept", missing).sending(FORM, "merchant=demo&quote_id=x"),
        bad(post.clone(), "/quote/x", missing).sending(FORM, "merchant=demo"),
        bad(post.clone(), "/batch/999", missing).by_the_operator().sending(FORM, "do=start"),
        // Pages that only the operator may see.
        bad(get.clone(), "/ops", stranger),
        bad(get.clone(), "/batch", stranger),
        bad(get.clone(), "/batch/1", stranger),
        bad(get.clone(), "/batch/1/events", stranger),
        bad(get.clone(), "/batch/template.xlsx", stranger),
        bad(post.clone(), "/batch", stranger),
        bad(get.clone(), "/metrics", (401, "not_allowed")),
        // Bodies that cannot be read.
        bad(post.clone(), "/ops", invalid(415)).sending("text/plain", "token=x"),
        bad(post.clone(), "/ops", invalid(422)).sending(FORM, "token=a&token=b"),
        bad(post.clone(), "/batch", invalid(400)).by_the_operator().sending("text/plain", "x"),
        bad(post.clone(), "/batch", invalid(400))
            .by_the_operator()
            .sending("multipart/form-data; boundary=it", "x"),
        bad(post.clone(), "/batch/1", invalid(415)).by_the_operator().sending("text/plain", "x"),
        bad(post.clone(), "/batch/1", invalid(422)).by_the_operator().sending(FORM, "do=a&do=b"),
        bad(post.clone(), "/batch/draft/x", invalid(415)).by_the_operator().sending("text/plain", "x"),
    ];
    for path in ["/widget/demo", "/quote/x"] {
        all.extend([Method::OPTIONS, Method::DELETE].map(|used| bad(used, path, method)));
    }
    for path in ["/", "/preview", "/value/a/b/c", "/sitemap.xml", "/robots.txt"] {
        all.extend([Method::POST, Method::OPTIONS, Method::DELETE].map(|used| bad(used, path, method)));
    }
    for path in
        ["/healthz", "/readyz", "/metrics", "/embed/v1.js", "/embed/check", "/embed/frame.js", "/icons.svg"]
    {
        all.extend([Method::POST, Method::OPTIONS].map(|used| bad(used, path, method)));
    }
    for path in ["/api/fn/quote", "/api/fn/search", "/api/fn/accept", "/api/fn/unknown", "/ops/leave"] {
        all.extend([Method::GET, Method::PUT, Method::OPTIONS].map(|used| bad(used, path, method)));
    }
    all.extend([Method::DELETE, Method::PATCH].map(|used| bad(used, "/batch/1", method).by_the_operator()));
    all
}

fn kind(answer: &Response) -> &str {
    answer.headers().get("content-type").map_or("", |kind| kind.to_str().unwrap())
}

#[tokio::test]
async fn each_error_is_of_the_list_and_has_the_shape_that_was_asked_for() {
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN), ("TRADEIN_VISITOR_LIMIT", "0")]).await;
    for bad in all() {
        for (accept, page) in [
            ("application/json", Some(false)),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Some(true)),
            ("*/*", None),
        ] {
            let about = format!("{} {} as {accept}", bad.method, bad.path);
            let answer = bad.ask(&house, accept).await;
            let (status, code) = bad.refused;
            assert_eq!(answer.status().as_u16(), status, "{about}");
            let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
            assert!(id.len() >= 8, "{about}");
            assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{about}");
            // The page of an unknown model may be cached for a minute, separately for each shape.
            let kept = &answer.headers()["cache-control"];
            let apart =
                answer.headers().get_all("vary").iter().any(|by| by.to_str().unwrap().contains("accept,"));
            assert!(kept == "no-store" || apart, "{about}: {kept:?}");
            if status == 405 {
                assert!(answer.headers().contains_key("allow"), "{about}");
            }
            let is_page = kind(&answer).starts_with("text/html");
            assert!(is_page || kind(&answer).starts_with("application/json"), "{about}: {}", kind(&answer));
            assert!(page.is_none_or(|page| page == is_page), "{about}: {}", kind(&answer));
            let text = answer.text().await.unwrap();
            if is_page {
                assert!(
                    text.starts_with("<!doctype html>") && text.contains("lang=\"en\""),
                    "{about}: {text}"
                );
            } else {
                let refusal: Value =
                    serde_json::from_str(&text).unwrap_or_else(|_| panic!("{about}: {text}"));
                assert!(CODES.contains(&refusal["code"].as_str().unwrap()), "{about}: {text}");
                assert_eq!(refusal["code"], code, "{about}");
                assert_ne!(refusal["message"], "", "{about}");
            }
        }
    }
}

/// Posts more than the longest form, as a stream without a stated length. Returns the whole answer.
async fn stream(house: &House, path: &str) -> String {
    let address = house.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\naccept: application/json\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    let chunk = format!("{:x}\r\n{}\r\n", 40_000, "x".repeat(40_000));
    stream.write_all((head + &chunk + &chunk + "0\r\n\r\n").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn what_is_too_long_is_refused_by_the_list_whether_or_not_it_tells_its_length() {
    let house = House::open().await;
    for path in ["/api/fn/quote", "/api/fn/search", "/ops"] {
        let post = house.http.post(format!("{}{path}", house.base)).header("accept", "application/json");
        let answer = post.form(&[("model", "x".repeat(100_000))]).send().await.unwrap();
        assert_eq!(answer.status(), 413, "{path}");
        let refusal: Value = answer.json().await.unwrap();
        assert_eq!(refusal["code"], "invalid_input", "{path}");

        let answer = stream(&house, path).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{path}: {answer}");
        assert!(
            answer.contains("x-request-id: ") && answer.contains("\"code\":\"invalid_input\""),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_part_of_a_file_that_is_not_there_is_refused_by_the_list() {
    let house = House::open().await;
    let get = house.http.get(format!("{}/icons.svg", house.base)).header("range", "bytes=9999999-");
    let answer = get.send().await.unwrap();
    assert_eq!(answer.status(), 416);
    assert!(answer.headers()["content-range"].to_str().unwrap().starts_with("bytes */"));
    assert_eq!(answer.json::<Value>().await.unwrap()["code"], "invalid_input");
}

#[tokio::test]
async fn head_has_the_headers_of_the_error() {
    let house = House::open().await;
    for (path, status) in [("/nowhere", 404), ("/api/fn/quote", 405), ("/quote/x", 404), ("/metrics", 401)] {
        let answer = house.http.head(format!("{}{path}", house.base)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{path}");
        assert!(answer.headers().contains_key("x-request-id"), "{path}");
        assert_eq!(answer.bytes().await.unwrap().len(), 0, "{path}");
    }
}

#[tokio::test]
async fn a_page_says_what_happened_in_the_language_of_its_address() {
    let house = House::open().await;
    let url = format!("{}/quote/%FF?locale=zh-CN&theme=dark", house.base);
    let page = house.http.get(url).header("accept", "text/html").send().await.unwrap().text().await.unwrap();
    for part in ["lang=\"zh-CN\"", "data-theme=\"dark\"", "data-code=\"invalid_input\"", "这个请求无法读取"]
    {
        assert!(page.contains(part), "{part}");
    }
}
