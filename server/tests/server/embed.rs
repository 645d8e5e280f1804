//! What a shop's page loads and asks, and what a page that is not a shop's gets.

use reqwest::Response;
use reqwest::header::{
    ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_SECURITY_POLICY, IF_NONE_MATCH, ORIGIN, REFERER,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::house::{House, site};

/// A server with the merchant `corner`.
async fn house() -> (House, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tradein.toml");
    let shop = "[[merchants]]\nid = \"corner\"\nname = \"Corner\"\norigins = [\"https://corner.example\"]";
    std::fs::write(&file, shop).unwrap();
    (House::with(&[("TRADEIN_CONFIG", file.to_str().unwrap())]).await, folder)
}

/// Asks for the form as a frame in a page of `site` does.
async fn framed(house: &House, site: &str, language: &str) -> Response {
    let get = house.http.get(format!("{}/widget/corner", house.base)).header(REFERER, site);
    get.header("sec-fetch-dest", "iframe").header(ACCEPT_LANGUAGE, language).send().await.unwrap()
}

fn policy(answer: &Response) -> String {
    answer.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_foreign_page_reads_whom_to_allow_and_can_do_nothing() {
    let (house, _folder) = house().await;
    let answer = framed(&house, "https://new.example/", "en").await;
    assert_eq!(answer.status(), 403);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let policy = policy(&answer);
    assert!(policy.ends_with("frame-ancestors https://new.example"), "{policy}");
    assert!(policy.contains("default-src 'none'; script-src 'self'; form-action 'none'"), "{policy}");
    let page = answer.text().await.unwrap();
    assert!(page.contains("data-code=\"not_allowed\"") && page.contains("corner"));
    assert!(page.contains("origins = [\"https://corner.example\", \"https://new.example\"]"), "{page}");
    assert!(page.contains("data-origins=\"https://new.example\""), "that page alone hears why");
    assert!(page.contains("data-merchant=\"corner\""), "and of whose widget");
    assert_eq!(page.matches("<script").count(), 1, "what tells it so");
    for function in ["<form", "<button", "<a ", "<input"] {
        assert!(!page.contains(function), "{function}");
    }
    assert!(framed(&house, "https://new.example/", "zh-CN").await.text().await.unwrap().contains("尚未获准"));

    // An origin that cannot be allowed is not offered.
    let plain = framed(&house, "http://new.example:8080/", "en").await;
    assert!(self::policy(&plain).ends_with("frame-ancestors http://new.example:8080"));
    let page = plain.text().await.unwrap();
    assert!(page.contains("Open this page over https") && !page.contains("origins = ["));
}

#[tokio::test]
async fn who_is_allowed_or_tells_nothing_gets_the_form() {
    let (house, _folder) = house().await;
    let own = format!("{}/widget/corner", house.base);
    for site in ["https://corner.example/phones", &own, "about:blank", "https://a;script-src", "nonsense"] {
        let answer = framed(&house, site, "en").await;
        assert_eq!(answer.status(), 200, "{site}");
        assert!(policy(&answer).ends_with("frame-ancestors 'self' https://corner.example"), "{site}");
    }
    // The page was opened by a link.
    let get =
        house.http.get(&own).header(REFERER, "https://new.example/").header("sec-fetch-dest", "document");
    assert_eq!(get.send().await.unwrap().status(), 200);
    let nobody = house.get("/widget/nobody").await;
    assert_eq!(nobody.status(), 404);
    assert!(policy(&nobody).ends_with("frame-ancestors 'none'"));
}

#[tokio::test]
async fn a_page_can_ask_whether_it_is_allowed() {
    let (house, _folder) = house().await;
    let check = async |merchant: &str, origin: Option<&str>| {
        let mut get = house.http.get(format!("{}/embed/check?merchant={merchant}", house.base));
        if let Some(origin) = origin {
            get = get.header(ORIGIN, origin);
        }
        let answer = get.send().await.unwrap();
        assert_eq!(answer.headers()["access-control-allow-origin"], "*");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        answer.json::<Value>().await.unwrap()
    };
    let told = |merchant: bool, origin: bool| json!({"version": 1, "merchant": merchant, "origin": origin});
    assert_eq!(check("corner", Some("https://corner.example")).await, told(true, true));
    assert_eq!(check("corner", Some(&house.base)).await, told(true, true));
    for other in [None, Some("null"), Some("https://new.example"), Some("http://corner.example")] {
        assert_eq!(check("corner", other).await, told(true, false), "{other:?}");
    }
    for nobody in ["nobody", "", "%00"] {
        assert_eq!(check(nobody, Some("https://corner.example")).await, told(false, false), "{nobody}");
    }
}

#[tokio::test]
async fn the_loader_has_an_address_that_never_changes_its_content() {
    let house = House::open().await;
    let file = std::fs::read(site().join("embed/v1.js")).unwrap();
    let digest = Sha256::digest(&file);
    let hash: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let pinned = house.get(&format!("/embed/v1.{hash}.js")).await;
    assert_eq!(pinned.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(pinned.headers()["access-control-allow-origin"], "*");
    assert_eq!(pinned.headers()["cross-origin-resource-policy"], "cross-origin");
    assert!(pinned.headers()["content-type"].to_str().unwrap().starts_with("text/javascript"));
    assert_eq!(pinned.bytes().await.unwrap(), file);
    let other = house.get("/embed/v1.0123456789abcdef.js").await;
    assert_eq!(other.status(), 404);
    assert_eq!(other.headers()["cache-control"], "no-store", "it may be there after the next start");

    let today = house.get("/embed/v1.js").await;
    assert!(today.headers()["cache-control"].to_str().unwrap().starts_with("public, max-age=300"));
    let tag = today.headers()["etag"].clone();
    assert_eq!(today.bytes().await.unwrap(), file);
    let ask = |name, value| house.http.get(format!("{}/embed/v1.js", house.base)).header(name, value);
    let known = ask(IF_NONE_MATCH, tag.clone()).send().await.unwrap();
    assert_eq!((known.status().as_u16(), &known.headers()["etag"]), (304, &tag));
    let packed = ask(ACCEPT_ENCODING, "gzip, br".parse().unwrap()).send().await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "br");
    assert_eq!(packed.headers()["vary"], "accept-encoding");
    let build = std::fs::read(site().join("embed/v1.js.br")).unwrap();
    assert_eq!(packed.bytes().await.unwrap(), build, "packed by the build, not at each request");
}
