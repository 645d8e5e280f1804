//! The operator's page: who sees it, and what it tells.

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};

use crate::house::{House, phone};
use crate::process::Process;

const TOKEN: &str = "token-of-the-operator";

async fn house() -> House {
    House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await
}

async fn page(house: &House, cookie: &str) -> (u16, String) {
    let url = format!("{}/ops?locale=en", house.base);
    let answer = house.http.get(url).header(COOKIE, cookie).send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn sign_in(house: &House) -> String {
    let post = house.http.post(format!("{}/ops", house.base)).form(&[("token", TOKEN)]);
    let answer = post.send().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()[LOCATION]), (303, &"/ops".parse().unwrap()));
    let cookie = answer.headers()[SET_COOKIE].to_str().unwrap();
    for word in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(word), "{cookie}");
    }
    assert!(!cookie.contains(TOKEN));
    cookie.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn only_who_has_the_token_sees_the_operators_page() {
    let house = house().await;
    let (status, text) = page(&house, "").await;
    assert_eq!(status, 403);
    assert!(text.contains("Operator token") && !text.contains("Circuit breaker"));
    let wrong = house.http.post(format!("{}/ops?locale=en", house.base)).form(&[("token", "guess")]);
    let answer = wrong.send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers().get(SET_COOKIE)), (403, None));
    assert!(answer.text().await.unwrap().contains("This is not the token"));

    let cookie = sign_in(&house).await;
    assert_eq!(page(&house, &cookie).await.0, 200);
    // Another end, or another hand: the signature is off.
    let (rest, last) = cookie.split_at(cookie.len() - 1);
    let forged = format!("{rest}{}", if last == "9" { "8" } else { "9" });
    assert_eq!(page(&house, &forged).await.0, 403);
    for (token, status) in [(TOKEN, 200), ("guess", 403)] {
        let get = house.http.get(format!("{}/ops", house.base)).bearer_auth(token);
        assert_eq!(get.send().await.unwrap().status().as_u16(), status);
    }
    let left = house.http.post(format!("{}/ops/leave", house.base)).header(COOKIE, &cookie).send().await;
    assert!(left.unwrap().headers()[SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
}

#[tokio::test]
async fn it_tells_what_was_asked_what_failed_and_what_to_do() {
    let house = house().await;
    let cookie = sign_in(&house).await;
    assert!(page(&house, &cookie).await.1.contains("No calls today yet"));
    for model in ["iPhone 14 Pro", "iPhone 14 Pro", "SANDBOX-PERMISSION", "SANDBOX-DOWN"] {
        house.call("quote", &phone(&[("model", model)])).await;
    }
    house.set(r#"{"clock_offset_seconds": 100}"#).await;
    house.call("quote", &phone(&[("model", "iPhone 15")])).await;
    house.all_recorded().await;
    let (_, text) = page(&house, &cookie).await;
    for words in [
        "5 of 2000 calls",
        "No permission, or the agreement is not signed",
        "Apply for the permission",
        "SANDBOX-DOWN",
        "Needs attention",
        "Set this machine's clock by NTP",
    ] {
        assert!(text.contains(words), "{words:?} is not in {text}");
    }
}

#[tokio::test]
async fn without_a_token_one_is_made_and_printed_once() {
    let server = Process::start(&[]).await;
    let base = server.base.clone();
    server.signal("TERM").await;
    let (printed, log) = server.ended().await;
    let printed = String::from_utf8(printed).unwrap();
    let token = printed.trim().rsplit(' ').next().unwrap();
    assert!(printed.starts_with("operator token") && token.len() == 32, "{printed}");
    assert!(!String::from_utf8(log).unwrap().contains(token), "not in the log of {base}");
}
