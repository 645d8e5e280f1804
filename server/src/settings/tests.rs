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
    assert_eq!(settings.records.database_url.expose(), "sqlite://data/tradein.db");
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
fn an_unknown_key_stops_the_start_by_its_name_and_line() {
    for (toml, line, names) in [
        ("[site]\nadress = \"127.0.0.1:1\"", "line 2", ["`adress`", "`address`"]),
        ("[site]\n\n[sight]\n", "line 3", ["`sight`", "`site`"]),
        ("[[merchants]]\nid = \"a\"\nname = \"A\"\ntopups = 1", "line 4", ["`topups`", "`top_ups`"]),
        ("site = 1", "line 1", ["`site` is a section", "[site]"]),
        ("[site]\naddress = [1]", "line 2", ["`site.address`", "one value"]),
        ("[site]\naddress = ", "line 2", ["tradein.toml: ", ""]),
    ] {
        let error = with_file(toml, &[]).unwrap_err().to_string();
        assert!(error.contains(line) && names.iter().all(|name| error.contains(name)), "{error}");
    }
}

#[test]
fn a_bad_value_of_the_file_is_named_with_its_key_and_line() {
    for (toml, said) in [
        ("[limits]\n\nper_minute = \"many\"", "line 3) is \"many\"; it takes a whole number"),
        ("[partner]\ndaily_quota = -1", "line 2) is \"-1\"; it takes a whole number of calls"),
        (
            "[[merchants]]\nid = \"a\"\nname = \"A\"\ntheme = \"black\"",
            "is \"black\"; it takes auto, light or dark",
        ),
    ] {
        let error = with_file(toml, &[]).unwrap_err().to_string();
        assert!(error.contains("tradein.toml") && error.contains(said), "{error}");
    }
}

#[test]
fn an_address_of_a_database_that_cannot_be_used_is_named_without_its_password() {
    for value in ["mysql://shop:hush@db/x", "postgres://shop@db/x?pasword=hush", "data/tradein.db"] {
        let told = read(&[("TRADEIN_DATABASE_URL", value)]).unwrap_err().to_string();
        assert!(told.contains("TRADEIN_DATABASE_URL") && told.contains("sqlite://"), "{told}");
        assert!(!told.contains("hush"), "{told}");
    }
    let settings = read(&[("TRADEIN_DATABASE_URL", "postgres://shop:hush@db/x")]).unwrap();
    assert!(!format!("{settings:?}").contains("hush"));
}

