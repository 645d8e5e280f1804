//! Opening an address makes no call; pressing a button of our own page does.

use domain::{Category, Term};
use reqwest::header::{ACCEPT, ORIGIN};
use serde_json::Value;

use crate::house::{House, phone};

const JSON: &str = "application/json";

/// Addresses with a search in them, as anyone can write them.
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
    all.extend(Category::ALL.iter().map(|category| format!("device_type={}", category.word())));
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
async fn a_form_with_every_field_full_is_answered_and_comes_back_whole() {
    let house = House::open().await;
    // Characters of four bytes, the longest that there are.
    let text = |length: usize| "𠮷".repeat(length);
    let fault = |number: usize| format!("{number:02}{}", text(98));
    let faults: Vec<String> = (0..20).map(fault).collect();
    let (long, too_long, name) = (text(100), text(101), text(80));
    let mut form = phone(&[("function_status", "faulty"), ("keyword", &long), ("product_name", &name)]);
    for field in ["brand", "storage", "ram", "repair_history", "purchase_channel"] {
        form.retain(|(name, _)| *name != field);
        form.push((field, &long));
    }
    form.extend(faults.iter().map(|fault| ("faults[]", fault.as_str())));
    for path in ["/api/fn/quote", "/widget/demo"] {
        let post = house.http.post(format!("{}{path}", house.base)).header(ACCEPT, JSON);
        let answer = post.form(&form).send().await.unwrap();
        assert!(answer.status() != 413 && answer.status() != 422, "{path}: {}", answer.text().await.unwrap());
    }
    // One character more leads back to the form, with everything that was typed.
    form.retain(|(name, _)| *name != "brand");
    form.push(("brand", &too_long));
    let place = house.submit(&form).await;
    let page = house.page(&place).await;
    assert!(page.contains("data-failure=\"invalid_input\""));
    assert!(faults.iter().all(|fault| page.contains(fault.as_str())), "a fault is lost");
}

#[tokio::test]
async fn twenty_faults_of_a_hundred_letters_are_priced_with_all_of_them() {
    let house = House::open().await;
    let faults: Vec<String> = (0..20).map(|number| format!("转轴{number:02}{}", "松".repeat(96))).collect();
    let mut form = phone(&[("function_status", "faulty")]);
    form.extend(faults.iter().map(|fault| ("faults[]", fault.as_str())));
    let place = house.submit(&form).await;
    let page = house.page(&place).await;
    assert!(faults.iter().all(|fault| page.contains(fault.as_str())), "a fault is lost");
    // The link back to the form contains all of them, and so does the next price.
    let edit = page.split("href=\"").find(|link| link.starts_with("/widget/demo?")).unwrap();
    let edit = edit.split('"').next().unwrap().replace("&amp;", "&");
    let page = house.page(&edit).await;
    assert!(faults.iter().all(|fault| page.contains(fault.as_str())), "a fault is lost on the way back");
}

#[tokio::test]
async fn thirty_faults_are_refused_and_never_priced_as_fewer() {
    let house = House::open().await;
    let text = (0..30)
        .map(|number| format!("第{number:02}处的转轴松了一点还有点响动不太对劲"))
        .collect::<Vec<_>>()
        .join("、");
    let answer = house.call("quote", &phone(&[("function_status", &text)])).await;
    assert_eq!(answer.status(), 422);
    let refusal: Value = answer.json().await.unwrap();
    assert_eq!(refusal["fields"][0]["problem"], "too_many", "{refusal}");
    assert_eq!(house.spent().await, 0);
}

#[tokio::test]
async fn what_is_only_personal_is_asked_of_no_partner() {
    let house = House::open().await;
    for personal in ["13800138000", "138 0013 8000", "zhang@example.com", "i 13800138000"] {
        let answer = house.call("search", &[("keyword", personal)]).await;
        assert_eq!(answer.status(), 422, "{personal}");
        let refusal: Value = answer.json().await.unwrap();
        assert_eq!(refusal["fields"][0]["field"], "keyword", "{personal}");
        house.press("demo", &[("keyword", personal), ("find", "1")]).await;
        let pick = format!("手机/苹果/{personal}");
        house.press("demo", &[("pick", pick.as_str())]).await;
    }
    for field in ["model", "brand", "storage"] {
        let mut form = phone(&[]);
        form.retain(|(name, _)| *name != field);
        form.push((field, "13800138000"));
        let refusal: Value = house.call("quote", &form).await.json().await.unwrap();
        assert_eq!(
            (&refusal["code"], &refusal["fields"][0]["field"]),
            (&"invalid_input".into(), &field.into())
        );
    }
    assert_eq!(house.spent().await, 0);
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
            // 84 kB of them, and as many as a body may contain.
            let short = post.try_clone().unwrap().form(&form).send().await.unwrap();
            assert_eq!(short.status(), 413, "{path} {accept}");
            assert_eq!(short.headers()["content-type"], type_, "{path} {accept}");
            let text = short.text().await.unwrap();
            assert!(
                text.contains("invalid_input") && text.contains("your browser keeps what you typed"),
                "{path}: {text}"
            );
            let taken = post.form(&form[..2_500]).send().await.unwrap();
            if let Some(place) = taken.headers().get("location") {
                let page = house.page(place.to_str().unwrap()).await;
                assert!(page.len() < 70_000, "{path} {accept}: {}", page.len());
            } else {
                assert!(taken.bytes().await.unwrap().len() < 4_000, "{path} {accept}");
            }
        }
    }
    // As many as an address may contain.
    let query: String = faults[..3_000].iter().map(|fault| format!("&faults[]={fault}")).collect();
    let page = house.page(&format!("/widget/demo?function_status=faulty{query}")).await;
    assert!(page.len() < 70_000, "{}", page.len());
}
