//! Another site's page can change nothing here, whoever its visitor is.

use reqwest::header::{ACCEPT, HOST, ORIGIN, SET_COOKIE};
use serde_json::Value;

use crate::house::{House, TOKEN, phone};
use crate::ops::sign_in;

#[tokio::test]
async fn only_pages_of_ours_post() {
    let house =
        House::with(&[("TRADEIN_PUBLIC_URL", "https://tradein.example"), ("TRADEIN_OPERATOR_TOKEN", TOKEN)])
            .await;
    let own = house.base.clone();
    let theirs = "https://evil.example".to_owned();
    let public = "https://tradein.example".to_owned();
    let cases = [
        (None, None, true),
        (Some("same-origin"), None, true),
        (Some("none"), None, true),
        (None, Some(&own), true),
        (None, Some(&public), true),
        (Some("cross-site"), None, false),
        (Some("same-site"), Some(&public), false),
        (None, Some(&theirs), false),
        (None, Some(&"null".to_owned()), false),
    ];
    let form = phone(&[]);
    let search = [("keyword", "iphone")];
    let sign_in = [("token", TOKEN)];
    for (site, origin, taken) in cases {
        for (path, form) in [
            ("/api/fn/quote", &form[..]),
            ("/api/fn/search", &search),
            ("/widget/demo", &search),
            ("/ops", &sign_in),
            ("/ops/leave", &[]),
        ] {
            for accept in ["application/json", "text/html"] {
                let mut post = house.http.post(format!("{own}{path}")).header(ACCEPT, accept).form(form);
                if let Some(site) = site {
                    post = post.header("sec-fetch-site", site);
                }
                if let Some(origin) = origin {
                    post = post.header(ORIGIN, origin);
                }
                let answer = post.send().await.unwrap();
                let about = format!("{path} {accept} {site:?} {origin:?}");
                if taken {
                    assert!(answer.status().as_u16() < 400, "{about}: {}", answer.status());
                    continue;
                }
                assert_eq!(answer.status(), 403, "{about}");
                assert_eq!(answer.headers().get(SET_COOKIE), None, "{about}");
                let text = answer.text().await.unwrap();
                if accept == "text/html" {
                    assert!(text.contains("data-code=\"not_allowed\""), "{about}");
                } else {
                    let refusal: Value = serde_json::from_str(&text).unwrap();
                    assert_eq!(refusal["code"], "not_allowed", "{about}");
                }
            }
        }
    }
    assert_eq!(house.stats().await["quota_used"], 2, "one price and one search, and the rest from the cache");
}

#[tokio::test]
async fn without_a_set_address_the_requests_own_counts() {
    let house = House::open().await;
    let post = |origin: &str| {
        let post = house.http.post(format!("{}/api/fn/search", house.base)).form(&[("keyword", "iphone")]);
        post.header(HOST, "tradein.example").header(ORIGIN, origin)
    };
    for ours in ["https://tradein.example", "http://tradein.example"] {
        assert_eq!(post(ours).send().await.unwrap().status(), 200, "{ours}");
    }
    for other in ["https://tradein.example:8443", "https://www.tradein.example", "https://evil.example"] {
        assert_eq!(post(other).send().await.unwrap().status(), 403, "{other}");
    }
}

#[tokio::test]
async fn a_host_is_the_same_with_the_port_that_its_scheme_has_anyway() {
    let house = House::open().await;
    for (host, origin, status) in [
        ("tradein.lan:80", "http://tradein.lan", 200),
        ("tradein.example:443", "https://tradein.example", 200),
        ("Tradein.LAN", "http://tradein.lan", 200),
        ("tradein.lan", "http://tradein.lan:8080", 403),
        ("tradein.example:80", "https://tradein.example", 403),
    ] {
        let post = house.http.post(format!("{}/api/fn/search", house.base)).form(&[("keyword", "iphone")]);
        let answer = post.header(HOST, host).header(ORIGIN, origin).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{host} {origin}");
    }
}

/// The answers to a rejected post from `origin`, as a page and as JSON, where the proxy sends its own name as
/// `Host`.
async fn refused(house: &House, origin: &str, others: &[(&str, &str)]) -> [String; 2] {
    let mut said = Vec::new();
    for accept in ["text/html", "application/json"] {
        let post = house.http.post(format!("{}/api/fn/quote?locale=en", house.base)).form(&phone(&[]));
        let mut post = post.header(ACCEPT, accept).header(HOST, "127.0.0.1:3000").header(ORIGIN, origin);
        for (name, value) in others {
            post = post.header(*name, *value);
        }
        let answer = post.send().await.unwrap();
        assert_eq!(answer.status(), 403);
        said.push(answer.text().await.unwrap());
    }
    said.try_into().unwrap()
}

#[tokio::test]
async fn behind_a_proxy_that_hides_the_host_the_operators_browser_says_what_to_do() {
    const LAN: &str = "http://192.168.1.10:8080";
    let advice = ["proxy_set_header Host $http_host", "TRADEIN_PUBLIC_URL=http://192.168.1.10:8080"];
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    for nearby in [&[] as &[_], &[("x-forwarded-for", "192.168.1.20")]] {
        for said in refused(&house, LAN, nearby).await {
            assert!(
                advice.iter().all(|words| said.contains(words)) && said.contains("127.0.0.1:3000"),
                "{said}"
            );
        }
    }
    // A shopper, who cannot correct the proxy: the page has a public address, or the visitor is not nearby.
    let shoppers: [(&str, &[(&str, &str)]); 3] = [
        ("https://tradein.example", &[]),
        (LAN, &[("x-forwarded-for", "198.51.100.7")]),
        (LAN, &[("sec-fetch-site", "cross-site")]),
    ];
    for (origin, others) in shoppers {
        for said in refused(&house, origin, others).await {
            assert!(!said.contains("TRADEIN_") && !said.contains("proxy"), "{said}");
            assert!(said.contains("Open the page anew"), "{said}");
        }
    }
    // A visitor who is signed in is the operator, wherever they are.
    let cookie = sign_in(&house).await;
    for said in refused(&house, "https://tradein.example", &[("cookie", &cookie)]).await {
        assert!(said.contains("TRADEIN_PUBLIC_URL=https://tradein.example"), "{said}");
    }
    let set = House::with(&[("TRADEIN_PUBLIC_URL", "https://tradein.example")]).await;
    for said in refused(&set, LAN, &[]).await {
        assert!(said.contains("Open https://tradein.example instead"), "{said}");
    }
}

#[tokio::test]
async fn long_bodies_are_refused_everywhere() {
    let house = House::open().await;
    let long = "x".repeat(100_000);
    for path in ["/api/fn/quote", "/api/fn/search", "/widget/demo", "/ops"] {
        let post = house.http.post(format!("{}{path}", house.base)).form(&[("token", long.as_str())]);
        assert_eq!(post.send().await.unwrap().status(), 413, "{path}");
    }
}
