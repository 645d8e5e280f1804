use domain::Quote;

use crate::house::{House, TOKEN, phone};

#[tokio::test]
async fn a_shopper_without_javascript_searches_picks_and_gets_a_price() {
    let house = House::open().await;
    let empty = house.page("/widget/demo?locale=en&product_price=799900&product_name=Phone").await;
    assert!(empty.contains("What is your old device worth?") && empty.contains("Sandbox"));
    assert!(empty.contains("data-unasked"), "nobody has asked for popular models yet");
    let asked = house.press("demo", &[("locale", "en"), ("find", "1")]).await;
    assert!(house.page(&asked).await.contains("Popular models"));

    let typed =
        [("locale", "en"), ("device_type", "手机"), ("keyword", "iphone14pro"), ("condition", "九成新")];
    let found = house.page(&house.press("demo", &typed).await).await;
    assert!(found.contains("value=\"手机/苹果/iPhone 14 Pro\""));
    assert!(found.contains("value=\"九成新\" checked"), "what was ticked stays ticked");

    let pick = [("pick", "手机/苹果/iPhone 14 Pro")];
    let picked = house.page(&house.press("demo", &[&typed[..], &pick].concat()).await).await;
    assert!(
        picked.contains("value=\"256GB\"") && !picked.contains("value=\"64GB\""),
        "only what it comes in"
    );

    let form = phone(&[("product_price", "799900"), ("product_name", "Phone")]);
    let place = house.submit(&form).await;
    assert!(place.starts_with("/quote/") && place.contains("locale=en"));
    let page = house.page(&place).await;
    for part in [
        "Your device is worth",
        "Holds until",
        "How the price came about",
        "Recommended",
        "Nobody will pay it",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains("You pay") && page.contains("¥7,999"));
    let json = page.split_once("id=\"tradein-quote\">").unwrap().1.split_once("</script>").unwrap().0;
    let quote: Quote = serde_json::from_str(json).unwrap();
    assert!(page.contains(&quote.price.final_price().to_string()));
    assert!(quote.quality_check.len() >= 20);
}

#[tokio::test]
async fn a_price_asked_anew_is_compared_with_the_one_before() {
    let house = House::open().await;
    // The validity is so short that the answer is not cached.
    let device = ("model", "SANDBOX-EXPIRING");
    let first = house.submit(&phone(&[device])).await;
    let id = first.trim_start_matches("/quote/").split('?').next().unwrap();
    let again = house.submit(&phone(&[device, ("before", id)])).await;
    assert!(again.contains(&format!("before={id}")) && !again.contains(&format!("/quote/{id}")));
    assert!(house.page(&again).await.contains("The same as the price that expired"));

    let silent = async |place: String| !house.page(&place).await.contains("price that expired");
    let other = house.submit(&phone(&[device, ("before", id), ("storage", "512GB")])).await;
    assert!(silent(other).await, "another device has another price");
    for odd in [id, "nobody", "../../etc/passwd"] {
        assert!(silent(format!("{first}&before={odd}")).await, "{odd}");
    }
}

#[tokio::test]
async fn the_page_of_a_price_tells_what_comes_next() {
    let house = House::open().await;
    let place = house.submit(&phone(&[("product_price", "799900")])).await;
    let page = house.page(&place).await;
    for part in ["What happens then", "Before you hand it over", "Erase everything", "left</span>"] {
        assert!(page.contains(part), "{part}");
    }
    // Everyone with the link sees the same page.
    let link = page.split_once("id=\"link\" readonly value=\"").unwrap().1.split_once('"').unwrap().0;
    assert_eq!(link.replace("&amp;", "&"), format!("{}{place}", house.base));
    assert!(!page.contains("What would change the price"), "nothing is known yet");

    house.submit(&phone(&[("condition", "八成新")])).await;
    let spent = house.stats().await["quota_used"].clone();
    let page = house.page(&place).await;
    assert!(page.contains("What would change the price") && page.contains("Good: Fine scratches"));
    assert_eq!(house.stats().await["quota_used"], spent);

    let camera = [("device_type", "相机"), ("brand", "索尼"), ("model", "Alpha 7 IV"), ("storage", "机身")];
    let page = house.page(&house.submit(&phone(&camera)).await).await;
    assert!(page.contains("Erase everything") && !page.contains("Sign out of your accounts"));
}

