//! The pages of what models are worth: anyone may read them, and they cost no call.

use std::sync::Arc;

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::{Running, Sandbox};

use crate::house::{House, phone};

const PAGE: &str = "/value/手机/苹果/iPhone 14 Pro?locale=en";

/// A server with an account, so that its prices count as real.
async fn house() -> (House, Running) {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
    let url = partner.base_url();
    let settings = [("AHS_APP_ID", "AHS2025TEST"), ("AHS_APP_SECRET", "hush"), ("AHS_API_URL", url.as_str())];
    (House::with(&settings).await, partner)
}

#[tokio::test]
async fn a_models_worth_is_told_from_what_was_answered_and_costs_no_call() {
    let (house, partner) = house().await;
    for (storage, condition) in [("256GB", "九成新"), ("256GB", "八成新"), ("512GB", "九成新")] {
        house.call("quote", &phone(&[("storage", storage), ("condition", condition)])).await;
    }
    house.all_recorded().await;
    let asked = partner.sandbox().stats().calls;
    let page = house.page(PAGE).await;
    for words in [
        "What a used Apple iPhone 14 Pro is worth",
        "256GB, 512GB · condition: Good to Excellent",
        "256GB by condition",
        ">512GB<",
        "Excellent",
        "The last 30 days",
        "<meta name=\"description\" content=\"A used Apple iPhone 14 Pro is worth ¥",
        "\"@type\":\"AggregateOffer\"",
        "/value/%E6%89%8B%E6%9C%BA/%E8%8B%B9%E6%9E%9C/iPhone%2014%20Pro?locale=en\"",
    ] {
        assert!(page.contains(words), "{words:?} is not in {page}");
    }
    assert!(!page.contains("noindex"));
    let other = house.page(&format!("{PAGE}&storage=512GB")).await;
    assert!(other.contains("512GB by condition") && !other.contains(">Good<"), "{other}");
    // Another word for the category, or another language, leads to the same page.
    assert!(
        house
            .page("/value/phone/苹果/iPhone 14 Pro?locale=zh-CN")
            .await
            .contains("二手苹果 iPhone 14 Pro值多少钱")
    );
    let map = house.page("/sitemap.xml").await;
    assert_eq!(map.matches("<loc>").count(), 3, "in each language, and in the reader's: {map}");
    assert_eq!(map.matches("hreflang=\"en\"").count(), 3, "{map}");
    assert!(house.page("/robots.txt").await.contains("Disallow: /widget/"), "what asks is not for crawlers");
    assert_eq!(partner.sandbox().stats().calls, asked);

    let first = house.get(PAGE).await;
    assert_eq!(first.headers()["cache-control"], "public, max-age=60");
    let again =
        house.http.get(format!("{}{PAGE}", house.base)).header("if-none-match", &first.headers()["etag"]);
    assert_eq!(again.send().await.unwrap().status().as_u16(), 304);
}

#[tokio::test]
async fn each_address_of_a_page_names_its_original_and_the_other_languages() {
    let (house, _partner) = house().await;
    house.call("quote", &phone(&[])).await;
    house.all_recorded().await;
    let path = "/value/%E6%89%8B%E6%9C%BA/%E8%8B%B9%E6%9E%9C/iPhone%2014%20Pro";
    let original = async |query: &str| {
        let page = house.page(&format!("{path}{query}")).await;
        for (tag, query) in [("zh-CN", "?locale=zh-CN"), ("en", "?locale=en"), ("x-default", "")] {
            let link = format!("hreflang=\"{tag}\" href=\"{}{path}{query}\"", house.base);
            assert!(page.contains(&link), "{link} is not in {page}");
        }
        let (_, rest) = page.split_once("rel=\"canonical\" href=\"").unwrap();
        rest.split('"').next().unwrap().replace(&house.base, "").replace(path, "")
    };
    assert_eq!(original("").await, "", "the reader's language");
    assert_eq!(original("?storage=256GB").await, "");
    assert_eq!(original("?locale=en").await, "?locale=en");
    assert_eq!(original("?locale=zh&theme=dark&storage=256GB").await, "?locale=zh-CN");
    assert_eq!(original("?locale=xx").await, "", "not a language of ours");
}

#[tokio::test]
async fn a_model_that_was_never_asked_for_has_a_page_that_leads_on() {
    let house = House::open().await;
    let answer = house.get("/value/手机/苹果/iPhone 15 Pro?locale=en").await;
    assert_eq!(answer.status().as_u16(), 404);
    let text = answer.text().await.unwrap();
    assert!(text.contains("No price of this model is known here"), "{text}");
    assert!(text.contains("/widget/demo?locale=en&amp;device_type="), "{text}");
    assert_eq!(house.get("/value/toaster/苹果/iPhone 15 Pro").await.status().as_u16(), 404);
    let odd = house.get("/value/手机/%3Cscript%3E/%22%3E%3Cb%3E").await.text().await.unwrap();
    assert!(!odd.contains("<script><") && !odd.contains("\"><b>"), "{odd}");
}

#[tokio::test]
async fn search_engines_do_not_find_a_sandboxes_prices() {
    let house = House::open().await;
    house.call("quote", &phone(&[])).await;
    house.all_recorded().await;
    let page = house.page(PAGE).await;
    assert!(page.contains("noindex") && !page.contains("ld+json") && page.contains("Sandbox"), "{page}");
    assert!(!house.page("/sitemap.xml").await.contains("<loc>"));
}
