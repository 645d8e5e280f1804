//! Another site's page changes nothing here, whoever looks at it.

use reqwest::header::{ACCEPT, HOST, ORIGIN, SET_COOKIE};
use serde_json::Value;

use crate::house::{House, TOKEN, phone};

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
async fn long_bodies_are_refused_everywhere() {
    let house = House::open().await;
    let long = "x".repeat(100_000);
    for path in ["/api/fn/quote", "/api/fn/search", "/widget/demo", "/ops"] {
        let post = house.http.post(format!("{}{path}", house.base)).form(&[("token", long.as_str())]);
        assert_eq!(post.send().await.unwrap().status(), 413, "{path}");
    }
}
