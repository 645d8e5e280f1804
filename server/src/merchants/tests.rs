use serde::Deserialize;

use checkout::EventKind;
use checkout::webhooks::Allowed;
use domain::{Category, ProviderName};

use super::*;

#[derive(Deserialize)]
struct File {
    merchants: Vec<MerchantSection>,
}

fn read(text: &str) -> Result<Merchants, InvalidKey> {
    read_in(text, Allowed::default())
}

fn read_in(text: &str, allowed: Allowed) -> Result<Merchants, InvalidKey> {
    let environment = |name: &str| match name {
        "SAMPLE_SHOP_WEBHOOK" | "SAMPLE_SHOP_WEBHOOK_NEXT" => Some(SECRET.to_owned()),
        "SHORT" => Some("whsec_aHVzaA==".to_owned()),
        _ => None,
    };
    let providers = ["aihuishou", "own"].map(|name| ProviderName::parse(name).unwrap());
    let surroundings = Surroundings { environment: &environment, allowed, providers: &providers };
    Merchants::parse(toml::from_str::<File>(text).unwrap().merchants, &surroundings)
}

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A merchant with one webhook.
fn webhook(lines: &str) -> String {
    format!("[[merchants]]\nid = \"corner\"\nname = \"Corner\"\n[[merchants.webhooks]]\n{lines}")
}

#[test]
fn the_sample_can_be_used_with_all_that_it_shows() {
    let sample = include_str!("../../../tradein.sample.toml");
    let merchants = &sample[sample.find("[[merchants]]").unwrap()..];
    let is_key = |line: &str| {
        line.starts_with("[[") || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
    };
    let shown: Vec<&str> = merchants
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| is_key(rest)).unwrap_or(line))
        .collect();
    let shop = read(&shown.join("\n")).unwrap().get("sample-shop").unwrap();
    assert_eq!((shop.origins.len(), shop.top_ups.len()), (2, 2));
    assert_eq!((shop.providers.len(), shop.compare), (2, false));
    assert!(shop.locale.is_some() && shop.theme.is_some() && shop.accent.is_some() && shop.logo.is_some());
    assert_eq!(*shop.categories, [Category::Phone, Category::Tablet]);
    let [webhook] = &*shop.webhooks else { panic!("{:?}", shop.webhooks) };
    assert_eq!((webhook.secrets.len(), webhook.events.as_ref().map(Vec::len)), (2, Some(2)));
}

#[test]
fn a_key_that_cannot_be_used_is_named_with_what_it_takes() {
    for (key, line, takes) in [
        ("id", "id = \"Corner Shop\"", "lower-case"),
        ("origins", "origins = [\"http://shop.example\"]", "https://shop.example"),
        ("locale", "locale = \"fr\"", "zh-CN or en"),
        ("theme", "theme = \"black\"", "auto, light or dark"),
        ("accent", "accent = \"rgba(0,0,0,.5)\"", "#0a7"),
        ("logo", "logo = \"http://shop.example/logo.png\"", "https://"),
        ("categories", "categories = [\"toaster\"]", "phone (手机)"),
        ("categories", "categories = []", "phone (手机)"),
        ("top_ups.percent", "[[merchants.top_ups]]\npercent = 0", "above 0"),
        ("top_ups", "[[merchants.top_ups]]\nproduct = \"x\"", "either fixed"),
        ("webhooks.url", "[[merchants.webhooks]]\nurl = \"shop.example\"", "https://"),
    ] {
        let id = if key == "id" { "" } else { "id = \"corner\"\n" };
        let invalid = read(&format!("[[merchants]]\n{id}name = \"Corner\"\n{line}")).unwrap_err();
        let named = invalid.key.starts_with(&format!("merchants.{key} of "));
        assert!(named && invalid.takes.contains(takes), "{invalid:?}");
    }
    let twice = "[[merchants]]\nid = \"corner\"\nname = \"a\"\n[[merchants]]\nid = \"corner\"\nname = \"b\"";
    assert!(read(twice).unwrap_err().takes.contains("no other merchant"));
    let misspelt = toml::from_str::<File>("[[merchants]]\nid = \"a\"\nname = \"a\"\ntopups = []");
    assert!(misspelt.is_err_and(|error| error.to_string().contains("topups")));
}

