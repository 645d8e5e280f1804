//! Headers of proxies in front of the server, and how they are used.

use reqwest::header::{ACCEPT, HOST, ORIGIN};

use crate::house::{House, TOKEN, client, phone};
use crate::process::Process;

/// The lines of `/preview` for a page of plain HTML, and whether the warning is beside them.
async fn snippet(house: &House, said: &[(&str, &str)]) -> (String, bool) {
    let mut get = house.http.get(format!("{}/preview?locale=en", house.base));
    for (name, value) in said {
        get = get.header(*name, *value);
    }
    let page = get.send().await.unwrap().text().await.unwrap();
    let start = page.find("/embed/v1.js").unwrap();
    let begin = page[..start].rfind("http").unwrap();
    let warning = page.split_once("id=\"blocked\"").unwrap().1.split_once('>').unwrap().0;
    (page[begin..start].to_owned(), !warning.contains("hidden"))
}

#[tokio::test]
async fn the_snippet_says_how_the_outermost_trusted_proxy_was_reached() {
    let said =
        [("x-forwarded-proto", "https"), ("x-forwarded-host", "tradein.example"), ("host", "127.0.0.1:3000")];
    let trusting = House::with(&[("TRADEIN_TRUSTED_HOPS", "1")]).await;
    assert_eq!(snippet(&trusting, &said).await, ("https://tradein.example".to_owned(), false));
    let forged =
        [("x-forwarded-host", "evil.example, tradein.example"), ("x-forwarded-proto", "http, https")];
    assert_eq!(snippet(&trusting, &forged).await.0, "https://tradein.example");

    let wary = House::open().await;
    assert_eq!(
        snippet(&wary, &said).await,
        ("http://127.0.0.1:3000".to_owned(), true),
        "told and not believed"
    );
    let set =
        House::with(&[("TRADEIN_PUBLIC_URL", "https://set.example"), ("TRADEIN_TRUSTED_HOPS", "1")]).await;
    assert_eq!(snippet(&set, &said).await, ("https://set.example".to_owned(), false), "what is set wins");
}

#[tokio::test]
async fn a_snippet_that_pages_under_https_do_not_load_warns() {
    let house = House::open().await;
    assert_eq!(snippet(&house, &[]).await, (house.base.clone(), false), "a page on this machine loads it");
    for (host, shown) in
        [("192.168.1.10:8080", "http://192.168.1.10:8080"), ("tradein.lan", "http://tradein.lan")]
    {
        assert_eq!(snippet(&house, &[("host", host)]).await, (shown.to_owned(), true));
    }
    let unset = House::with(&[("TRADEIN_PUBLIC_URL", "http://tradein.example")]).await;
    assert!(snippet(&unset, &[]).await.1);
}

#[tokio::test]
async fn what_proxies_say_of_the_address_is_not_kept_for_others() {
    let house = House::with(&[("TRADEIN_TRUSTED_HOPS", "1")]).await;
    for path in ["/value/%E6%89%8B%E6%9C%BA/x/y", "/sitemap.xml"] {
        for (host, is_public) in [(None, true), (Some("tradein.example"), false)] {
            let mut get = house.http.get(format!("{}{path}", house.base));
            if let Some(host) = host {
                get = get.header("x-forwarded-host", host);
            }
            let answer = get.send().await.unwrap();
            let life = answer.headers()["cache-control"].to_str().unwrap();
            assert_eq!(life.contains("public"), is_public, "{path} {host:?}: {life}");
        }
    }
}

#[tokio::test]
async fn a_trusted_proxy_may_say_the_host_that_it_hides() {
    let post = async |house: &House, forwarded: &str, origin: &str| {
        let post = house.http.post(format!("{}/api/fn/search", house.base)).form(&[("keyword", "iphone")]);
        let post = post.header(HOST, "127.0.0.1:3000").header("x-forwarded-host", forwarded);
        post.header(ORIGIN, origin).send().await.unwrap().status().as_u16()
    };
    let trusting = House::with(&[("TRADEIN_TRUSTED_HOPS", "1")]).await;
    assert_eq!(post(&trusting, "tradein.lan:8080", "http://tradein.lan:8080").await, 200);
    assert_eq!(post(&trusting, "evil.example, tradein.lan", "http://evil.example").await, 403);
    assert_eq!(post(&House::open().await, "tradein.lan:8080", "http://tradein.lan:8080").await, 403);
}

async fn visitors(house: &House) -> String {
    let told: serde_json::Value = house.operators("/readyz").await.json().await.unwrap();
    told["visitors"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_operator_is_told_of_a_proxy_that_hides_visitors() {
    for (hops, told) in [("0", "alike"), ("1", "ok")] {
        let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN), ("TRADEIN_TRUSTED_HOPS", hops)]).await;
        assert_eq!(visitors(&house).await, "ok", "nothing came through a proxy yet");
        let get = house.http.get(format!("{}/healthz", house.base)).header("x-forwarded-for", "198.51.100.7");
        get.send().await.unwrap();
        assert_eq!(visitors(&house).await, told);
        let page = house.operators("/ops").await.text().await.unwrap();
        assert_eq!(page.contains("Visitors cannot be told apart"), told == "alike", "{hops}");
        assert_eq!(house.page("/readyz").await, "{\"ready\":true}", "strangers hear nothing of it");
    }
}

#[tokio::test]
async fn behind_such_a_proxy_guesses_at_the_token_stay_limited() {
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    let mut statuses = Vec::new();
    for visitor in 0..8 {
        let post = house.http.post(format!("{}/ops", house.base)).form(&[("token", "guess")]);
        let seen = format!("198.51.100.{visitor}");
        statuses.push(post.header("x-forwarded-for", seen).send().await.unwrap().status().as_u16());
    }
    assert_eq!(statuses[..5], [403; 5]);
    assert!(statuses[5..].contains(&429), "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_tells_of_a_hidden_visitor_and_of_refused_posts_once_each_whatever_comes() {
    let server = Process::start(&[]).await;
    let http = client();
    let post = async |origin: &str| {
        let post = http.post(format!("{}/api/fn/quote", server.base)).form(&phone(&[]));
        let post =
            post.header(HOST, "127.0.0.1:3000").header(ORIGIN, origin).header(ACCEPT, "application/json");
        let answer = post.header("x-forwarded-for", "192.168.1.20").send().await.unwrap();
        assert_eq!(answer.status(), 403);
    };
    for _ in 0..20 {
        post("http://192.168.1.10:8080").await;
    }
    for stranger in 0..100 {
        post(&format!("https://evil-{stranger}.example")).await;
    }
    server.signal("TERM").await;
    let log = String::from_utf8(server.ended().await.1).unwrap();
    let refused: Vec<&str> = log.lines().filter(|line| line.contains("a post was refused")).collect();
    let first = refused.first().unwrap();
    for said in
        ["WARN", "origin=http://192.168.1.10:8080", "host=127.0.0.1:3000", "TRADEIN_PUBLIC_URL=not set"]
    {
        assert!(first.contains(said), "{said}: {first}");
    }
    assert_eq!(refused.iter().filter(|line| line.contains("192.168.1.10")).count(), 1);
    assert!((8..=9).contains(&refused.len()), "eight, and one more where a minute passes: {refused:?}");
    assert_eq!(log.matches("visitors cannot be told apart").count(), 1, "{log}");
}
