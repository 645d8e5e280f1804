use std::time::Duration;

use domain::{Grade, ProviderName};
use jiff::SignedDuration;

use super::*;
use crate::Settings;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const ALL: &str = r#"
[[providers]]
name = "main"
kind = "aihuishou"
app_id = "AHS2025XXXX"
secret_env = "MAIN_SECRET"
daily_quota = 1000
shopper_reserve = 100
native_batch = true

[[providers]]
name = "own"
kind = "pricelist"
label = { "zh-CN" = "本店", en = "This shop" }
path = "prices.xlsx"
valid_hours = 48
ways = ["store", "mail"]
grades = { "全新" = "A", "八成新" = "C" }

[[providers]]
name = "third"
kind = "http"
label = "Third"
url = "https://buyer.example/trade-in"
secret_env = "THIRD_SECRET"
daily_quota = 500
places = 3
grades = { "九成新" = "B" }
"#;

fn read_with(text: &str, account: bool) -> Result<Settings, String> {
    let environment = |name: &str| match name {
        "MAIN_SECRET" => Some("hush".to_owned()),
        "THIRD_SECRET" => Some(SECRET.to_owned()),
        "AHS_APP_ID" | "AHS_APP_SECRET" if account => Some("AHS2024".to_owned()),
        _ => None,
    };
    Settings::read_with(&environment, text.as_bytes()).map_err(|error| error.to_string())
}

fn read(text: &str) -> Result<Settings, String> {
    read_with(text, false)
}

fn names(settings: &Settings) -> Vec<&str> {
    settings.providers.iter().map(|provider| provider.name.as_str()).collect()
}

#[test]
fn each_kind_is_read_with_all_its_keys() {
    let settings = read(ALL).unwrap();
    assert_eq!(names(&settings), ["main", "own", "third"]);
    assert!(!settings.is_sandbox());
    let [main, own, third] = settings.providers.as_slice() else { panic!("three") };
    let ProviderKind::Aihuishou(account) = &main.kind else { panic!("{}", main.kind) };
    assert_eq!(account.account.app_id(), "AHS2025XXXX");
    assert_eq!((account.quota.daily, account.quota.shopper_reserve), (Some(1000), 100));
    assert_eq!((account.quota.search_share, account.native_batch), (200, true));
    let ProviderKind::PriceList(list) = &own.kind else { panic!("{}", own.kind) };
    assert_eq!((list.holds, list.ways.len()), (SignedDuration::from_hours(48), 2));
    assert_eq!(own.label.as_ref().map(Label::english), Some("This shop"));
    let ProviderKind::Http(http) = &third.kind else { panic!("{}", third.kind) };
    assert_eq!((http.quota.daily, http.places.get()), (Some(500), 3));
    let words = http.grades.as_ref().unwrap();
    assert_eq!((words.word(Grade::Excellent), words.word(Grade::New)), (Some("B"), None));
    assert_eq!(third.label.as_ref().map(Label::chinese), Some("Third"));
    assert_eq!(settings.partner.deadline, Duration::from_secs(8));
}

#[test]
fn the_account_of_the_variables_is_a_provider_of_its_own_name() {
    let settings = read_with(ALL, true).unwrap();
    assert_eq!((names(&settings).len(), settings.partner.account.is_some()), (3, true));
    let same = ALL.replace("name = \"main\"", "name = \"aihuishou\"");
    let error = read_with(&same, true).unwrap_err();
    assert!(error.starts_with("providers.name of \"aihuishou\""), "{error}");
    assert!(read(&same).is_ok(), "the name is free without an account");
    let merchant =
        format!("{ALL}[[merchants]]\nid = \"s\"\nname = \"S\"\nproviders = [\"own\", \"aihuishou\"]\n");
    let known = read_with(&merchant, true).unwrap().merchants.get("s").unwrap();
    assert_eq!(known.providers, ["own", "aihuishou"].map(|name| ProviderName::parse(name).unwrap()));
    let error = read(&merchant).unwrap_err();
    assert!(error.contains("each once: main, own, third"), "{error}");
}

#[test]
fn without_account_and_providers_there_are_sandboxes() {
    let settings = read("").unwrap();
    assert!(settings.is_sandbox());
}

#[test]
fn what_cannot_be_used_is_named_with_its_provider() {
    for (from, to, key) in [
        ("name = \"own\"", "name = \"Own\"", "providers.name of \"Own\""),
        ("name = \"own\"", "name = \"main\"", "providers.name of \"main\""),
        ("places = 3", "places = 0", "providers.places of \"third\""),
        ("valid_hours = 48", "valid_hours = 0", "providers.valid_hours of \"own\""),
        ("\"store\", \"mail\"", "\"drone\"", "providers.ways of \"own\""),
        ("shopper_reserve = 100", "shopper_reserve = 1001", "providers.shopper_reserve of \"main\""),
        ("https://buyer.example", "http://buyer.example", "providers.url of \"third\""),
        ("secret_env = \"THIRD_SECRET\"", "secret_env = \"NONE\"", "providers.secret_env of \"third\""),
        ("secret_env = \"THIRD_SECRET\"", "", "providers of \"third\""),
        ("\"九成新\" = \"B\"", "\"superb\" = \"B\"", "providers.grades of \"third\""),
        ("\"全新\" = \"A\"", "\"superb\" = \"A\"", "providers.grades of \"own\""),
        ("daily_quota = 1000", "grades = { \"九成新\" = \"B\" }", "providers.grades of \"main\""),
        ("label = \"Third\"", "label = \"\"", "providers.label of \"third\""),
    ] {
        let error = read(&ALL.replace(from, to)).unwrap_err();
        assert!(error.starts_with(key), "{error}");
        assert!(!error.contains("MfKQ9r8"), "{error}");
    }
    for unknown in ["colour = 1", "kind = \"other\""] {
        let text =
            format!("[[providers]]\nname = \"x\"\nkind = \"http\"\nurl = \"https://b.example\"\n{unknown}\n");
        assert!(read(&text).unwrap_err().contains("line"), "{unknown}");
    }
}

#[test]
fn an_account_is_named_once_since_its_quota_is_counted_once() {
    let twice = ALL.replace(
        "kind = \"pricelist\"",
        "kind = \"aihuishou\"\napp_id = \"AHS2025XXXX\"\nsecret_env = \"MAIN_SECRET\"",
    );
    let twice = twice.replace("path = \"prices.xlsx\"\nvalid_hours = 48\nways = [\"store\", \"mail\"]\ngrades = { \"全新\" = \"A\", \"八成新\" = \"C\" }\n", "");
    let error = read(&twice).unwrap_err();
    assert!(error.starts_with("providers.app_id of \"own\""), "{error}");
}

#[test]
fn secrets_take_effect_without_a_start_and_nothing_else() {
    let running = read(ALL).unwrap();
    assert_eq!(running.wait_for_a_start(&read(ALL).unwrap()), [""; 0]);
    let other = read(&ALL.replace("secret_env = \"MAIN_SECRET\"", "secret_env = \"THIRD_SECRET\"")).unwrap();
    assert_eq!(other.wait_for_a_start(&running), [""; 0]);
    let other = read(&ALL.replace("places = 3", "places = 4")).unwrap();
    assert_eq!(other.wait_for_a_start(&running), ["providers"]);
}