#[test]
fn a_webhook_has_an_address_events_and_one_or_two_secrets() {
    let lines = "url = \"https://shop.example/hooks/hush?a=1\"\nsecret_env = \"SAMPLE_SHOP_WEBHOOK\"\n";
    let read_one = |lines: &str| read(&webhook(lines)).unwrap().get("corner").unwrap().webhooks[0].clone();
    let all = read_one(lines);
    assert_eq!((all.url.path(), &all.events, all.secrets.len()), ("/hooks/hush", &None, 1));
    let some =
        read_one(&format!("{lines}secret_next_env = \"SAMPLE_SHOP_WEBHOOK_NEXT\"\nevents = [\"ping\"]"));
    assert_eq!((&*some.name, some.events, some.secrets.len()), (&*all.name, Some(vec![EventKind::Ping]), 2));
    // The path may be secret, so neither the name nor what a log would show has it.
    assert!(all.name.starts_with("https://shop.example#") && !format!("{all:?}").contains("hush"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    std::fs::write(&file, format!("{SECRET}\n")).unwrap();
    let in_a_file =
        format!("url = \"https://shop.example/hooks/hush?a=1\"\nsecret_file = \"{}\"", file.display());
    assert_eq!(read_one(&in_a_file), all);
}

#[test]
fn a_webhook_that_cannot_be_used_is_named_without_its_path_and_its_secret() {
    let secret = "secret_env = \"SAMPLE_SHOP_WEBHOOK\"";
    let at = |url: &str| format!("url = \"{url}\"\n{secret}");
    let url = "url = \"https://shop.example/hush\"";
    for (key, lines, takes) in [
        ("url", at("http://shop.example/hush"), "TRADEIN_WEBHOOKS_ALLOW_PRIVATE"),
        ("url", at("https://user:hush@shop.example/"), "without user"),
        ("url", at("https://10.0.0.1/hush"), "private"),
        ("url", at("https://[::ffff:127.0.0.1]/hush"), "this machine's own"),
        ("url", at("https://2130706433/hush"), "this machine's own"),
        (
            "events",
            format!("{}\nevents = [\"offer.sold\"]", at("https://shop.example/hush")),
            "offer.accepted",
        ),
        ("", url.to_owned(), "secret_file or secret_env"),
        ("secret_env", format!("{url}\nsecret_env = \"UNSET\""), "it is not set"),
        ("secret_env", format!("{url}\nsecret_env = \"SHORT\""), "24 to 64 bytes"),
        ("secret_file", format!("{url}\nsecret_file = \"/nowhere/secret\""), "no such file"),
        ("secret_file", format!("{url}\nsecret_file = \"/nowhere\"\n{secret}"), "both are given"),
        ("secret_next_env", format!("{url}\n{secret}\nsecret_next_env = \"UNSET\""), "it is not set"),
    ] {
        let invalid = read(&webhook(&lines)).unwrap_err();
        let expected = if key.is_empty() { "webhooks".to_owned() } else { format!("webhooks.{key}") };
        assert_eq!(invalid.key, format!("merchants.{expected} of \"corner\""), "{invalid:?}");
        assert!(invalid.takes.contains(takes), "{invalid:?}");
        assert!(!format!("{invalid:?}").contains("hush"), "{invalid:?}");
    }
    let twice =
        format!("{}\n[[merchants.webhooks]]\n{}", at("https://shop.example"), at("https://shop.example/"));
    assert!(read(&webhook(&twice)).unwrap_err().takes.contains("given once"));
}

#[test]
fn a_sandbox_sends_to_this_machine_and_development_to_inner_networks_too() {
    let sandbox = Allowed { loopback: true, ..Allowed::default() };
    let development = Allowed { private: true, ..Allowed::default() };
    let is_taken = |url: &str, allowed| {
        read_in(&webhook(&format!("url = \"{url}\"\nsecret_env = \"SAMPLE_SHOP_WEBHOOK\"")), allowed).is_ok()
    };
    for url in ["http://localhost:4000/", "http://127.0.0.1:4000/hook", "http://[::1]:4000"] {
        assert!(is_taken(url, sandbox) && is_taken(url, development) && !is_taken(url, Allowed::default()));
    }
    for url in ["http://192.168.1.10/", "http://shop.lan/hook", "https://10.0.0.1/"] {
        assert!(!is_taken(url, sandbox) && is_taken(url, development), "{url}");
    }
    assert!(!is_taken("http://169.254.169.254/", development));
}

#[test]
fn a_merchant_names_the_providers_that_its_shoppers_ask() {
    let read = |lines: &str| {
        let read = read(&format!("[[merchants]]\nid = \"corner\"\nname = \"Corner\"\n{lines}"));
        read.map(|merchants| merchants.get("corner").unwrap())
    };
    let merchant = read("providers = [\"own\", \"aihuishou\"]\ncompare = true").unwrap();
    let names: Vec<&str> = merchant.providers.iter().map(ProviderName::as_str).collect();
    assert_eq!((names, merchant.compare), (vec!["own", "aihuishou"], true));
    let merchant = read("").unwrap();
    assert_eq!((merchant.providers.len(), merchant.compare), (0, false));
    for wrong in ["other", "own\", \"own"] {
        let error = read(&format!("providers = [\"{wrong}\"]")).unwrap_err();
        assert_eq!(error.key, "merchants.providers of \"corner\"");
        assert_eq!(error.takes, "names of providers, each once: aihuishou, own");
    }
}

#[test]
fn without_merchants_in_the_settings_there_are_a_demo_and_one_that_compares_all_providers() {
    let merchants = read("merchants = []").unwrap();
    let ids: Vec<&str> = merchants.iter().map(|merchant| merchant.id.as_str()).collect();
    assert_eq!((ids, merchants.first()), (vec!["demo", "compare"], "demo"));
    let compare = merchants.get("compare").unwrap();
    assert_eq!((compare.providers.len(), compare.compare), (2, true));
    assert!(merchants.is_demo("demo") && merchants.is_demo("compare"));
    // A merchant of the settings of that name is one of the operator's.
    let set = read("[[merchants]]\nid = \"compare\"\nname = \"Compare\"").unwrap();
    assert!(!set.is_demo("compare"));
}
