//! Addresses with small mistakes, and heads that cannot be read.

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::house::{House, client};

/// The head and the body of the answer to the bytes of a request.
async fn ask(house: &House, request: &[u8]) -> (String, String) {
    let mut stream = TcpStream::connect(house.base.trim_start_matches("http://")).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    // If a request was not read to its end, the answer may be followed by a reset.
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    (head.to_owned(), body.to_owned())
}

#[tokio::test]
async fn slashes_too_many_lead_to_the_address_without() {
    let house = House::open().await;
    for (path, place) in [
        ("/widget/demo/", "/widget/demo"),
        ("/widget/demo/?locale=en&keyword=a%2Fb/", "/widget/demo?locale=en&keyword=a%2Fb/"),
        ("//widget/demo", "/widget/demo"),
        ("//widget//demo//", "/widget/demo"),
        ("/preview/", "/preview"),
        ("/quote/x/", "/quote/x"),
        ("/value/%E6%89%8B%E6%9C%BA/a/b/", "/value/%E6%89%8B%E6%9C%BA/a/b"),
        ("/healthz/", "/healthz"),
        ("//embed/v1.js", "/embed/v1.js"),
    ] {
        let answer = house.get(path).await;
        assert_eq!(answer.status(), 308, "{path}");
        assert_eq!(answer.headers()["location"], place, "{path}");
    }
    // The redirect keeps the method, so a form is sent again.
    let post = house.http.post(format!("{}/widget/demo/", house.base)).form(&[("keyword", "x")]);
    assert_eq!(post.send().await.unwrap().status(), 308);
}

#[tokio::test]
async fn no_address_leads_to_another_host() {
    let house = House::open().await;
    for path in
        ["//evil.example/", "///evil.example", "/\\evil.example/", "/\\/evil.example/", "//evil.example/.."]
    {
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let (head, _) = ask(&house, request.as_bytes()).await;
        let place = head.lines().find_map(|line| line.strip_prefix("location: "));
        let own = |place: &str| place.starts_with('/') && !place.starts_with("//") && !place.contains('\\');
        assert!(place.is_none_or(own), "{path} leads to {place:?}");
    }
}

#[tokio::test]
async fn a_request_names_its_host_once() {
    let house = House::open().await;
    let ask = async |version: &str, hosts: &str| {
        let request =
            format!("GET / HTTP/{version}\r\n{hosts}accept: application/json\r\nconnection: close\r\n\r\n");
        ask(&house, request.as_bytes()).await
    };
    assert!(ask("1.1", "host: shop.example\r\n").await.0.starts_with("HTTP/1.1 200"));
    assert!(ask("1.0", "").await.0.starts_with("HTTP/1.0 200"));
    for hosts in ["host: a\r\nhost: b\r\n", "host: a\r\nHost: a\r\n", "", "host: a\"<b>\r\n"] {
        let (head, body) = ask("1.1", hosts).await;
        assert!(head.starts_with("HTTP/1.1 400"), "{hosts:?}: {head}");
        let refusal: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(refusal["code"], "invalid_input");
    }
}

#[tokio::test]
async fn heads_that_cannot_be_read_are_refused_as_all_errors_are() {
    let house = House::open().await;
    let long = [b"/", "a".repeat(70_000).as_bytes()].concat();
    for (path, status) in [(&b"/widget/d\xe9mo"[..], 400), (b"/wid get", 400), (&long, 414)] {
        let head = |about: &str| {
            let about = format!("{about}\r\nhost: x\r\n\r\n");
            // The lines about the reader come first, so that they are received even if the head is cut off.
            [b"GET ", path, b" HTTP/1.1\r\n", about.as_bytes()].concat()
        };
        let (head_of_page, page) =
            ask(&house, &head("accept: text/html,*/*;q=0.8\r\naccept-language: zh-CN")).await;
        assert!(head_of_page.starts_with(&format!("HTTP/1.1 {status} ")), "{head_of_page}");
        for part in ["x-request-id: ", "content-security-policy: ", "connection: close"] {
            assert!(head_of_page.contains(part), "{part:?} is not in {head_of_page}");
        }
        if status == 400 {
            assert!(
                page.contains("data-code=\"invalid_input\"") && page.contains("lang=\"zh-CN\""),
                "{page}"
            );
        }
        let (_, json) = ask(&house, &head("accept: application/json\r\naccept-language: en")).await;
        let refusal: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(refusal["code"], "invalid_input");
    }
}

#[tokio::test]
async fn a_head_that_cannot_be_read_is_refused_so_after_others_on_its_connection() {
    let house = House::open().await;
    let good = b"HEAD /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    let bad = b"GET /\xff HTTP/1.1\r\nhost: x\r\naccept: application/json\r\naccept-language: zh-CN\r\n\r\n";
    // A request after it is not answered, and its lines about the reader are not used.
    let after = b"GET /healthz HTTP/1.1\r\nhost: x\r\naccept-language: en\r\n\r\n";
    let refused = b"GET /nowhere HTTP/1.1\r\nhost: x\r\naccept: application/json\r\n\r\n";
    let page = b"GET /widget/demo HTTP/1.1\r\nhost: x\r\n\r\n";
    let post = b"POST /api/fn/search HTTP/1.1\r\nhost: x\r\ncontent-length: 7\r\n\r\nkeyword";
    for (about, before) in [
        ("one", &good[..]),
        ("a refused one", refused),
        ("many", &good.repeat(5)),
        ("a page", page),
        ("one with a body", post),
    ] {
        let (head, rest) = ask(&house, &[before, bad, after].concat()).await;
        let all = format!("{head}\r\n\r\n{rest}");
        let (_, last) = all.rsplit_once("HTTP/1.1 400 ").unwrap_or_else(|| panic!("{about}: {all}"));
        let (head, body) = last.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("x-request-id: ") && head.contains("connection: close"), "{about}: {head}");
        let refusal: Value = serde_json::from_str(body).unwrap_or_else(|_| panic!("{about}: {all}"));
        assert_eq!(refusal["code"], "invalid_input", "{about}");
        let message = refusal["message"].as_str().unwrap();
        assert!(!message.is_ascii(), "it is not in the reader's language: {message}");
    }
}

#[tokio::test]
async fn bad_percent_encoding_is_told_in_the_readers_language() {
    let house = House::open().await;
    for path in ["/widget/%ff", "/value/%E4/..", "/value/%E4/a/b", "/embed/%ff", "/pkg/%ff", "/%ff", "/%zz"] {
        // Not with a client that corrects addresses.
        let ask = async |path: &str, language: &str| {
            let request = format!(
                "GET {path} HTTP/1.1\r\nhost: x\r\naccept: text/html\r\naccept-language: {language}\r\n\
                 connection: close\r\n\r\n"
            );
            ask(&house, request.as_bytes()).await.1
        };
        assert!(ask(path, "zh-CN").await.contains("lang=\"zh-CN\""), "{path}");
        assert!(ask(path, "en").await.contains("lang=\"en\""), "{path}");
        let asked = ask(&format!("{path}?locale=zh-CN"), "en").await;
        assert!(asked.contains("lang=\"zh-CN\""), "{path}: what the address asks for wins");
    }
}

#[tokio::test]
async fn the_redirect_is_followed_to_the_page() {
    let house = House::open().await;
    let place = client().get(format!("{}//widget/demo/?locale=en", house.base)).send().await.unwrap();
    let page = house.page(place.headers()["location"].to_str().unwrap()).await;
    assert!(page.contains("lang=\"en\""));
}