#[tokio::test]
async fn pages_speak_chinese_and_english() {
    let house = House::open().await;
    let place = house.submit(&phone(&[("locale", "")])).await;
    for path in ["/", "/widget/demo", "/preview", &place, "/nowhere"] {
        let joint = if path.contains('?') { "&" } else { "?" };
        for (tag, word) in [("zh-CN", "旧机换新估价"), ("en", "Trade-in estimate")] {
            let text = house.get(&format!("{path}{joint}locale={tag}")).await.text().await.unwrap();
            if path != "/nowhere" {
                assert!(text.contains(&format!("lang=\"{tag}\"")) && text.contains(word), "{path} {tag}");
            }
        }
    }
}

#[tokio::test]
async fn a_mistake_brings_the_form_back_with_all_that_was_typed() {
    let house = House::open().await;
    let form = phone(&[
        ("storage", ""),
        ("function_status", "faulty"),
        ("faults[]", "water"),
        ("faults[]", "battery"),
        ("repair_history", "换过屏幕"),
    ]);
    let place = house.submit(&form).await;
    assert!(place.starts_with("/widget/demo?"), "{place}");
    let page = house.page(&place).await;
    assert!(page.contains("Choose the storage") && page.contains("data-failure=\"invalid_input\""));
    assert!(page.contains("iPhone 14 Pro") && page.contains("value=\"九成新\" checked"));
    for fault in ["water", "battery"] {
        assert!(page.contains(&format!("value=\"{fault}\" checked")), "{fault}");
    }
    assert!(page.contains("value=\"换过屏幕\" checked"));
}

#[tokio::test]
async fn an_unknown_model_and_a_partner_that_is_down_each_say_so_and_keep_the_answers() {
    let house = House::open().await;
    for (model, words) in [
        ("SANDBOX-UNKNOWN", "This device was not found"),
        ("SANDBOX-DOWN", "The quote service does not answer"),
    ] {
        let page = house.page(&house.submit(&phone(&[("model", model)])).await).await;
        assert!(page.contains(words) && page.contains(model), "{model}");
        assert!(page.contains("value=\"九成新\" checked"));
    }
}

