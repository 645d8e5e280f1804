//! The operator's page of price lists: upload, mistakes by cell, and the way back.

use std::path::Path;

use pricelist::Template;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use reqwest::{RequestBuilder, Response};
use serde_json::Value;
use tempfile::TempDir;

use crate::house::{House, TOKEN, phone};

const PATH: &str = "/ops/prices?locale=en";

/// The settings of a dealer whose list is `prices.csv`, and of a merchant that asks that dealer alone.
fn dealer() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("prices.csv");
    let text = format!(
        r#"
[[providers]]
name = "own"
kind = "pricelist"
path = "{}"

[[merchants]]
id = "demo"
name = "Demo"
origins = ["https://demo.example"]
providers = ["own"]
"#,
        path.display()
    );
    std::fs::write(folder.path().join("tradein.toml"), text).unwrap();
    folder
}

async fn open(folder: &Path) -> House {
    let file = folder.join("tradein.toml").display().to_string();
    House::with(&[("TRADEIN_CONFIG", &file), ("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await
}

/// A list with one price.
fn list(price: &str) -> Vec<u8> {
    format!("类型,品牌,型号,容量,九成新\n手机,苹果,iPhone 14 Pro,256GB,{price}\n").into_bytes()
}

/// The form, with a file if there is one.
fn form(house: &House, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> RequestBuilder {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--it\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    if let Some((name, bytes)) = file {
        let head = format!(
            "--it\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend(b"--it--\r\n");
    let post = house.http.post(format!("{}{PATH}", house.base));
    post.header(CONTENT_TYPE, "multipart/form-data; boundary=it").body(body)
}

async fn upload(house: &House, name: &str, bytes: &[u8]) -> Response {
    let fields = [("list", "own"), ("do", "upload")];
    form(house, &fields, Some((name, bytes))).bearer_auth(TOKEN).send().await.unwrap()
}

/// Presses the page's button to go back, as it was drawn.
async fn go_back(house: &House, page: &str) -> String {
    let (_, mark) = page.split_once("name=\"mark\" value=\"").expect("the page has a button");
    let (mark, _) = mark.split_once('"').unwrap();
    let fields = [("list", "own"), ("do", "back"), ("mark", mark)];
    followed(house, form(house, &fields, None).bearer_auth(TOKEN).send().await.unwrap()).await
}

/// The page that an answer leads to.
async fn followed(house: &House, answer: Response) -> String {
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    page(house, answer.headers()[LOCATION].to_str().unwrap()).await
}

async fn page(house: &House, path: &str) -> String {
    let answer = house.operators(path).await;
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

/// What the dealer pays, in yuan; `None` without a price. The desk keeps a price for minutes: ask once in a process.
async fn price(house: &House) -> Option<i64> {
    let quote: Value = house.call("quote", &phone(&[])).await.json().await.unwrap();
    quote["price"]["final"].as_i64().map(|fen| fen / 100)
}

#[tokio::test]
async fn an_upload_is_in_use_at_once_and_after_a_restart_and_one_can_go_back() {
    let folder = dealer();
    let house = open(folder.path()).await;
    let empty = page(&house, PATH).await;
    assert!(empty.contains("No list is in use") && empty.contains("prices.csv"), "{empty}");
    assert!(page(&house, "/ops?locale=en").await.contains("own: the price list prices.csv was refused"));

    let taken = followed(&house, upload(&house, "first.csv", &list("3000")).await).await;
    assert!(taken.contains("The list is in use.") && taken.contains("first.csv"), "{taken}");
    assert!(taken.contains("苹果 iPhone 14 Pro 256GB 九成新") && taken.contains("¥3,000"), "{taken}");
    assert_eq!(price(&house).await, Some(3000));
    assert_eq!(std::fs::read(folder.path().join("prices.csv")).unwrap(), list("3000"));
    assert!(!page(&house, "/ops?locale=en").await.contains("was refused"));

    let taken = followed(&house, upload(&house, "second.csv", &list("2000")).await).await;
    assert!(taken.contains("Go back to the former list"), "{taken}");
    assert_eq!(std::fs::read(folder.path().join("prices.former.csv")).unwrap(), list("3000"));
    house.close().await;

    let house = open(folder.path()).await;
    assert_eq!(price(&house).await, Some(2000));
    let before = page(&house, PATH).await;
    let back = go_back(&house, &before).await;
    assert!(back.contains("The former list is in use again"), "{back}");
    let twice = go_back(&house, &before).await;
    assert!(twice.contains("Nothing was done"), "a second press of the same button: {twice}");
    house.close().await;
    let house = open(folder.path()).await;
    assert_eq!(price(&house).await, Some(3000));
    house.close().await;
}

#[tokio::test]
async fn a_list_with_mistakes_changes_nothing_and_each_is_told_by_its_cell() {
    let folder = dealer();
    let house = open(folder.path()).await;
    upload(&house, "first.csv", &list("3000")).await;
    let answer = upload(&house, "wrong.csv", &list("much")).await;
    assert_eq!(answer.status(), 422);
    let told = answer.text().await.unwrap();
    for words in ["Refused: wrong.csv", "Mistakes: 1", "E2", "much", "first.csv"] {
        assert!(told.contains(words), "{words} is not in {told}");
    }
    assert!(page(&house, PATH).await.contains("wrong.csv"), "it is told until a list is taken");
    assert_eq!(std::fs::read(folder.path().join("prices.csv")).unwrap(), list("3000"));

    let many = [list("much"), "手机,苹果,iPhone 13,128GB,?\n".repeat(99).into_bytes()].concat();
    let told = upload(&house, "many.csv", &many).await.text().await.unwrap();
    assert!(told.contains("The first 50 of "), "{told}");

    let workbook = Template::OnePrice.workbook().unwrap();
    let huge = vec![b'x'; sheet::LARGEST + 1];
    let files: [(&str, &[u8], u16, &str); 5] = [
        ("list.xlsx", &workbook, 422, "save the list as .csv"),
        ("list.csv", &workbook, 422, "save the list as .csv"),
        ("list.csv", b"%PDF-1.7", 422, "PDF"),
        ("huge.csv", &huge, 413, "the file is larger than 32 MiB"),
        ("", b"", 400, "Choose a file first"),
    ];
    for (name, file, status, words) in files {
        let answer = upload(&house, name, file).await;
        assert_eq!(answer.status().as_u16(), status, "{name}");
        let told = answer.text().await.unwrap();
        assert!(told.contains(words), "{words:?} is not in {told}");
    }
    let other =
        form(&house, &[("list", "none"), ("do", "back")], None).bearer_auth(TOKEN).send().await.unwrap();
    assert_eq!(other.status(), 404);
    assert_eq!(price(&house).await, Some(3000));
    house.close().await;
}

#[tokio::test]
async fn a_list_of_a_later_day_waits_and_can_be_withdrawn() {
    let folder = dealer();
    let house = open(folder.path()).await;
    upload(&house, "first.csv", &list("3000")).await;
    let later =
        [&b"\xE7\x94\x9F\xE6\x95\x88\xE6\x97\xA5\xE6\x9C\x9F,2999-02-01\n"[..], &list("2000")].concat();
    let waits = followed(&house, upload(&house, "later.csv", &later).await).await;
    assert!(waits.contains("later.csv is used from 2999-02-01 on"), "{waits}");
    assert!(waits.contains("Do not use it") && !waits.contains("Go back to"), "{waits}");
    house.close().await;
    // The list before it is in use after a restart too.
    let house = open(folder.path()).await;
    assert_eq!(price(&house).await, Some(3000));
    let withdrawn = go_back(&house, &page(&house, PATH).await).await;
    assert!(withdrawn.contains("The list that waited is not used"), "{withdrawn}");
    assert_eq!(std::fs::read(folder.path().join("prices.csv")).unwrap(), list("3000"));
    // A former list whose day has not come.
    std::fs::write(folder.path().join("prices.former.csv"), later).unwrap();
    house.close().await;
    let house = open(folder.path()).await;
    let shown = page(&house, PATH).await;
    let (_, mark) = shown.split_once("name=\"mark\" value=\"").unwrap();
    let fields = [("list", "own"), ("do", "back"), ("mark", mark.split_once('"').unwrap().0)];
    let answer = form(&house, &fields, None).bearer_auth(TOKEN).send().await.unwrap();
    assert_eq!(answer.status(), 409);
    let told = answer.text().await.unwrap();
    assert!(told.contains("holds from 2999-02-01 on"), "{told}");
    assert_eq!(price(&house).await, Some(3000));
    house.close().await;
}

#[tokio::test]
async fn in_sandbox_mode_a_list_is_in_memory_only() {
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await;
    let sample = page(&house, PATH).await;
    assert!(sample.contains("sample.xlsx") && sample.contains("in memory only"), "{sample}");
    let taken = followed(&house, upload(&house, "mine.csv", &list("3000")).await).await;
    assert!(taken.contains("mine.csv") && taken.contains("the sample is back after a restart"), "{taken}");
    let back = go_back(&house, &taken).await;
    assert!(back.contains("The former list is in use again"), "{back}");
    for path in ["/ops/prices/template.xlsx", "/ops/prices/template-by-grade.xlsx"] {
        let file = house.operators(path).await.bytes().await.unwrap();
        assert!(pricelist::PriceList::parse(&sheet::read_sheets(&file, pricelist::is_part).unwrap()).is_ok());
    }
    let chinese = page(&house, "/ops/prices?locale=zh-CN").await;
    assert!(chinese.contains("价格表") && chinese.contains("换回前一份"), "{chinese}");
    house.close().await;
}

#[tokio::test]
async fn a_disk_that_does_not_keep_a_list_is_told_and_the_one_in_use_goes_on() {
    let folder = dealer();
    let lists = folder.path().join("lists");
    let settings = folder.path().join("tradein.toml");
    let text = std::fs::read_to_string(&settings).unwrap().replace("prices.csv", "lists/prices.csv");
    std::fs::write(&settings, text).unwrap();
    std::fs::create_dir(&lists).unwrap();
    std::fs::write(lists.join("prices.csv"), list("3000")).unwrap();
    let house = open(folder.path()).await;
    std::fs::remove_dir_all(&lists).unwrap();
    let answer = upload(&house, "second.csv", &list("2000")).await;
    assert_eq!(answer.status(), 500);
    let told = answer.text().await.unwrap();
    assert!(told.contains("the file cannot be written") && told.contains("name=\"file\""), "{told}");
    assert_eq!(price(&house).await, Some(3000));
    house.close().await;
}

#[tokio::test]
async fn nobody_but_the_operator_sends_lists_and_no_other_site_does() {
    let folder = dealer();
    let house = open(folder.path()).await;
    let fields = [("list", "own"), ("do", "upload")];
    let (bytes, csv) = (list("3000"), "first.csv");
    let send = || form(&house, &fields, Some((csv, &bytes)));
    let stranger = send().send().await.unwrap();
    assert_eq!(stranger.status(), 403);
    for (header, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let foreign = send().bearer_auth(TOKEN).header(header, value).send().await.unwrap();
        assert_eq!(foreign.status(), 403, "{header}");
    }
    assert!(!folder.path().join("prices.csv").exists());
    assert_eq!(price(&house).await, None);
    house.close().await;
}
