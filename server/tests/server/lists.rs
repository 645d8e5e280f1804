//! Device lists on the operator's pages.

mod answering;
mod drafts;
mod reports;

use std::sync::Arc;
use std::time::Duration;

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION};
use sandbox::{Faults, Sandbox};

use crate::house::{House, TOKEN, database};
use crate::ops::{sign_in, sign_out};

const HEADINGS: &str = "No.,Type,Brand,Model,Capacity,Condition,Function\n";

async fn house() -> House {
    House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await
}

/// A list of that many different phones, each in two rows.
pub(crate) fn list(devices: u32) -> String {
    let row =
        |number: u32| format!("{number},手机,苹果,iPhone 14 Pro,256,九成新,划痕{}处\n", number % devices);
    HEADINGS.to_owned() + &(0..2 * devices).map(row).collect::<String>()
}

/// Posts a form with a file, as a browser does.
pub(crate) async fn send(house: &House, name: &str, file: &[u8]) -> Response {
    send_to(house, "/batch?locale=en", name, file).await
}

async fn send_to(house: &House, path: &str, name: &str, file: &[u8]) -> Response {
    let head = format!(
        "--it\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let body = [head.as_bytes(), file, b"\r\n--it--\r\n"].concat();
    let post = house.http.post(format!("{}{path}", house.base)).bearer_auth(TOKEN);
    post.header(CONTENT_TYPE, "multipart/form-data; boundary=it").body(body).send().await.unwrap()
}

pub(crate) async fn get(house: &House, path: &str) -> Response {
    house.http.get(format!("{}{path}", house.base)).bearer_auth(TOKEN).send().await.unwrap()
}

pub(crate) async fn page(house: &House, path: &str) -> String {
    get(house, path).await.text().await.unwrap()
}

/// Presses a button. Returns the address that it is redirected to.
pub(crate) async fn press(house: &House, path: &str, button: &str) -> String {
    let post = house.http.post(format!("{}{path}", house.base)).bearer_auth(TOKEN).form(&[("do", button)]);
    led(post.send().await.unwrap())
}

fn led(answer: Response) -> String {
    assert_eq!(answer.status().as_u16(), 303);
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

/// Reads the events of a list until it stops. Returns all of them.
pub(crate) async fn follow(house: &House, path: &str) -> String {
    let answer = get(house, &format!("{path}/events?locale=en")).await;
    assert_eq!(answer.headers()[CONTENT_TYPE], "text/event-stream");
    // The stream ends when the list stops.
    let told = answer.text().await.unwrap();
    assert!(told.contains("event: end"), "{told}");
    told
}

async fn calls(house: &House) -> u64 {
    house.stats().await["calls"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum()
}

/// Sends a list and starts it. Returns its path.
pub(crate) async fn start(house: &House, list: &str) -> String {
    let draft = led(send(house, "old phones.csv", list.as_bytes()).await);
    let path = press(house, &draft, "start").await;
    path.split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_file_is_understood_before_anything_is_spent_and_then_becomes_a_report() {
    let house = house().await;
    let text = list(4) + "9,手机,苹果,iPhone 14 Pro,256,很新,正常\n";
    let draft = led(send(&house, "old phones.csv", text.as_bytes()).await);
    let understood = page(&house, &draft).await;
    let unused = "Columns that are not used: No.";
    for words in ["old phones.csv", "<dd>9</dd>", "<dd>1</dd>", "<dd>4</dd>", "Condition “很新”", unused]
    {
        assert!(understood.contains(words), "{words:?} is not in {understood}");
    }
    assert!(page(&house, "/batch?locale=en").await.contains("Waits for your word"));
    assert_eq!(calls(&house).await, 0);

    let path = press(&house, &draft, "start").await;
    let path = path.split('?').next().unwrap();
    let told = follow(&house, path).await;
    assert!(told.contains("4 of 4 devices are known"), "{told}");
    assert_eq!(calls(&house).await, 4);
    let shown = page(&house, &format!("{path}?locale=en")).await;
    assert!(shown.contains("except in the rows that wait for an answer"), "{shown}");
    assert!(
        shown.contains("<span>9 rows</span>"),
        "how many pages there are is said of several only: {shown}"
    );
    let failed = page(&house, &format!("{path}?locale=en&outcome=failed")).await;
    assert!(failed.contains("No row is like that"), "a row that waits is no failed one: {failed}");
    let waiting = page(&house, &format!("{path}?locale=en&outcome=waiting")).await;
    assert!(
        waiting.contains("<span>1 row</span>") && waiting.contains("<strong>Waits for an answer</strong>")
    );
    assert!(waiting.contains("Condition “很新” names no grade: which one is it?</a>"), "{waiting}");
    assert!(page(&house, &format!("{path}?locale=en&q=nokia")).await.contains("No row is like that"));

    let answer = get(&house, &format!("{path}/report.jsonl")).await;
    let name = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(name.ends_with("filename*=UTF-8''old%20phones-report.jsonl"), "{name}");
    let report = answer.text().await.unwrap();
    assert_eq!(report.lines().filter(|line| line.contains("\"outcome\":\"priced\"")).count(), 8);
    let packed = house.http.get(format!("{}{path}/report.csv", house.base)).bearer_auth(TOKEN);
    let packed = packed.header("accept-encoding", "br").send().await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "br");
    assert!(!packed.bytes().await.unwrap().is_empty());
    let sheet = get(&house, &format!("{path}/report.xlsx?locale=en")).await.bytes().await.unwrap();
    // The list in it stands on the second sheet.
    assert_eq!(sheet::read(&sheet).unwrap().rows[0].cells[0], "Row");
    assert_eq!(get(&house, &format!("{path}/report.pdf")).await.status().as_u16(), 404);

    assert_eq!(press(&house, path, "delete").await, "/batch");
    assert_eq!(get(&house, path).await.status().as_u16(), 404);
    assert!(page(&house, "/batch?locale=en").await.contains("No lists yet"));
}

#[tokio::test]
async fn a_column_that_was_not_recognised_can_be_said() {
    let house = house().await;
    // In terabytes, so that the cells alone do not tell what they are.
    let text = list(2).replace("Capacity", "How big").replace(",256,", ",0.25,");
    let draft = led(send(&house, "list.csv", text.as_bytes()).await);
    let asked = page(&house, &draft).await;
    assert!(asked.contains("still to be named: Storage") && !asked.contains("value=\"start\""), "{asked}");
    let said = "&device_type=1&brand=2&model=3&storage=4&condition=5&function_status=6";
    let ready = page(&house, &format!("{draft}{said}")).await;
    assert!(ready.contains("value=\"start\"") && ready.contains("256GB"), "{ready}");
    // Before its columns are named, a file becomes no list, whatever button is pressed.
    assert_eq!(press(&house, &draft, "start").await, draft);
    let mut form = vec![("do", "keep")];
    form.extend(said[1..].split('&').map(|pair| pair.split_once('=').unwrap()));
    let post = house.http.post(format!("{}{draft}", house.base)).bearer_auth(TOKEN).form(&form);
    let path = led(post.send().await.unwrap());
    assert!(page(&house, &path).await.contains("Nothing has been asked for this list yet"));
    assert!(page(&house, &draft).await.contains("send the file again"), "it is a list now");
    // The same file with the same columns is that list.
    let again = led(send(&house, "list.csv", text.as_bytes()).await);
    assert!(page(&house, &format!("{again}{said}")).await.contains("This file is a list already"));
    press(&house, &again, "discard").await;
    assert_eq!((page(&house, &again).await.contains("send the file again"), calls(&house).await), (true, 0));
}

#[tokio::test]
async fn a_list_is_held_up_goes_on_and_ends_for_good() {
    let house = house().await;
    house.set(r#"{"latency_ms": 30}"#).await;
    let path = start(&house, &list(40)).await;
    assert!(
        page(&house, &format!("{path}?locale=en")).await.contains(&format!("data-events=\"{path}/events"))
    );
    while calls(&house).await == 0 {
        tokio::task::yield_now().await;
    }
    press(&house, &path, "pause").await;
    follow(&house, &path).await;
    let asked = calls(&house).await;
    let held = page(&house, &format!("{path}?locale=en")).await;
    assert!(held.contains("Resume goes on with the rest") && asked < 40, "{asked}: {held}");
    press(&house, &path, "start").await;
    follow(&house, &path).await;
    assert_eq!(calls(&house).await, 40);
    let other = start(&house, &(list(60) + "x,手机,苹果,iPhone 13,128,九成新,正常\n")).await;
    press(&house, &other, "cancel").await;
    follow(&house, &other).await;
    press(&house, &other, "start").await;
    assert!(page(&house, &format!("{other}?locale=en")).await.contains("Cancelled"));
}

#[tokio::test]
async fn a_list_goes_on_after_a_restart_without_asking_again() {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
    partner.sandbox().bring_about(Faults { latency_ms: Some(30), ..Faults::default() });
    let calls = || partner.sandbox().stats().calls.values().sum::<u64>();
    let folder = tempfile::tempdir().unwrap();
    let (records, url) = (database(&folder), partner.base_url());
    let variables = [
        ("TRADEIN_OPERATOR_TOKEN", TOKEN),
        ("TRADEIN_DATABASE_URL", records.as_str()),
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET", "hush"),
        ("AHS_API_URL", url.as_str()),
    ];
    let first = House::with(&variables).await;
    let path = start(&first, &list(40)).await;
    while calls() < 8 {
        tokio::task::yield_now().await;
    }
    first.close().await;
    assert!(calls() < 40, "it was stopped in the middle");
    let second = House::with(&variables).await;
    let told = follow(&second, &path).await;
    assert!(told.contains("40 of 40 devices are known"), "{told}");
    assert_eq!(calls(), 40);
}

#[tokio::test]
async fn a_refused_account_is_told_with_what_to_do() {
    let house = house().await;
    let row = |number: u32| format!("{number},手机,苹果,SANDBOX-PERMISSION,256,九成新,划痕{number}处\n");
    let path = start(&house, &(HEADINGS.to_owned() + &(0..9).map(row).collect::<String>())).await;
    follow(&house, &path).await;
    let told = page(&house, &format!("{path}?locale=en")).await;
    assert!(told.contains("Run tradein doctor for the cause") && told.contains(">Resume<"), "{told}");
    let alert = "Device lists that stand still, since the partner refuses the account: 1";
    assert!(page(&house, "/ops?locale=en").await.contains(alert));
    press(&house, &path, "cancel").await;
    assert!(!page(&house, "/ops?locale=en").await.contains("stand still"));
}

#[tokio::test]
async fn what_is_no_list_is_told_by_its_name_and_mend() {
    let house = house().await;
    let huge = vec![b'x'; sheet::LARGEST + 1];
    let files: [(&str, &[u8], u16, &str); 5] = [
        ("empty.csv", b"", 422, "empty.csv: the file is empty"),
        ("text.txt", b"Dear all,\nplease find attached\n", 422, "no headings were recognised"),
        ("broken.xlsx", b"PK\x03\x04nonsense", 422, "broken.xlsx: the file is damaged"),
        ("huge.csv", &huge, 413, "huge.csv: the file is larger than 32 MiB"),
        ("", b"", 400, "Choose a file first"),
    ];
    for (name, file, status, words) in files {
        let answer = send(&house, name, file).await;
        assert_eq!(answer.status().as_u16(), status, "{name}");
        let told = answer.text().await.unwrap();
        assert!(told.contains(words), "{words:?} is not in {told}");
    }
    let zh = house.http.post(format!("{}/batch?locale=zh-CN", house.base)).bearer_auth(TOKEN);
    let cut =
        zh.header(CONTENT_TYPE, "multipart/form-data; boundary=it").body("--it\r\n").send().await.unwrap();
    assert!(cut.text().await.unwrap().contains("文件没有完整到达"));
}

#[tokio::test]
async fn nobody_else_sees_or_sends_lists_and_a_sign_in_leads_back() {
    let house = house().await;
    let path = start(&house, &list(1)).await;
    follow(&house, &path).await;
    for address in
        ["/batch", "/batch/template.xlsx", &path, &format!("{path}/events"), &format!("{path}/report.csv")]
    {
        let answer = house.get(&format!("{address}?locale=en")).await;
        assert_eq!(answer.status().as_u16(), 403, "{address}");
        let text = answer.text().await.unwrap();
        assert!(text.contains(&format!("name=\"way\" value=\"{address}\"")), "{text}");
    }
    for address in ["/batch", &path] {
        let answer = house.http.post(format!("{}{address}", house.base)).form(&[("do", "delete")]);
        assert_eq!(answer.send().await.unwrap().status().as_u16(), 403);
    }
    for (way, leads) in
        [(path.as_str(), path.as_str()), ("//evil.example", "/ops"), ("/batch\\@evil", "/ops")]
    {
        let form = [("token", TOKEN), ("way", way)];
        let answer = house.http.post(format!("{}/ops", house.base)).form(&form).send().await.unwrap();
        assert_eq!(led(answer), leads);
    }
    assert_eq!(get(&house, &path).await.status().as_u16(), 200);
    let template = get(&house, "/batch/template.xlsx?locale=en").await.bytes().await.unwrap();
    assert_eq!(sheet::read(&template).unwrap().rows[0].cells[1], "Brand");
}

#[tokio::test]
async fn a_list_that_has_nothing_left_to_ask_ends_as_soon_as_it_is_resumed() {
    let house = house().await;
    house.set(r#"{"latency_ms": 100}"#).await;
    for _ in 0..5 {
        // Paused during its last calls, so that all results are known when it stops.
        let path = start(&house, &list(3)).await;
        press(&house, &path, "pause").await;
        follow(&house, &path).await;
        press(&house, &path, "start").await;
        let shown = page(&house, &format!("{path}?locale=en")).await;
        let follows = shown.contains("data-events");
        assert!(follows || shown.contains("The report is complete"), "nobody is left waiting: {shown}");
        if follows {
            follow(&house, &path).await;
        }
        assert!(page(&house, &format!("{path}?locale=en")).await.contains("The report is complete"));
        press(&house, &path, "delete").await;
    }
}

#[tokio::test]
async fn events_end_with_the_session_that_hears_them() {
    let house = house().await;
    house.set(r#"{"latency_ms": 60000}"#).await;
    let path = start(&house, &list(3)).await;
    let cookie = sign_in(&house).await;
    let get = house.http.get(format!("{}{path}/events", house.base)).header(COOKIE, &cookie);
    let mut events = get.send().await.unwrap();
    assert_eq!(events.headers()[CONTENT_TYPE], "text/event-stream");
    let first = events.chunk().await.unwrap().unwrap();
    assert!(String::from_utf8_lossy(&first).contains("event: progress"));
    sign_out(&house, &cookie).await;
    let rest = tokio::time::timeout(Duration::from_secs(5), events.text()).await;
    let rest = rest.expect("the events go on for who has signed out").unwrap();
    assert!(!rest.contains("event: end"), "the list itself goes on: {rest}");
    let again = house.http.get(format!("{}{path}/events", house.base)).header(COOKIE, &cookie);
    assert_eq!(again.send().await.unwrap().status(), 403);
    press(&house, &path, "cancel").await;
}
