//! A merchant's settings, and how they change its pages.

use records::testing::Other;
use serde_json::Value;
use tempfile::TempDir;

use crate::house::{House, TOKEN, database, phone};

/// A server with those merchants, and the folder of its settings.
async fn house(merchants: &str) -> (House, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    std::fs::write(&file, merchants).unwrap();
    let variables = [("TRADEIN_CONFIG", file.to_str().unwrap()), ("TRADEIN_OPERATOR_TOKEN", TOKEN)];
    (House::with(&variables).await, folder)
}

/// The facts in a quote's page for its host page.
fn told(page: &str) -> Value {
    let json = page.split_once("id=\"tradein-quote\">").unwrap().1.split_once("</script>").unwrap().0;
    serde_json::from_str(json).unwrap()
}

#[tokio::test]
async fn calls_and_prices_are_recorded_for_the_merchant_in_whose_page_they_were_asked() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(&folder);
    let house = House::with(&[("TRADEIN_DATABASE_URL", &url)]).await;
    house.call("quote", &phone(&[])).await;
    house.call("search", &[("keyword", "iphone"), ("merchant", "demo")]).await;
    house.call("search", &[("keyword", "xiaomi"), ("merchant", "unknown")]).await;
    house.all_recorded().await;
    let mut records = Other::at(&url).await.unwrap();
    for (query, count) in [
        ("SELECT count(*) FROM quotes WHERE merchant = 'demo'", 1),
        ("SELECT count(*) FROM attempts WHERE merchant = 'demo'", 2),
        ("SELECT count(*) FROM attempts WHERE merchant IS NULL", 1),
    ] {
        assert_eq!(records.number(query).await.unwrap(), count, "{query}");
    }
}

#[tokio::test]
async fn what_the_snippet_does_not_say_the_merchant_has_set() {
    let (house, _folder) = house(
        "[[merchants]]\nid = \"corner\"\nname = \"Corner & Co\"\norigins = [\"https://corner.example\"]\n\
         locale = \"en\"\ntheme = \"dark\"\naccent = \"navy\"\nlogo = \"https://cdn.corner.example/logo.svg\"",
    )
    .await;
    let chinese = |path: &str| {
        let get = house.http.get(format!("{}{path}", house.base)).header("accept-language", "zh-CN");
        async { get.send().await.unwrap() }
    };
    let answer = chinese("/widget/corner").await;
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("img-src 'self' https://cdn.corner.example;"), "{policy}");
    let page = answer.text().await.unwrap();
    for part in [
        "lang=\"en\"",
        "data-theme=\"dark\"",
        "--accent:#000080",
        "src=\"https://cdn.corner.example/logo.svg\"",
        "alt=\"Corner &amp; Co\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let page = chinese("/widget/corner?locale=zh-CN&theme=light&accent=%230a7").await.text().await.unwrap();
    for part in ["lang=\"zh-CN\"", "data-theme=\"light\"", "--accent:#00aa77"] {
        assert!(page.contains(part), "{part}");
    }
    // The studio has our own looks, whatever the shop's are.
    let studio = house.http.get(format!("{}/preview?merchant=corner", house.base)).bearer_auth(TOKEN);
    let studio = studio.header("accept-language", "zh-CN").send().await.unwrap().text().await.unwrap();
    assert!(studio.contains("Corner &amp; Co"));
    assert!(studio.contains("lang=\"zh-CN\"") && studio.contains("data-theme=\"auto\""));
}

#[tokio::test]
async fn a_shop_is_offered_only_what_it_takes() {
    let (house, _folder) =
        house("[[merchants]]\nid = \"lens\"\nname = \"Lens\"\ncategories = [\"camera\", \"平板\"]").await;
    let page = house.page("/widget/lens?locale=en").await;
    for (word, offered) in [("手机", false), ("平板", true), ("笔记本", false), ("相机", true)] {
        let tile = format!("name=\"device_type\" value=\"{word}\"");
        assert_eq!(page.contains(&tile), offered, "{word}");
    }
    assert!(!page.contains("手机/"), "no phone is popular here");
    for keyword in ["", "iphone"] {
        let place = house.press("lens", &[("locale", "en"), ("keyword", keyword)]).await;
        assert!(!house.page(&place).await.contains("手机/"), "{keyword}");
    }
    let search = [("keyword", "iphone"), ("merchant", "lens")];
    assert_eq!(house.call("search", &search).await.json::<Value>().await.unwrap(), serde_json::json!([]));

    let spent = house.stats().await["quota_used"].clone();
    let refused = house.call("quote", &phone(&[("merchant", "lens")])).await;
    assert_eq!(refused.status(), 409);
    let refusal: Value = refused.json().await.unwrap();
    assert_eq!((&refusal["code"], &refusal["reason"]), (&"not_accepted".into(), &"not_by_shop".into()));
    assert_eq!(house.stats().await["quota_used"], spent, "nobody asks for what nobody takes");
    let back = house.page(&house.submit(&phone(&[("merchant", "lens")])).await).await;
    assert!(back.contains("This shop takes no devices of this kind"));
}

