//! A shopper accepts a price in the widget, and withdraws it, with and without JavaScript.

use checkout::{Amount, OfferId, OrderId, Redemption};
use domain::Money;
use reqwest::Response;
use reqwest::header::{ACCEPT, CACHE_CONTROL, COOKIE, SET_COOKIE};
use serde_json::Value;
use tempfile::TempDir;

use crate::house::{House, phone};

/// A shop that adds ¥200, and one that does not exist in other tests.
const SHOPS: &str = "[[merchants]]\nid = \"demo\"\nname = \"Demo\"\n[[merchants.top_ups]]\nfixed = 20000\n\
    [[merchants]]\nid = \"lens\"\nname = \"Lens\"\ncategories = [\"camera\"]\n";
/// A visit, as a page draws it.
const VISIT: &str = "00000000000000000000000000000001";
const OTHER: &str = "00000000000000000000000000000002";

struct Shop {
    house: House,
    quote: Value,
    _folder: TempDir,
}

/// A house with a price for a phone, or for `model`.
async fn shop(model: &str) -> Shop {
    shop_with(model, &[]).await
}

async fn shop_with(model: &str, variables: &[(&str, &str)]) -> Shop {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    std::fs::write(&file, SHOPS).unwrap();
    let file = file.display().to_string();
    let house = House::with(&[&[("TRADEIN_CONFIG", &*file)], variables].concat()).await;
    let quote = house.call("quote", &phone(&[("model", model)])).await.json().await.unwrap();
    house.all_recorded().await;
    Shop { house, quote, _folder: folder }
}

impl Shop {
    fn id(&self) -> &str {
        self.quote["id"].as_str().unwrap()
    }

    /// The amount that the page shows.
    fn amount(&self) -> i64 {
        self.quote["price"]["final"].as_i64().unwrap() + 20_000
    }

    fn form<'a>(&'a self, others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut form = vec![
            ("merchant", "demo"),
            ("locale", "en"),
            ("product_name", "iPhone 17"),
            ("product_price", "799900"),
            ("quote_id", self.id()),
            ("visit", VISIT),
        ];
        form.retain(|(name, _)| others.iter().all(|(other, _)| other != name));
        form.extend_from_slice(others);
        form
    }

    async fn call(&self, function: &str, others: &[(&str, &str)]) -> Response {
        self.house.call(function, &self.form(others)).await
    }

    async fn accept(&self, others: &[(&str, &str)]) -> Value {
        let answer = self.call("accept", others).await;
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// Presses a button of the quote's page, as a browser without JavaScript does.
    async fn press(&self, act: &str, others: &[(&str, &str)]) -> Response {
        let url = format!("{}/quote/{}", self.house.base, self.id());
        let form = self.form(&[others, &[("act", act)]].concat());
        self.house.http.post(url).header(ACCEPT, "text/html").form(&form).send().await.unwrap()
    }

    /// The quote's page for a browser with that cookie.
    async fn page(&self, cookie: &str) -> String {
        let query = "merchant=demo&locale=en&product_name=iPhone+17&product_price=799900";
        let url = format!("{}/quote/{}?{query}", self.house.base, self.id());
        let answer = self.house.http.get(url).header(COOKIE, cookie).send().await.unwrap();
        assert_eq!(answer.headers()[CACHE_CONTROL], "no-store");
        answer.text().await.unwrap()
    }
}

/// The cookie that an answer sets, as a browser sends it back.
fn cookie(answer: &Response) -> String {
    let set = answer.headers()[SET_COOKIE].to_str().unwrap();
    set.split_once(';').unwrap().0.to_owned()
}

#[tokio::test]
async fn an_accepted_price_is_an_offer_that_the_shops_page_hears_of() {
    let shop = shop("iPhone 14 Pro").await;
    let told = shop.accept(&[("amount", &shop.amount().to_string())]).await;
    assert_eq!(told["id"], shop.quote["id"], "the quote as before");
    assert_eq!(told["top_up"], 20_000);
    let offer = &told["offer"];
    assert_eq!(offer["amount"], shop.amount());
    assert_eq!(offer["currency"], "CNY");
    assert_eq!(offer["expires_at"], shop.quote["valid_until"]);
    assert_eq!(offer["code"].as_str().unwrap().len(), 8);
    assert_eq!(offer["token"].as_str().unwrap().split('.').count(), 3);
    let names: Vec<_> = offer.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    let panel = told["panel"].as_str().unwrap();
    assert!(panel.contains("data-state=\"accepted\"") && panel.contains("Withdraw"), "{panel}");
    assert!(!panel.contains(offer["token"].as_str().unwrap()), "the token stays out of the page");
}

