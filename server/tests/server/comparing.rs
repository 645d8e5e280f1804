//! A merchant whose providers are compared, from the settings to the page.

use std::process::Command;
use std::sync::Arc;

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::{Running, Sandbox};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::house::{House, phone};

/// A partner of its own, which pays that many hundredths of the usual price.
async fn partner(app_id: &str, hundredths: u8) -> Running {
    let account = Account::new(app_id, AppSecret::new("hush").unwrap()).unwrap();
    let sandbox = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap().paying(hundredths);
    sandbox.serve(([127, 0, 0, 1], 0).into()).await.unwrap()
}

/// Two accounts and a buyer that is down, and three merchants: one compares all, one names no buyer, one asks the second
/// alone.
async fn market() -> (TempDir, String, [Running; 2]) {
    let partners = [partner("ONE", 100).await, partner("TWO", 105).await];
    let [one, two] = partners.each_ref().map(Running::base_url);
    let text = format!(
        r#"
[[providers]]
name = "one"
kind = "aihuishou"
app_id = "ONE"
secret_env = "HUSH"
url = "{one}"

[[providers]]
name = "two"
kind = "aihuishou"
label = {{ "zh-CN" = "第二家", en = "The second" }}
app_id = "TWO"
secret_env = "HUSH"
url = "{two}"

[[providers]]
name = "down"
kind = "http"
url = "http://127.0.0.1:9/trade-in"
secret_env = "BUYER"

[[merchants]]
id = "demo"
name = "All"
origins = ["https://all.example"]
providers = ["one", "two", "down"]
compare = true

[[merchants]]
id = "first"
name = "First"
origins = ["https://first.example"]

[[merchants]]
id = "alone"
name = "Alone"
origins = ["https://alone.example"]
providers = ["two"]
"#
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    std::fs::write(&file, text).unwrap();
    (folder, file.display().to_string(), partners)
}

fn environment(file: &str) -> [(&str, &str); 3] {
    [("TRADEIN_CONFIG", file), ("HUSH", "hush"), ("BUYER", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
}

async fn quote(house: &House, merchant: &str) -> Value {
    let answer = house.call("quote", &phone(&[("merchant", merchant)])).await;
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    answer.json().await.unwrap()
}

fn calls(partners: &[Running; 2]) -> [u32; 2] {
    partners.each_ref().map(|partner| partner.sandbox().stats().quota_used)
}

#[tokio::test]
async fn the_best_price_comes_with_the_others_and_with_who_gave_none() {
    let (_folder, file, partners) = market().await;
    let house = House::with(&environment(&file)).await;
    let best = quote(&house, "demo").await;
    assert_eq!((&best["provider"], &best["sandbox"]), (&json!("two"), &json!(false)));
    let [other] = best["alternatives"].as_array().unwrap().as_slice() else { panic!("{best}") };
    assert_eq!((&other["provider"], other.get("alternatives")), (&json!("one"), None));
    assert!(other["price"]["final"].as_i64() < best["price"]["final"].as_i64(), "{best}");
    assert_eq!(best["refused"], json!([{ "provider": "down", "code": "partner_unavailable" }]));
    assert_eq!(calls(&partners), [1, 1]);
    // Another merchant gets the prices of its own provider alone.
    let alone = quote(&house, "alone").await;
    assert_eq!((&alone["id"], &alone["alternatives"]), (&best["id"], &json!([])));
    assert_eq!(calls(&partners), [1, 1]);
    for quote in [&best, other] {
        let page = house.page(&format!("/quote/{}?merchant=demo", quote["id"].as_str().unwrap())).await;
        assert!(page.contains("¥"), "{page}");
    }
}

#[tokio::test]
async fn an_offer_of_another_price_is_its_providers() {
    let (_folder, file, _partners) = market().await;
    let house = House::with(&environment(&file)).await;
    let best = quote(&house, "demo").await;
    let other = &best["alternatives"][0];
    let amount = other["price"]["final"].as_i64().unwrap().to_string();
    let id = other["id"].as_str().unwrap();
    let accepted = house.call("accept", &[("quote_id", id), ("merchant", "demo"), ("amount", &amount)]).await;
    let status = accepted.status();
    let accepted: Value = accepted.json().await.unwrap();
    assert_eq!(status, 200, "{accepted}");
    let offer = house.checkout.get(accepted["offer"]["id"].as_str().unwrap(), None).await.unwrap();
    assert_eq!((offer.offer.provider(), offer.offer.quote().provider.as_str()), ("one", "one"));
}

#[tokio::test]
async fn in_sandbox_mode_a_second_merchant_compares_two_sandboxes_and_a_price_list() {
    let house = House::open().await;
    let best = quote(&house, "compare").await;
    // The list's price for this phone is the same every day, and the sandboxes' sinks from month to month.
    assert_eq!((&best["provider"], &best["sandbox"]), (&json!("own"), &json!(true)));
    let others: Vec<&Value> =
        best["alternatives"].as_array().unwrap().iter().map(|it| &it["provider"]).collect();
    assert_eq!(others, ["aihuishou", "second"]);
    // The list names no points of an inspection, so its page does not promise any.
    let page = |quote: &Value| format!("/quote/{}?merchant=compare&locale=en", quote["id"].as_str().unwrap());
    let own = house.page(&page(&best)).await;
    assert!(own.contains("It is inspected.") && !own.contains("the list is below"), "{own}");
    assert!(house.page(&page(&best["alternatives"][0])).await.contains("the list is below"));
    let alone = quote(&house, "demo").await;
    assert_eq!(alone["alternatives"], json!([]));
}

#[tokio::test]
async fn the_command_line_compares_too() {
    let (folder, file, _partners) = market().await;
    let device = [
        "quote",
        "--type",
        "手机",
        "--brand",
        "苹果",
        "--model",
        "iPhone 14 Pro",
        "--storage",
        "256GB",
        "--condition",
        "九成新",
        "--json",
    ];
    for (more, provider, alternatives) in [(None, "one", 0), (Some("--compare"), "two", 1)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tradein"));
        command.env_clear().current_dir(folder.path());
        command.args(device).args(more).envs(environment(&file));
        let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
        let told: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
        assert_eq!(told["provider"], provider, "{told}");
        assert_eq!(told["alternatives"].as_array().unwrap().len(), alternatives, "{told}");
    }
}

#[tokio::test]
async fn the_command_line_prints_the_best_price_of_each_row_and_what_the_list_is_worth() {
    let folder = tempfile::tempdir().unwrap();
    let list = "类型,品牌,型号,容量,成色,功能\n手机,苹果,iPhone 14 Pro,256GB,九成新,正常\n手机,苹果,iPhone 13,128GB,八成新,正常\n";
    std::fs::write(folder.path().join("list.csv"), list).unwrap();
    let run = |arguments: &[&str], language: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tradein"));
        command.env_clear().current_dir(folder.path()).args(arguments);
        command.env("LANG", language).env("TRADEIN_DATABASE_URL", "sqlite://x.db");
        tokio::task::spawn_blocking(move || command.output().unwrap())
    };
    let batch = ["batch", "list.csv", "-o", "out.csv", "--compare", "--no-look-up"];
    let output = run(&batch, "en_GB.UTF-8").await.unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let last: Vec<&str> = told.lines().skip_while(|line| !line.starts_with("Row 2: ")).collect();
    // The sample list has the first device for a fixed price, and does not know the second.
    assert_eq!(
        last[0], "Row 2: ¥4,500 from This shop's list (sample) [own], Apple iPhone 14 Pro 256GB",
        "{told}"
    );
    assert!(last[1].starts_with("Row 3: ¥") && last[1].contains("(sandbox) ["), "{told}");
    assert!(last[2].starts_with("Each to the buyer with the best price: 2 devices, ¥"), "{told}");
    assert!(last[2].ends_with("buyers to send to: 2"), "{told}");
    assert!(last[3].starts_with("All to AiHuiShou (sandbox) [aihuishou]: 2 devices, ¥"), "{told}");
    assert_eq!(last[5], "All to This shop's list (sample) [own]: 1 device, ¥4,500", "{told}");
    let device = ["--type", "手机", "--brand", "苹果", "--model", "iPhone 14 Pro", "--storage", "256GB"];
    let quote = [&["quote", "--compare", "--condition", "九成新"][..], &device].concat();
    let told = String::from_utf8(run(&quote, "zh_CN.UTF-8").await.unwrap().stdout).unwrap();
    assert!(told.contains("¥4,500  本店价目表（示例） [own]"), "{told}");
}

/// The price on the card of a merchant, in fen; `None` if there is no content.
async fn on_the_card(house: &House, merchant: &str) -> Option<i64> {
    let query = "type=phone&brand=Apple&model=iPhone 14 Pro&storage=256GB";
    let answer = house.get(&format!("/embed/value/{merchant}?{query}")).await;
    if answer.status() == 204 {
        return None;
    }
    answer.json::<Value>().await.unwrap()["up_to"].as_i64()
}

#[tokio::test]
async fn a_card_has_the_best_price_of_the_merchants_own_buyers_and_no_other() {
    let (_folder, file, _partners) = market().await;
    let house = House::with(&environment(&file)).await;
    let price = |quote: &Value| quote["price"]["final"].as_i64().unwrap();
    let first = price(&quote(&house, "first").await);
    house.all_recorded().await;
    for (merchant, shown) in [("first", Some(first)), ("demo", Some(first)), ("alone", None)] {
        assert_eq!(on_the_card(&house, merchant).await, shown, "{merchant}");
    }
    let second = price(&quote(&house, "alone").await);
    house.all_recorded().await;
    assert!(second > first);
    for (merchant, shown) in [("first", first), ("demo", second), ("alone", second)] {
        assert_eq!(on_the_card(&house, merchant).await, Some(shown), "{merchant}");
    }
}

#[tokio::test]
async fn a_value_page_draws_the_line_of_each_buyer_that_gave_a_price() {
    let (_folder, file, _partners) = market().await;
    let house = House::with(&environment(&file)).await;
    let compared = quote(&house, "demo").await;
    house.all_recorded().await;
    let yuan = |quote: &Value| (quote["price"]["final"].as_i64().unwrap() + 50) / 100;
    let (best, other) = (yuan(&compared), yuan(&compared["alternatives"][0]));
    for (language, company, label) in [("en", "AiHuiShou", "The second"), ("zh-CN", "爱回收", "第二家")]
    {
        let page = house.page(&format!("/value/手机/苹果/iPhone 14 Pro?locale={language}")).await;
        let (_, chart) = page.split_once("class=\"line\">").unwrap();
        assert_eq!(chart.split("</svg>").next().unwrap().matches("<polyline").count(), 2, "{page}");
        for shown in [format!("<small>{label} · "), format!("<td>{company}</td>")] {
            assert!(page.contains(&shown), "{shown} is not in {page}");
        }
        // The one that is down has no price.
        assert!(!page.contains("down"), "{page}");
        for price in [format!("\"lowPrice\":\"{other}\""), format!("\"highPrice\":\"{best}\"")] {
            assert!(page.contains(&price), "{price} is not in {page}");
        }
    }
    assert_eq!(house.page("/sitemap.xml").await.matches("<loc>").count(), 3, "one page, in each language");
}
