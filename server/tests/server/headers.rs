//! The headers of every answer.

use reqwest::Response;
use reqwest::header::{ETAG, IF_NONE_MATCH, SET_COOKIE};

use crate::house::{House, phone};

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn every_answer_says_what_it_may_do() {
    let house = House::open().await;
    let quote = house.submit(&phone(&[])).await;
    let mut answers = Vec::new();
    for path in [
        "/",
        "/preview",
        "/widget/demo",
        "/widget/nobody",
        &quote,
        "/quote/x",
        "/nowhere",
        "/ops",
        "/healthz",
        "/readyz",
        "/metrics",
        "/islands.js",
        "/icons.svg",
        "/pkg/nothing.js",
        "/embed/v1.js",
        "/embed/check",
        "/embed/nothing.js",
        "/api/fn/quote",
    ] {
        answers.push((path, house.get(path).await));
    }
    answers.push(("a quote", house.call("quote", &phone(&[])).await));
    answers.push(("a refusal", house.call("quote", &phone(&[("storage", "")])).await));
    answers.push(("no function", house.call("nothing", &[]).await));
    for (path, answer) in answers {
        let policy = header(&answer, "content-security-policy");
        for directive in ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors "] {
            assert!(policy.contains(directive), "{path}: {directive} is not in {policy:?}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&answer, "referrer-policy"), "strict-origin-when-cross-origin", "{path}");
        let permissions = header(&answer, "permissions-policy");
        assert!(
            permissions.contains("camera=()") && permissions.contains("clipboard-write=(self)"),
            "{path}"
        );
        let resource = header(&answer, "cross-origin-resource-policy");
        let file = ["/islands.js", "/icons.svg", "/pkg/", "/embed/", "/nowhere"];
        let open = file.iter().any(|start| path.starts_with(start));
        assert_eq!(resource, if open { "cross-origin" } else { "same-origin" }, "{path}");
    }
}

#[tokio::test]
async fn what_belongs_to_one_person_is_stored_nowhere() {
    let house = House::open().await;
    let quote = house.submit(&phone(&[])).await;
    for path in [
        &quote,
        "/quote/x",
        "/ops",
        "/widget/nobody",
        "/widget/demo?model=iPhone+14+Pro",
        "/widget/demo?keyword=iphone",
        "/widget/demo?failure=%7B%22code%22%3A%22expired%22%7D",
        "/widget/demo?before=x",
        "/pkg/nothing.js",
    ] {
        let answer = house.get(path).await;
        assert_eq!(header(&answer, "cache-control"), "no-store", "{path}");
        assert_eq!(answer.headers().get(ETAG), None, "{path}");
    }
    for (function, form) in [("quote", phone(&[])), ("quote", phone(&[("model", "")])), ("search", vec![])] {
        assert_eq!(header(&house.call(function, &form).await, "cache-control"), "no-store", "{function}");
    }
}

#[tokio::test]
async fn an_empty_form_is_kept_for_a_minute_and_known_again_after_it() {
    let house = House::open().await;
    let path = "/widget/demo?locale=en&product_price=799900&product_name=Phone&theme=dark";
    let first = house.get(path).await;
    assert_eq!(header(&first, "cache-control"), "public, max-age=60");
    let vary: Vec<_> =
        first.headers().get_all("vary").iter().map(|value| value.to_str().unwrap().to_owned()).collect();
    assert!(vary.join(",").contains("accept-language"), "{vary:?}");
    let tag = header(&first, "etag").to_owned();
    let ask = async |path: &str, tag: &str| {
        let get = house.http.get(format!("{}{path}", house.base)).header(IF_NONE_MATCH, tag);
        get.send().await.unwrap()
    };
    let again = ask(path, &tag).await;
    assert_eq!((again.status().as_u16(), header(&again, "etag")), (304, tag.as_str()));
    assert!(header(&again, "content-security-policy").contains("frame-ancestors 'self' http://localhost:*"));
    assert_eq!(again.text().await.unwrap(), "");
    assert_eq!(ask(path, "W/\"0123456789abcdef\"").await.status(), 200);
    assert_eq!(ask("/widget/demo?locale=zh-CN", &tag).await.status(), 200, "another page has another tag");
}

#[tokio::test]
async fn the_frame_sets_no_cookie() {
    let house = House::open().await;
    let place = house.submit(&phone(&[])).await;
    for path in ["/widget/demo", "/widget/demo?keyword=iphone", &place, "/embed/v1.js", "/embed/frame.js"] {
        assert_eq!(house.get(path).await.headers().get(SET_COOKIE), None, "{path}");
    }
    for function in ["quote", "search"] {
        assert_eq!(house.call(function, &phone(&[])).await.headers().get(SET_COOKIE), None, "{function}");
    }
}

#[tokio::test]
async fn an_isolated_shop_may_frame_the_way_from_form_to_price() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    let shops = "[[merchants]]\nid = \"apart\"\nname = \"Apart\"\ncoep = true\n\
                 [[merchants]]\nid = \"other\"\nname = \"Other\"";
    std::fs::write(&file, shops).unwrap();
    let house = House::with(&[("TRADEIN_CONFIG", file.to_str().unwrap())]).await;
    let url = format!("{}/api/fn/quote", house.base);
    let post = house.http.post(url).header("accept", "text/html").form(&phone(&[("merchant", "apart")]));
    let sent_on = post.send().await.unwrap();
    assert_eq!(header(&sent_on, "cross-origin-resource-policy"), "cross-origin");
    let quote = header(&sent_on, "location").to_owned();
    let asked = house.http.post(format!("{}/widget/apart", house.base)).form(&[("keyword", "iphone")]);
    let on_the_way = asked.send().await.unwrap();
    assert_eq!(header(&on_the_way, "cross-origin-resource-policy"), "cross-origin");
    for path in ["/widget/apart", "/widget/apart?keyword=iphone", &quote, "/quote/x?merchant=apart"] {
        let answer = house.get(path).await;
        assert_eq!(header(&answer, "cross-origin-embedder-policy"), "require-corp", "{path}");
        assert_eq!(header(&answer, "cross-origin-resource-policy"), "cross-origin", "{path}");
    }
    let other = house.get("/widget/other").await;
    assert_eq!(header(&other, "cross-origin-embedder-policy"), "");
    assert_eq!(header(&other, "cross-origin-resource-policy"), "same-origin");
}

#[tokio::test]
async fn browsers_are_bound_to_https_where_the_public_address_is() {
    let told = async |public: &str| {
        let house = House::with(&[("TRADEIN_PUBLIC_URL", public)]).await;
        let mut told = Vec::new();
        for path in ["/", "/widget/demo", "/nowhere", "/ops", "/embed/v1.js", "/healthz", "/api/fn/quote"] {
            told.push(header(&house.get(path).await, "strict-transport-security").to_owned());
        }
        told.dedup();
        told
    };
    assert_eq!(told("https://tradein.example").await, ["max-age=63072000"]);
    assert_eq!(told("http://tradein.example").await, [""]);
    assert_eq!(told("").await, [""]);
}
