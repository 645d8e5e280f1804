//! Personal data that people type is not stored, logged or sent to the partner.

use reqwest::header::CONTENT_TYPE;

use crate::house::{TOKEN, client, phone};
use crate::process::Process;
use crate::secret::files_below;

/// A phone number, an IMEI, an e-mail and a postal address.
const PERSONAL: [&str; 4] = ["13800138000", "490154203237518", "zhang.san@example.com", "建国路88号"];

fn search(name: &str, bytes: &[u8]) {
    for word in PERSONAL {
        let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(!found, "{word} stands in {name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_personal_that_is_typed_is_kept_or_logged() {
    // With the most detailed log. The sandbox's own part of it is the partner's.
    let log = [("RUST_LOG", "trace"), ("TRADEIN_OPERATOR_TOKEN", TOKEN)];
    let server = Process::start(&log).await;
    let (base, http) = (server.base.clone(), client());
    let form = phone(&[
        ("function_status", "转轴松，电话 13800138000"),
        ("repair_history", "找李师傅修过主板，zhang.san@example.com"),
        ("purchase_channel", "朝阳区建国路88号的店"),
    ]);
    let quote = http.post(format!("{base}/api/fn/quote")).header("accept", "application/json").form(&form);
    let quote: serde_json::Value = quote.send().await.unwrap().json().await.unwrap();
    assert!(quote["price"]["final"].as_i64().unwrap() > 0);
    search("the quote", quote.to_string().as_bytes());
    let typed = [("model", "iPhone 14 Pro 490154203237518"), ("function_status", "正常")];
    let unknown = http.post(format!("{base}/api/fn/quote")).header("accept", "application/json");
    let unknown = unknown.form(&phone(&typed)).send().await.unwrap();
    assert_eq!(unknown.status().as_u16(), 404);
    let search_for = [("keyword", "张三 13800138000"), ("merchant", "demo")];
    let found = http.post(format!("{base}/api/fn/search")).header("accept", "application/json");
    assert!(found.form(&search_for).send().await.unwrap().status().is_success());

    let list = "Type,Brand,Model,Capacity,Condition,Function,Repairs\n\
                手机,苹果,iPhone 14 Pro,256,九成新,转轴松 13800138000,490154203237518\n";
    let body = format!(
        "--it\r\nContent-Disposition: form-data; name=\"file\"; filename=\"13800138000.csv\"\r\n\r\n{list}\r\n--it--\r\n"
    );
    let draft = http.post(format!("{base}/batch")).bearer_auth(TOKEN);
    let draft =
        draft.header(CONTENT_TYPE, "multipart/form-data; boundary=it").body(body).send().await.unwrap();
    let place = draft.headers()["location"].to_str().unwrap().to_owned();
    let start = http.post(format!("{base}{place}")).bearer_auth(TOKEN).form(&[("do", "start")]);
    let place = start.send().await.unwrap().headers()["location"].to_str().unwrap().to_owned();
    let events = http.get(format!("{base}{place}/events")).bearer_auth(TOKEN).send().await.unwrap();
    search("the list's progress", &events.bytes().await.unwrap());

    server.signal("TERM").await;
    let (printed, log, folder) = server.ended_with_its_folder().await;
    let files = files_below(folder.path());
    assert!(!files.is_empty(), "the database is there");
    for file in files {
        search(&file.display().to_string(), &std::fs::read(&file).unwrap());
    }
    search("stdout", &printed);
    assert!(log.len() > 1_000, "the log was kept");
    search("the log", &log);
}