#[tokio::test]
async fn the_most_generous_top_up_that_fits_is_told_beside_the_quote() {
    let (house, _folder) = house(
        "[[merchants]]\nid = \"demo\"\nname = \"Demo\"\n\
         [[merchants.top_ups]]\nfixed = 20000\n\
         [[merchants.top_ups]]\npercent = \"50\"\nproduct = \"iphone 17\"\ncategory = \"phone\"\n\
         [[merchants.top_ups]]\nfixed = 900000\nuntil = 2020-01-01\n\
         [[merchants]]\nid = \"plain\"\nname = \"Plain\"",
    )
    .await;
    let top_up = async |others: &[(&str, &str)]| {
        let told = told(&house.page(&house.submit(&phone(others)).await).await);
        (told["top_up"].as_i64(), told["price"]["final"].as_i64().unwrap())
    };
    assert_eq!(top_up(&[]).await.0, Some(20_000));
    let new = [("product_price", "799900"), ("product_name", "Apple iPhone 17 Pro")];
    let (added, price) = top_up(&new).await;
    assert_eq!(added, Some(price / 2));
    assert_eq!(top_up(&[("merchant", "plain")]).await.0, None);
    assert_eq!(top_up(&[("model", "SANDBOX-ZERO")]).await, (None, 0));
    // A link without a merchant belongs to no shop.
    let place = house.submit(&phone(&[])).await;
    let page = house.page(place.split_once('?').unwrap().0).await;
    assert_eq!(told(&page)["top_up"], Value::Null);
    // The contract's Quote has no such field.
    let quote: Value = house.call("quote", &phone(&[])).await.json().await.unwrap();
    assert_eq!(quote.get("top_up"), None);
}

#[tokio::test]
async fn the_studio_tells_strangers_of_no_merchant_but_the_demo() {
    let shops = "[[merchants]]\nid = \"corner\"\nname = \"Corner & Co\"\naccent = \"navy\"\n";
    let (house, _folder) = house(&format!("{shops}[[merchants]]\nid = \"demo\"\nname = \"Demo\"")).await;
    let page = house.page("/preview?locale=en").await;
    assert!(page.contains("value=\"demo\"") && page.contains("way=/preview"), "{page}");
    let state = house.page("/preview/state/quoted?merchant=corner&locale=en").await;
    for told in [&page, &state] {
        assert!(!told.contains("corner") && !told.contains("Corner") && !told.contains("#000080"), "{told}");
    }
    // A merchant that exists and one that does not look the same.
    let mut answers = Vec::new();
    for id in ["corner", "nobody"] {
        let answer = house.get(&format!("/preview?locale=en&merchant={id}")).await;
        answers.push((answer.status().as_u16(), answer.text().await.unwrap()));
    }
    assert_eq!(answers[0].0, 404);
    assert_eq!(answers[0], answers[1]);

    let seen = house.operators("/preview?locale=en").await;
    assert_eq!(seen.headers()["cache-control"], "no-store");
    let seen = seen.text().await.unwrap();
    assert!(seen.contains("Corner &amp; Co") && seen.contains("value=\"demo\""), "{seen}");
    let state = house.operators("/preview/state/quoted?merchant=corner").await.text().await.unwrap();
    assert!(state.contains("#000080"));
    assert_eq!(house.operators("/preview?merchant=nobody").await.status(), 404);
}

#[tokio::test]
async fn a_studio_without_the_demo_asks_strangers_to_sign_in() {
    let (house, _folder) = house("[[merchants]]\nid = \"corner\"\nname = \"Corner & Co\"").await;
    let answer = house.get("/preview?locale=en").await;
    assert_eq!(answer.status(), 403);
    let page = answer.text().await.unwrap();
    assert!(page.contains("name=\"way\" value=\"/preview\"") && !page.contains("orner"), "{page}");
    let form = [("token", TOKEN), ("way", "/preview")];
    let signed_in =
        house.http.post(format!("{}/ops?locale=en", house.base)).form(&form).send().await.unwrap();
    assert_eq!(signed_in.headers()["location"], "/preview?locale=en");
}
