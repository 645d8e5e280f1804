use std::collections::HashMap;
use std::time::Duration;

use super::*;

fn read(variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
    let variables: HashMap<&str, &str> = variables.iter().copied().collect();
    Settings::read(&|name| variables.get(name).map(|value| (*value).to_owned()))
}

fn with_file(toml: &str, variables: &[(&str, &str)]) -> Result<Settings, SettingsError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tradein.toml");
    std::fs::write(&path, toml).unwrap();
    let mut variables = variables.to_vec();
    variables.push(("TRADEIN_CONFIG", path.to_str().unwrap()));
    read(&variables)
}

#[test]
fn nothing_set_means_sandbox_mode_on_loopback() {
    let settings = read(&[]).unwrap();
    assert!(settings.partner.account.is_none());
    assert_eq!(settings.site.address.to_string(), "127.0.0.1:3000");
    assert_eq!(settings.records.database_url, "sqlite://data/tradein.db");
    assert!(settings.merchants.get("demo").is_some());
}

#[test]
fn a_variable_wins_over_the_file() {
    let toml = "[site]\naddress = \"127.0.0.1:1\"\n[partner]\ndeadline_seconds = 5";
    let settings = with_file(toml, &[("LEPTOS_SITE_ADDR", "127.0.0.1:2")]).unwrap();
    assert_eq!(settings.site.address.port(), 2);
    assert_eq!(settings.partner.deadline, Duration::from_secs(5));
}

#[test]
fn an_unknown_key_stops_the_start_by_its_name() {
    let error = with_file("[site]\nadress = \"127.0.0.1:1\"", &[]).unwrap_err().to_string();
    assert!(error.contains("adress") && error.contains("address"), "{error}");
}

#[test]
fn a_bad_value_is_named_with_what_the_setting_takes() {
    for (name, value, takes) in [
        ("LEPTOS_SITE_ADDR", "3000", "127.0.0.1:3000"),
        ("AHS_API_URL", "http://open.aihuishou.com", "https://"),
        ("TRADEIN_DATABASE_URL", "postgres://x", "sqlite://"),
        ("TRADEIN_LOG_FORMAT", "xml", "text or json"),
        ("TRADEIN_DEADLINE_SECONDS", "0", "1 to 60"),
        ("AHS_DAILY_QUOTA", "-1", "whole number"),
        ("AHS_NATIVE_BATCH", "yes", "true or false"),
        ("AHS_SHOPPER_RESERVE", "2001", "2000 (the day's quota) at most"),
        ("AHS_SEARCH_SHARE", "2001", "2000 (the day's quota) at most"),
        ("TRADEIN_KEEP_DAYS", "6", "7 at least"),
        ("TRADEIN_VISITOR_LIMIT", "many", "0 for no limit"),
        ("TRADEIN_TRUSTED_HOPS", "10", "0 to 9"),
        ("RUST_LOG", "info=loud", "desk=debug"),
        ("TRADEIN_PUBLIC_URL", "tradein.example", "https://"),
        ("TRADEIN_METRICS_ADDR", "9464", "127.0.0.1:9464"),
    ] {
        let error = read(&[(name, value)]).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains(value) && error.contains(takes), "{error}");
    }
}

#[test]
fn half_an_account_is_none() {
    for half in [[("AHS_APP_ID", "AHS2025XXXX")], [("AHS_APP_SECRET", "hush-hush")]] {
        let error = read(&half).unwrap_err().to_string();
        assert!(error.contains("sandbox mode") && !error.contains("hush"), "{error}");
    }
}

#[test]
fn the_secret_may_come_from_a_file_and_is_never_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    std::fs::write(&path, "hush-hush\n").unwrap();
    let named = [("AHS_APP_ID", "AHS2025XXXX"), ("AHS_APP_SECRET_FILE", path.to_str().unwrap())];
    let settings = read(&named).unwrap();
    assert!(settings.partner.account.is_some());
    assert!(!format!("{settings:?}").contains("hush"));
    std::fs::write(&path, "\n").unwrap();
    assert!(read(&named).unwrap_err().to_string().contains("empty"));
}

#[test]
fn the_second_secret_of_a_rotation_needs_a_first() {
    let both = [("AHS_APP_ID", "AHS2025XXXX"), ("AHS_APP_SECRET", "one"), ("AHS_APP_SECRET_NEXT", "two")];
    assert!(read(&both).unwrap().partner.next.is_some());
    assert!(read(&both[2..]).unwrap_err().to_string().contains("AHS_APP_SECRET_NEXT"));
}

#[test]
fn a_secret_in_the_file_of_settings_is_refused() {
    let error = with_file("[partner]\nsecret = \"hush\"", &[]).unwrap_err().to_string();
    assert!(error.contains("unknown field"), "{error}");
}

#[test]
fn the_operators_token_has_32_characters_at_least() {
    const SHORT: &str = "0123456789abcdef0123456789abcde";
    let long = format!("{SHORT}f");
    assert!(read(&[("TRADEIN_OPERATOR_TOKEN", &long)]).unwrap().operator.token.is_some());
    let error = read(&[("TRADEIN_OPERATOR_TOKEN", SHORT)]).unwrap_err().to_string();
    assert!(
        error.contains("TRADEIN_OPERATOR_TOKEN") && error.contains("32") && !error.contains(SHORT),
        "{error}"
    );

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    let named = [("TRADEIN_OPERATOR_TOKEN_FILE", path.to_str().unwrap())];
    let toml = format!("[operator]\ntoken_file = {:?}", path.display().to_string());
    std::fs::write(&path, format!("{long}\n")).unwrap();
    assert!(read(&named).unwrap().operator.token.is_some());
    // The line break does not count.
    std::fs::write(&path, format!("{SHORT}\n")).unwrap();
    for (error, name) in [
        (read(&named).unwrap_err().to_string(), "TRADEIN_OPERATOR_TOKEN_FILE"),
        (with_file(&toml, &[]).unwrap_err().to_string(), "operator.token_file"),
    ] {
        assert!(error.contains(name) && error.contains("32") && !error.contains(SHORT), "{error}");
    }
}
