//! Who opens an address spends nothing; who presses a button of our own page does.

use reqwest::header::{ACCEPT, ORIGIN};
use serde_json::Value;

use crate::house::{House, phone};

const JSON: &str = "application/json";

/// Addresses that ask for something, as anybody can write them.
fn addresses() -> Vec<String> {
    let ways = |number: usize| {
        [
            format!("keyword=model{number}"),
            format!("find=1&keyword=model{number}&device_type=手机"),
            format!("pick=手机/苹果/model{number}"),
            format!("device_type=手机&brand=苹果&model=model{number}"),
            format!(
                "failure=%7B%22code%22%3A%22model_unknown%22%7D&device_type=手机&brand=苹果&model=model{number} a b"
            ),
        ]
    };
    let mut all: Vec<String> = (0..9).flat_map(ways).collect();
    all.extend(["", "change=1"].map(str::to_owned));
    all.extend(["手机", "平板", "笔记本", "相机"].map(|category| format!("device_type={category}")));
    all.into_iter().map(|query| format!("/widget/demo?locale=en&{query}")).collect()
}

#[tokio::test]
async fn no_address_that_is_opened_calls_the_partner() {
    let house = House::open().await;
    let all = addresses();
    assert!(all.len() > 50);
    for address in &all {
        let page = house.page(address).await;
        assert!(page.contains("name=\"find\"") || page.contains("class=\"chosen\""), "{address}: no way on");
        assert!(!page.contains("role=\"alert\"") || address.contains("failure"), "{address}: an error");
    }
    assert_eq!(house.spent().await, 0);
}

#[tokio::test]
async fn a_picture_on_another_page_is_not_our_form() {
    let house = House::open().await;
    for (site, mode, status) in [
        ("cross-site", "no-cors", 403),
        ("same-site", "no-cors", 403),
        ("cross-site", "cors", 403),
        ("cross-site", "navigate", 200),
        ("none", "navigate", 200),
        ("same-origin", "cors", 200),
    ] {
        let get = house.http.get(format!("{}/widget/demo?keyword=iphone", house.base));
        let answer = get.header("sec-fetch-site", site).header("sec-fetch-mode", mode).send().await.unwrap();
        assert_eq!(answer.status(), status, "{site} {mode}");
    }
    assert_eq!(house.spent().await, 0);
}

#[tokio::test]
async fn a_post_of_our_own_page_goes_all_the_way_to_a_price_and_each_screen_has_its_address() {
    let house = House::open().await;
    let typed =
        [("locale", "en"), ("device_type", "手机"), ("keyword", "iphone 14 pro"), ("condition", "九成新")];
    let found = house.press("demo", &[&typed[..], &[("find", "1")]].concat()).await;
    assert_eq!(house.spent().await, 1);
    // Reload and Back.
    for _ in 0..3 {
        let page = house.page(&found).await;
        assert!(
            page.contains("value=\"手机/苹果/iPhone 14 Pro\"") && page.contains("value=\"九成新\" checked")
        );
    }
    let pick = [("pick", "手机/苹果/iPhone 14 Pro")];
    let chosen = house.press("demo", &[&typed[..], &pick].concat()).await;
    for _ in 0..3 {
        let page = house.page(&chosen).await;
        assert!(page.contains("class=\"chosen\"") && page.contains("value=\"256GB\""));
    }
    assert_eq!(house.spent().await, 1, "the model was found by its own name");
    let place = house.submit(&phone(&[])).await;
    assert!(house.page(&place).await.contains("Your device is worth"));
    assert_eq!(house.spent().await, 2);
}

#[tokio::test]
async fn popular_models_that_somebody_asked_for_are_drawn_for_all() {
    let house = House::open().await;
    assert!(house.page("/widget/demo?locale=en").await.contains("data-unasked"));
    assert_eq!(house.call("search", &[("keyword", "")]).await.status(), 200);
    for address in ["/widget/demo?locale=en", "/widget/demo?locale=en&device_type=手机"] {
        let page = house.page(address).await;
        assert!(page.contains("Popular models") && !page.contains("data-unasked"), "{address}");
        assert!(page.contains("class=\"brands\"") && page.contains("value=\"手机/"), "{address}");
    }
    assert_eq!(house.spent().await, 1);
}

#[tokio::test]
async fn a_step_is_only_a_step_whichever_way_it_is_asked_for() {
    let house = House::open().await;
    for button in [("step", "looks"), ("mend", "device"), ("change", "1")] {
        let place = house.press("demo", &phone(&[("keyword", "iphone"), button])).await;
        assert!(place.contains(&format!("{}={}", button.0, button.1)), "{place}");
        house.page(&place).await;
    }
    assert_eq!(house.spent().await, 0);
}