#[test]
fn a_bad_value_is_named_with_what_the_setting_takes() {
    for (name, value, takes) in [
        ("LEPTOS_SITE_ADDR", "3000", "127.0.0.1:3000"),
        ("AHS_API_URL", "http://open.aihuishou.com", "https://"),
        ("TRADEIN_LOG_FORMAT", "xml", "text or json"),
        ("TRADEIN_DEADLINE_SECONDS", "0", "1 to 60"),
        ("AHS_DAILY_QUOTA", "-1", "whole number"),
        ("AHS_NATIVE_BATCH", "yes", "true or false"),
        ("AHS_SHOPPER_RESERVE", "2001", "2000 (the day's quota) at most"),
        ("AHS_SEARCH_SHARE", "2001", "2000 (the day's quota) at most"),
        ("TRADEIN_KEEP_DAYS", "6", "7 at least"),
        ("TRADEIN_KEEP_OFFERS_DAYS", "29", "30 at least"),
        ("TRADEIN_WEBHOOKS_ALLOW_PRIVATE", "yes", "true or false"),
        ("TRADEIN_VISITOR_LIMIT", "many", "0 for no limit"),
        ("TRADEIN_TRUSTED_HOPS", "10", "0 to 9"),
        ("RUST_LOG", "info=loud", "desk=debug"),
        ("TRADEIN_PUBLIC_URL", "tradein.example", "https://"),
        ("TRADEIN_PUBLIC_URL", "ftp://tradein.example", "https://"),
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
fn a_secret_in_the_file_of_settings_is_refused_and_not_shown() {
    for toml in ["[partner]\nsecret = \"hush\"", "[partner]\nsecret_file = \"hush"] {
        let error = with_file(toml, &[]).unwrap_err().to_string();
        assert!(error.contains("line 2") && !error.contains("hush"), "{error}");
    }
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

#[test]
fn what_cannot_be_seen_in_a_secret_is_named_with_its_setting() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    let file = path.to_str().unwrap();
    let next = [("AHS_APP_ID", "AHS2025XXXX"), ("AHS_APP_SECRET", "one"), ("AHS_APP_SECRET_NEXT_FILE", file)];
    let in_file: [(&str, &[(&str, &str)]); 3] = [
        ("AHS_APP_SECRET_FILE", &[("AHS_APP_ID", "AHS2025XXXX"), ("AHS_APP_SECRET_FILE", file)]),
        ("AHS_APP_SECRET_NEXT_FILE", &next),
        ("TRADEIN_OPERATOR_TOKEN_FILE", &[("TRADEIN_OPERATOR_TOKEN_FILE", file)]),
    ];
    let secret = "hush-hush-hush-hush-hush-hush-hush";
    let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let zero_width = format!("{secret}\u{200b}");
    let quoted = format!("\"{secret}\"\n");
    for (name, variables) in in_file {
        for taken in [format!("{secret}\r\n"), format!("\u{feff}{secret}")] {
            std::fs::write(&path, &taken).unwrap();
            assert!(read(variables).is_ok(), "{name}: {taken:?}");
        }
        let flawed: [(&[u8], &str); 8] = [
            (&utf16, "UTF-16"),
            (quoted.as_bytes(), "quotes"),
            (zero_width.as_bytes(), "character 35 of it is U+200B"),
            (b"hush\nhush", "line break inside"),
            (b"hush\0hush-hush-hush-hush-hush-hush", "NUL"),
            (b"hush\xffhush", "byte 5"),
            (&[b'h'; 5_000], "larger than 4096 bytes"),
            (b"\n", "empty"),
        ];
        for (held, said) in flawed {
            std::fs::write(&path, held).unwrap();
            let error = read(variables).unwrap_err().to_string();
            assert!(error.contains(name) && error.contains(file) && error.contains(said), "{error}");
            assert!(!error.contains("hush"), "{error}");
        }
    }
    for name in ["AHS_APP_SECRET", "TRADEIN_OPERATOR_TOKEN"] {
        for given in [quoted.trim(), &zero_width] {
            let account = [("AHS_APP_ID", "AHS2025XXXX"), (name, given)];
            let variables = if name == "AHS_APP_SECRET" { &account[..] } else { &account[1..] };
            let error = read(variables).unwrap_err().to_string();
            assert!(error.starts_with(name) && !error.contains("hush"), "{error}");
        }
    }
    let marked = format!("\u{feff}{secret}");
    let settings = read(&[("AHS_APP_ID", "\u{feff}AHS2025XXXX"), ("AHS_APP_SECRET", &marked)]).unwrap();
    assert_eq!(settings.partner.account.unwrap().app_id(), "AHS2025XXXX");
    let error = read(&[("AHS_APP_ID", "'AHS2025XXXX'"), ("AHS_APP_SECRET", secret)]).unwrap_err().to_string();
    assert!(error.starts_with("AHS_APP_ID cannot be used: it has quotes"), "{error}");
}

#[test]
fn the_file_of_settings_is_a_regular_one_in_utf8() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tradein.toml");
    let named = [("TRADEIN_CONFIG", path.to_str().unwrap())];
    std::fs::write(&path, "\u{feff}[limits]\nper_minute = 5\n").unwrap();
    assert_eq!(read(&named).unwrap().limits.per_minute, 5);
    let utf16: Vec<u8> = "[limits]\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(&path, utf16).unwrap();
    assert!(read(&named).unwrap_err().to_string().contains("UTF-16"));
    let error = read(&[("TRADEIN_CONFIG", folder.path().to_str().unwrap())]).unwrap_err().to_string();
    assert!(error.contains("it is a folder"), "{error}");
    let error = read(&[("TRADEIN_CONFIG", "/nowhere/tradein.toml")]).unwrap_err().to_string();
    assert!(error.contains("/nowhere/tradein.toml") && error.contains("no such file"), "{error}");
}
