//! The operator's page: who may see it, and its content.

use reqwest::header::{ACCEPT, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};

use crate::house::{House, TOKEN, phone};
use crate::process::Process;

async fn house() -> House {
    House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN)]).await
}

async fn page(house: &House, cookie: &str) -> (u16, String) {
    let url = format!("{}/ops?locale=en", house.base);
    let answer = house.http.get(url).header(COOKIE, cookie).send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// Signs in. Returns the cookie's name and value.
pub(crate) async fn sign_in(house: &House) -> String {
    let post = house.http.post(format!("{}/ops", house.base)).form(&[("token", TOKEN)]);
    let answer = post.send().await.unwrap();
    assert_eq!((answer.status().as_u16(), &answer.headers()[LOCATION]), (303, &"/ops".parse().unwrap()));
    let cookie = answer.headers()[SET_COOKIE].to_str().unwrap();
    for word in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.contains(word), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
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
    // A changed end or another key makes the signature invalid.
    let (rest, last) = cookie.split_at(cookie.len() - 1);
    let forged = format!("{rest}{}", if last == "9" { "8" } else { "9" });
    assert_eq!(page(&house, &forged).await.0, 403);
    for (token, status) in [(TOKEN, 200), ("guess", 403)] {
        let get = house.http.get(format!("{}/ops", house.base)).bearer_auth(token);
        assert_eq!(get.send().await.unwrap().status().as_u16(), status);
    }
    let another = sign_in(&house).await;
    let left = sign_out(&house, &cookie).await;
    assert!(left.contains("Max-Age=0"), "{left}");
    assert_eq!(page(&house, &cookie).await.0, 403, "a copy of the cookie is worth nothing");
    assert_eq!(page(&house, &another).await.0, 200, "other sessions go on");
}

/// Signs out. Returns the `Set-Cookie` header.
pub(crate) async fn sign_out(house: &House, cookie: &str) -> String {
    let post = house.http.post(format!("{}/ops/leave", house.base)).header(COOKIE, cookie);
    post.send().await.unwrap().headers()[SET_COOKIE].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_cookie_is_bound_to_the_host_where_browsers_take_that() {
    let plain = house().await;
    assert!(sign_in(&plain).await.starts_with("tradein_operator="));
    let address = ("TRADEIN_PUBLIC_URL", "https://tradein.example");
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN), address]).await;
    let post = house.http.post(format!("{}/ops", house.base)).form(&[("token", TOKEN)]);
    let cookie = post.send().await.unwrap().headers()[SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-tradein_operator=") && cookie.contains("; Secure"), "{cookie}");
    let sent = cookie.split(';').next().unwrap();
    assert_eq!(page(&house, sent).await.0, 200);
    assert_eq!(page(&house, sent.trim_start_matches("__Host-")).await.0, 403, "others could have set it");
    let gone = sign_out(&house, sent).await;
    assert!(gone.starts_with("__Host-") && gone.contains("; Secure") && gone.contains("Max-Age=0"), "{gone}");
    assert_eq!(page(&house, sent).await.0, 403);
}

#[tokio::test]
async fn signing_in_over_http_where_https_is_the_address_says_so() {
    let address = ("TRADEIN_PUBLIC_URL", "https://tradein.example");
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN), address]).await;
    let post = |origin: &str, accept: &str| {
        let post = house.http.post(format!("{}/ops?locale=en", house.base)).header(ORIGIN, origin);
        let post = post.header(HOST, origin.trim_start_matches("http://")).header(ACCEPT, accept);
        post.form(&[("token", TOKEN), ("way", "/batch")])
    };
    for accept in ["text/html", "application/json"] {
        let answer = post("http://192.168.1.10:3000", accept).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.headers().get(SET_COOKIE)), (403, None));
        let text = answer.text().await.unwrap();
        assert!(text.contains("This browser came over http") && !text.contains("Operator token"), "{text}");
        let link = "href=\"https://tradein.example/batch?locale=en\"";
        assert_eq!(text.contains(link), accept == "text/html", "{text}");
    }

    // On this machine, most browsers keep such a cookie. For those that do not, the next page says so.
    let answer = post(&house.base, "text/html").send().await.unwrap();
    let place = answer.headers()[LOCATION].to_str().unwrap().to_owned();
    assert_eq!((answer.status().as_u16(), &*place), (303, "/ops?locale=en&by_http=%2Fbatch"));
    let cookie = answer.headers()[SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let get = house.http.get(format!("{}{place}", house.base));
    let kept = get.try_clone().unwrap().header(COOKIE, cookie).send().await.unwrap();
    assert_eq!(
        (kept.status().as_u16(), &kept.headers()[LOCATION]),
        (303, &"/batch?locale=en".parse().unwrap())
    );
    let dropped = get.send().await.unwrap();
    assert_eq!(dropped.status(), 403);
    let text = dropped.text().await.unwrap();
    assert!(text.contains("This browser came over http") && !text.contains("Operator token"), "{text}");
}

#[tokio::test]
async fn guesses_at_the_token_are_limited_wherever_they_come_from() {
    let house = House::with(&[("TRADEIN_OPERATOR_TOKEN", TOKEN), ("TRADEIN_TRUSTED_HOPS", "1")]).await;
    for from in ["127.0.0.1", "198.51.100.7"] {
        let form = async |token: &str| {
            let post =
                house.http.post(format!("{}/ops?locale=en", house.base)).header("x-forwarded-for", from);
            post.form(&[("token", token)]).send().await.unwrap()
        };
        let bearer = async |path: &str, token: &str| {
            let get = house.http.get(format!("{}{path}", house.base)).header("x-forwarded-for", from);
            get.bearer_auth(token).send().await.unwrap()
        };
        assert_eq!(form(TOKEN).await.status(), 303);
        for path in ["/metrics", "/ops", "/batch", "/readyz", "/preview"] {
            let answer = if path == "/ops" { form("guess").await } else { bearer(path, "guess").await };
            assert_ne!(answer.status(), 429, "{path}");
        }
        for path in ["/metrics", "/ops", "/batch", "/batch/1/events", "/readyz", "/preview"] {
            let limited = bearer(path, "guess").await;
            assert_eq!(limited.status(), 429, "{path} from {from}");
            assert!(limited.headers().contains_key("retry-after"), "{path}");
            let refusal: serde_json::Value = limited.json().await.unwrap();
            assert_eq!(refusal["code"], "rate_limited", "{path}");
        }
        let limited = form(TOKEN).await;
        assert_eq!(limited.status(), 429, "the right one is not told apart, or the limit were none");
        let wait: u64 = limited.headers()["retry-after"].to_str().unwrap().parse().unwrap();
        assert!((1..=4).contains(&wait), "{wait}");
        let text = limited.text().await.unwrap();
        assert!(text.contains("Too many attempts. Wait") && text.contains("Operator token"), "{text}");
    }
    let elsewhere = house.http.get(format!("{}/ops", house.base)).header("x-forwarded-for", "198.51.100.8");
    assert_eq!(elsewhere.bearer_auth(TOKEN).send().await.unwrap().status(), 200);
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