#[tokio::test]
async fn one_visit_makes_one_offer_of_a_price_and_another_visit_another() {
    let shop = shop("iPhone 14 Pro").await;
    let id = async |others: &[(&str, &str)]| shop.accept(others).await["offer"]["id"].clone();
    let first = id(&[]).await;
    assert_eq!(id(&[]).await, first, "pressed twice");
    assert_ne!(id(&[("visit", OTHER)]).await, first);
    assert_ne!(id(&[("product_name", "iPhone 17 Pro")]).await, first, "for another product");
    let third = [("visit", "00000000000000000000000000000003")];
    let (one, same) = tokio::join!(shop.accept(&third), shop.accept(&third));
    assert_eq!(one["offer"]["id"], same["offer"]["id"], "at once");
}

#[tokio::test]
async fn the_cookie_counts_before_the_field_and_a_second_tab_finds_the_offer() {
    let shop = shop("iPhone 14 Pro").await;
    let first = shop.call("accept", &[]).await;
    let cookie = cookie(&first);
    assert_eq!(cookie, format!("tradein-visit={VISIT}"));
    let first: Value = first.json().await.unwrap();
    let url = format!("{}/api/fn/accept", shop.house.base);
    let post = shop.house.http.post(url).header(ACCEPT, "application/json").header(COOKIE, &cookie);
    let second = post.form(&shop.form(&[("visit", OTHER)])).send().await.unwrap();
    assert_eq!(second.headers().get(SET_COOKIE), None);
    let second: Value = second.json().await.unwrap();
    assert_eq!(second["offer"]["id"], first["offer"]["id"]);
    let page = shop.page(&cookie).await;
    assert!(page.contains("data-state=\"accepted\"") && !page.contains("name=\"visit\""));
    let strangers = shop.page("").await;
    assert!(strangers.contains("data-state=\"open\"") && strangers.contains("name=\"visit\""));
}

#[tokio::test]
async fn by_https_the_cookie_reaches_a_frame_in_the_shops_page() {
    let shop = shop_with("iPhone 14 Pro", &[("TRADEIN_PUBLIC_URL", "https://tradein.example")]).await;
    let answer = shop.call("accept", &[]).await;
    let set = answer.headers()[SET_COOKIE].to_str().unwrap();
    assert!(set.ends_with("HttpOnly; SameSite=None; Secure; Partitioned"), "{set}");
}

#[tokio::test]
async fn what_the_page_sends_is_compared_and_never_believed() {
    let shop = shop("iPhone 14 Pro").await;
    for amount in ["1", "99999999", "4700.00", ""] {
        let answer = shop.call("accept", &[("amount", amount)]).await;
        assert_eq!(answer.status(), 422, "{amount}");
        let told: Value = answer.json().await.unwrap();
        assert_eq!(told["code"], "amount_mismatch");
        assert!(told["message"].as_str().unwrap().contains("Nothing has been taken"));
        assert!(told["panel"].as_str().unwrap().contains("value=\"accept\""), "it may be pressed again");
        assert!(told.get("offer").is_none());
    }
}

#[tokio::test]
async fn an_unknown_quote_and_an_unknown_shop_make_no_offer() {
    let shop = shop("iPhone 14 Pro").await;
    for others in [
        [("quote_id", "0000000000000000000000")],
        [("quote_id", "")],
        [("merchant", "nobody")],
        [("merchant", "")],
    ] {
        let answer = shop.call("accept", &others).await;
        assert_eq!(answer.status(), 404, "{others:?}");
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "not_found");
    }
    let lens = shop.call("accept", &[("merchant", "lens")]).await;
    assert_eq!(lens.status(), 409, "a shop that takes cameras only");
}

#[tokio::test]
async fn a_withdrawn_price_may_be_accepted_again() {
    let shop = shop("iPhone 14 Pro").await;
    let first = shop.accept(&[]).await;
    let answer = shop.call("withdraw", &[]).await;
    assert_eq!(answer.status(), 200);
    let told: Value = answer.json().await.unwrap();
    assert_eq!(told["offer"]["id"], first["offer"]["id"]);
    assert_eq!(told["offer"]["state"], "withdrawn");
    assert_eq!(told["offer"]["product"]["name"], "iPhone 17");
    assert!(told["offer"].get("token").is_none());
    let again = shop.call("withdraw", &[]).await;
    assert_eq!(again.status(), 200, "pressed twice");
    assert!(again.json::<Value>().await.unwrap().get("offer").is_none(), "and told once");
    assert_ne!(shop.accept(&[]).await["offer"]["id"], first["offer"]["id"]);
}