#[tokio::test]
async fn a_search_without_an_answer_is_not_shown_as_one_that_found_nothing() {
    let house = House::open().await;
    house.set(r#"{"error_rate": 1.0}"#).await;
    let search = async |keyword| {
        house.page(&house.press("demo", &[("locale", "en"), ("keyword", keyword)]).await).await
    };
    let page = search("iphone").await;
    assert!(page.contains("The quote service does not answer") && !page.contains("Nothing found"));
    house.set(r#"{"error_rate": 0.0}"#).await;
    assert!(search("zzzz").await.contains("Nothing found"));
}

#[tokio::test]
async fn what_is_not_there_has_its_page() {
    let house = House::open().await;
    for path in
        ["/nowhere", "/widget/nobody", "/quote/0123456789abcdefghijAB", "/quote/x", "/embed/nothing.js"]
    {
        let answer = house.get(path).await;
        assert_eq!(answer.status(), 404, "{path}");
        if !path.starts_with("/embed") {
            assert!(answer.text().await.unwrap().contains("This page was not found"), "{path}");
        }
    }
}

#[tokio::test]
async fn typed_text_stays_text() {
    let house = House::open().await;
    let page = house.page("/widget/demo?keyword=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&brand=%3Cb%3E").await;
    assert!(!page.contains("<script>alert") && !page.contains("<b>"));
    let forged = r#"{"code":"internal","request_id":"call 555"}"#;
    let page = house.page(&format!("/widget/demo?locale=en&failure={forged}")).await;
    assert!(page.contains("Something broke on our side") && !page.contains("call 555"));
}

#[tokio::test]
async fn only_a_merchants_own_sites_may_frame_its_pages() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    std::fs::write(
        &file,
        "[[merchants]]\nid = \"corner\"\nname = \"Corner\"\norigins = [\"https://corner.example\"]",
    )
    .unwrap();
    let house = House::with(&[("TRADEIN_CONFIG", file.to_str().unwrap())]).await;
    assert_eq!(house.get("/widget/demo").await.status(), 404);
    let answer = house.get("/widget/corner?accent=%230a7").await;
    let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("frame-ancestors 'self' https://corner.example"), "{policy}");
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval';") && !policy.contains("unsafe-inline"),
        "{policy}"
    );
    assert!(policy.contains("style-src 'self' 'sha256-"), "{policy}");
    assert!(answer.text().await.unwrap().contains("data-origins=\"'self' https://corner.example\""));
    // Each page of a merchant names the merchant, so that a host page never receives the events of another's
    // page.
    for (path, named) in [("/widget/corner", true), ("/quote/none?merchant=corner", true), ("/", false)] {
        let page = house.get(path).await.text().await.unwrap();
        assert_eq!(page.contains("data-merchant=\"corner\""), named, "{path}");
    }
    let elsewhere = house.get("/").await;
    assert!(
        elsewhere.headers()["content-security-policy"].to_str().unwrap().ends_with("frame-ancestors 'self'")
    );
}

#[tokio::test]
async fn the_studio_gives_the_two_lines() {
    let house = House::with(&[("TRADEIN_PUBLIC_URL", "https://tradein.example")]).await;
    let page = house.page("/preview?locale=en&theme=dark&accent=%230a7").await;
    assert!(page.contains("https://tradein.example/embed/v1.js"));
    assert!(page.contains("theme=\"dark\"") && page.contains("accent=\"#0a7\""));
    assert!(page.contains("<noscript>"), "a frame for browsers without JavaScript");
}

#[tokio::test]
async fn health_and_requests_can_be_told_apart() {
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    assert_eq!(house.page("/healthz").await, "ok\n");
    let ready: serde_json::Value = house.operators("/readyz").await.json().await.unwrap();
    assert_eq!((&ready["ready"], &ready["sandbox"]), (&true.into(), &true.into()));
    let metrics = house.operators("/metrics").await;
    assert!(metrics.headers()["content-type"].to_str().unwrap().starts_with("application/openmetrics-text"));
    assert!(
        metrics.text().await.unwrap().contains("tradein_partner_quota_left{provider=\"aihuishou\"} 2000")
    );
    let ids: Vec<String> = [house.get("/").await, house.get("/").await]
        .map(|answer| answer.headers()["x-request-id"].to_str().unwrap().to_owned())
        .into();
    assert_ne!(ids[0], ids[1]);
    let given = house.http.get(&house.base).header("x-request-id", "from-the-proxy-1").send().await.unwrap();
    assert_eq!(given.headers()["x-request-id"], "from-the-proxy-1");
}

#[tokio::test]
async fn files_are_kept_by_their_hash_and_travel_compressed() {
    let house = House::open().await;
    let page = house.page("/widget/demo").await;
    let wasm = page.split_once("data-wasm=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    assert_ne!(wasm, "/pkg/tradein.wasm", "the build puts a hash into the name");
    let answer =
        house.http.get(format!("{}{wasm}", house.base)).header("accept-encoding", "br").send().await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], "br");
    assert_eq!(answer.headers()["content-type"], "application/wasm");
    assert!(answer.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    let script = house.get("/islands.js").await;
    assert_eq!(script.headers()["cache-control"], "no-cache", "its name stays when it changes");
    let loader = house.get("/embed/v1.js").await;
    assert_eq!(loader.headers()["access-control-allow-origin"], "*");
    assert!(loader.headers()["content-type"].to_str().unwrap().contains("javascript"));
}