#[tokio::test]
async fn another_sites_page_posts_no_search() {
    let house = House::open().await;
    let post = |name, value: &str| {
        let post = house.http.post(format!("{}/widget/demo", house.base)).header(name, value);
        post.form(&[("keyword", "iphone")])
    };
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
    ] {
        assert_eq!(post(name, value).send().await.unwrap().status(), 403, "{name}: {value}");
    }
    assert_eq!(house.spent().await, 0);
    assert_eq!(post(ORIGIN.as_str(), &house.base).send().await.unwrap().status(), 303);
    assert_eq!(house.spent().await, 1);
}

#[tokio::test]
async fn the_visitors_limit_holds_for_what_the_form_asks() {
    let house = House::with(&[("TRADEIN_VISITOR_LIMIT", "2"), ("TRADEIN_TRUSTED_HOPS", "1")]).await;
    let mut places = Vec::new();
    for number in 0..10 {
        let post = house.http.post(format!("{}/widget/demo", house.base));
        let keyword = format!("model{number}");
        let form = [("locale", "en"), ("keyword", keyword.as_str())];
        let answer = post.header("x-forwarded-for", "198.51.100.7").form(&form).send().await.unwrap();
        places.push(answer.headers()["location"].to_str().unwrap().to_owned());
    }
    assert_eq!(house.spent().await, 2);
    let page = house.page(&places[9]).await;
    assert!(page.contains("That was a little fast") && page.contains("value=\"model9\""));
}

#[tokio::test]
async fn one_letter_is_not_searched_for() {
    let house = House::open().await;
    for keyword in ["i", " 1 ", "-"] {
        let answer = house.call("search", &[("keyword", keyword), ("locale", "en")]).await;
        assert_eq!(answer.status(), 422, "{keyword}");
        let refusal: Value = answer.json().await.unwrap();
        assert_eq!(
            (&refusal["code"], &refusal["fields"][0]["field"]),
            (&"invalid_input".into(), &"keyword".into())
        );
        assert_eq!(refusal["fields"][0]["message"], "Type at least two letters, or one Chinese character");
        let place = house.press("demo", &[("locale", "en"), ("keyword", keyword), ("find", "1")]).await;
        let page = house.page(&place).await;
        assert!(
            page.contains("data-failure=\"invalid_input\"") && page.contains("href=\"#keyword\""),
            "{keyword}"
        );
        assert!(page.contains("Type at least two letters"), "{keyword}");
    }
    assert_eq!(house.spent().await, 0);
    for keyword in ["ip", "米"] {
        assert_eq!(house.call("search", &[("keyword", keyword)]).await.status(), 200, "{keyword}");
    }
    assert_eq!(house.call("search", &[("keyword", "")]).await.status(), 200, "popular models");
    assert_eq!(house.spent().await, 3);
}

#[tokio::test]
async fn what_comes_nearest_to_an_unknown_model_is_found_by_the_post() {
    let house = House::open().await;
    let place = house.submit(&phone(&[("model", "iPhone 14 Pro Mini")])).await;
    let spent = house.spent().await;
    for _ in 0..3 {
        let page = house.page(&place).await;
        assert!(page.contains("Nothing has exactly this name"));
        assert!(page.contains("value=\"手机/苹果/iPhone 14 Pro\""));
    }
    assert_eq!(house.spent().await, spent);
}

#[tokio::test]
async fn a_form_of_4500_faults_comes_back_small_and_says_where_it_is_wrong() {
    let house = House::open().await;
    let faults: Vec<String> = (0..4_500).map(|fault| format!("f{fault}")).collect();
    let mut form = phone(&[("function_status", "faulty")]);
    form.extend(faults.iter().map(|fault| ("faults[]", fault.as_str())));
    for path in ["/api/fn/quote", "/widget/demo"] {
        for (accept, type_) in [(JSON, JSON), ("text/html", "text/html; charset=utf-8")] {
            let post = house.http.post(format!("{}{path}", house.base)).header(ACCEPT, accept);
            // 27 kB of them, and as many as a body takes.
            let short = post.try_clone().unwrap().form(&form[..1_000]).send().await.unwrap();
            assert_eq!(short.status(), 413, "{path} {accept}");
            assert_eq!(short.headers()["content-type"], type_, "{path} {accept}");
            assert!(short.text().await.unwrap().contains("invalid_input"), "{path} {accept}");
            let taken = post.form(&form[..400]).send().await.unwrap();
            if let Some(place) = taken.headers().get("location") {
                let page = house.page(place.to_str().unwrap()).await;
                assert!(page.len() < 70_000, "{path} {accept}: {}", page.len());
            } else {
                assert!(taken.bytes().await.unwrap().len() < 4_000, "{path} {accept}");
            }
        }
    }
    // As many as an address holds.
    let query: String = faults[..3_000].iter().map(|fault| format!("&faults[]={fault}")).collect();
    let page = house.page(&format!("/widget/demo?function_status=faulty{query}")).await;
    assert!(page.len() < 70_000, "{}", page.len());
}
