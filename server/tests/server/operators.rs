//! An operator who works at several servers on one database, and through a restart.

use records::testing::{Other, Server};
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{RequestBuilder, Response};

use crate::house::{House, TOKEN, database};

/// A list whose rows need an answer: what is this company's A级?
const LIST: &str =
    "类型,品牌,型号,容量,成色,功能\n手机,苹果,iPhone 14 Pro,256,A级,正常\n手机,苹果,iPhone 13,128,A级,正常\n";

/// A server on that database, whose settings are the same as those of the others.
async fn server(database: &str) -> House {
    House::with(&[("TRADEIN_DATABASE_URL", database), ("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await
}

async fn sign_in(house: &House) -> String {
    let signed_in =
        house.http.post(format!("{}/ops", house.base)).form(&[("token", TOKEN)]).send().await.unwrap();
    let cookie = signed_in.headers()[SET_COOKIE].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn sent(request: RequestBuilder, cookie: &str) -> Response {
    request.header(COOKIE, cookie).send().await.unwrap()
}

async fn get(house: &House, path: &str, cookie: &str) -> Response {
    sent(house.http.get(format!("{}{path}", house.base)), cookie).await
}

async fn press(house: &House, path: &str, cookie: &str, form: &[(&str, &str)]) -> Response {
    sent(house.http.post(format!("{}{path}", house.base)).form(form), cookie).await
}

/// Uploads the list. Returns the address of its page.
async fn upload(house: &House, cookie: &str) -> String {
    let body = format!(
        "--it\r\nContent-Disposition: form-data; name=\"file\"; filename=\"清单.csv\"\r\n\r\n{LIST}\r\n--it--\r\n"
    );
    let post = house.http.post(format!("{}/batch", house.base));
    let post = post.header(CONTENT_TYPE, "multipart/form-data; boundary=it").body(body);
    sent(post, cookie).await.headers()[LOCATION].to_str().unwrap().to_owned()
}

/// The name of the only question on a draft's page.
fn question(page: &str) -> &str {
    let (_, rest) = page.split_once("name=\"q-").unwrap();
    let name = rest.split('"').next().unwrap();
    &page[page.find(name).unwrap() - 2..][..name.len() + 2]
}

async fn until(is_so: impl AsyncFn() -> bool) {
    let began = std::time::Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < std::time::Duration::from_secs(30), "it never came about");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

async fn an_operator_works_at_both(one: &House, other: &House) {
    let cookie = sign_in(one).await;
    let path = upload(one, &cookie).await;
    let page = get(other, &path, &cookie).await.text().await.unwrap();
    let asked = question(&page).to_owned();
    let answered = press(other, &path, &cookie, &[("do", "answer"), (&asked, "九成新")]).await;
    assert_eq!(answered.status(), 303);
    let page = get(one, &path, &cookie).await.text().await.unwrap();
    let at = page.find(&asked).unwrap();
    assert!(page[at..].contains("九成新"), "the answer is at both: {page}");
    let kept = press(one, &path, &cookie, &[("do", "keep")]).await;
    let list = kept.headers()[LOCATION].to_str().unwrap().to_owned();
    assert!(!list.contains("draft"), "{list}");
    assert_eq!(get(other, &list, &cookie).await.status(), 200);
    assert_eq!(get(other, &path, &cookie).await.status(), 404, "it was started at the first");
    // Signing out at one ends the session at the other, too.
    assert_eq!(press(one, "/ops/leave", &cookie, &[]).await.status(), 303);
    assert_eq!(get(one, "/batch", &cookie).await.status(), 403);
    until(async || get(other, "/batch", &cookie).await.status() == 403).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_and_an_uploaded_list_are_at_every_server_of_a_database() {
    let server_of_tests = Server::of_these_tests();
    let mut admin = Other::at(&server_of_tests.url("postgres")).await.unwrap();
    admin.run("CREATE DATABASE operators").await.unwrap();
    let url = server_of_tests.url("operators");
    let (one, other) = (server(&url).await, server(&url).await);
    an_operator_works_at_both(&one, &other).await;
    one.close().await;
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_and_an_uploaded_list_last_through_a_restart_and_an_ended_session_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let url = database(&folder);
    let house = server(&url).await;
    let (cookie, left) = (sign_in(&house).await, sign_in(&house).await);
    let path = upload(&house, &cookie).await;
    press(&house, "/ops/leave", &left, &[]).await;
    until(async || house.records.ended_sessions(jiff::Timestamp::now()).await.unwrap().len() == 1).await;
    house.close().await;
    let again = server(&url).await;
    assert_eq!(get(&again, &path, &cookie).await.status(), 200);
    until(async || get(&again, "/batch", &left).await.status() == 403).await;
    again.close().await;
    // With another token, what was sealed with the former one is gone.
    let changed =
        House::with(&[("TRADEIN_DATABASE_URL", &url), ("TRADEIN_OPERATOR_TOKEN", &TOKEN.repeat(2))]).await;
    assert_eq!(get(&changed, &path, &cookie).await.status(), 403);
    let page = changed.http.get(format!("{}{path}", changed.base)).bearer_auth(TOKEN.repeat(2));
    let page = page.send().await.unwrap();
    assert_eq!(page.status(), 404);
    assert!(!page.text().await.unwrap().contains("清单.csv"), "it is not offered any more");
    changed.close().await;
}