#[tokio::test]
async fn without_javascript_the_page_shows_the_code_and_the_way_back() {
    let shop = shop("iPhone 14 Pro").await;
    let answer = shop.press("accept", &[("amount", &shop.amount().to_string())]).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()[CACHE_CONTROL], "no-store");
    let cookie = cookie(&answer);
    let page = answer.text().await.unwrap();
    let offer = shop.accept(&[]).await["offer"].clone();
    let code = offer["code"].as_str().unwrap();
    let grouped = format!("{}-{}", &code[..4], &code[4..]);
    assert!(page.contains(&grouped) && page.contains("The shop holds it for you until"), "{page}");
    assert!(shop.page(&cookie).await.contains(&grouped), "coming back");
    let strangers = shop.page("").await;
    assert!(!strangers.contains(&grouped), "the address alone shows nobody the code");
    let withdrawn = shop.press("withdraw", &[]).await.text().await.unwrap();
    assert!(withdrawn.contains("You have withdrawn this credit") && withdrawn.contains("value=\"accept\""));
}

#[tokio::test]
async fn a_price_that_nobody_can_bank_on_says_why_and_is_not_accepted() {
    for (model, why) in
        [("SANDBOX-ZERO", "where it can be recycled"), ("SANDBOX-NO-COEFFICIENT", "is an estimate")]
    {
        // An answer with a coefficient, from which a missing one is estimated.
        let mut shop = shop("iPhone 14 Pro").await;
        shop.quote = shop.house.call("quote", &phone(&[("model", model)])).await.json().await.unwrap();
        let page = shop.page("").await;
        assert!(!page.contains("value=\"accept\""), "{model}");
        assert!(page.contains(why), "{model}");
        let answer = shop.call("accept", &[]).await;
        assert_eq!(answer.status(), 409, "{model}");
        let told: Value = answer.json().await.unwrap();
        assert!(!told["message"].as_str().unwrap().is_empty() && told.get("offer").is_none(), "{model}");
    }
}

#[tokio::test]
async fn a_page_without_a_cookie_asks_what_became_of_the_price() {
    let shop = shop("iPhone 14 Pro").await;
    let look = async || shop.call("offer", &[]).await.json::<Value>().await.unwrap();
    assert!(look().await["panel"].as_str().unwrap().contains("data-state=\"open\""));
    shop.accept(&[]).await;
    let told = look().await;
    assert!(told["panel"].as_str().unwrap().contains("data-state=\"accepted\""));
    assert_eq!(told.as_object().unwrap().len(), 1, "and gets no token");
}

#[tokio::test]
async fn another_sites_page_accepts_nothing() {
    let shop = shop("iPhone 14 Pro").await;
    for path in ["/api/fn/accept".to_owned(), "/api/fn/withdraw".to_owned(), format!("/quote/{}", shop.id())]
    {
        let post = shop.house.http.post(format!("{}{path}", shop.house.base)).form(&shop.form(&[]));
        let answer = post.header("sec-fetch-site", "cross-site").send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.headers().get(SET_COOKIE)), (403, None), "{path}");
    }
}

#[tokio::test]
async fn a_price_that_an_order_has_used_says_so_and_is_not_withdrawn() {
    let shop = shop("iPhone 14 Pro").await;
    let answer = shop.call("accept", &[]).await;
    let cookie = cookie(&answer);
    let offer = answer.json::<Value>().await.unwrap()["offer"].clone();
    let redemption = Redemption {
        order_id: OrderId::parse("A-1001").unwrap(),
        amount: Amount::cny(Money::from_fen(offer["amount"].as_i64().unwrap())),
        token: None,
    };
    let id = OfferId::parse(offer["id"].as_str().unwrap()).unwrap();
    shop.house.checkout.redeem(&id, "demo", redemption).await.unwrap();
    let page = shop.page(&cookie).await;
    assert!(page.contains("data-state=\"redeemed\"") && page.contains("A-1001"));
    for function in ["withdraw", "accept"] {
        let answer = shop.call(function, &[]).await;
        assert_eq!(answer.status(), 409, "{function}");
        let told: Value = answer.json().await.unwrap();
        assert_eq!(told["code"], "already_redeemed");
        assert!(told["panel"].as_str().unwrap().contains("A-1001"), "{function}");
        assert!(told.get("offer").is_none(), "{function}");
    }
}
