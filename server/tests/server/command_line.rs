use std::process::{Command, Output};

use serde_json::Value;

/// Runs `tradein` with only `variables` in its environment.
fn tradein(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_tradein"))
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn quote(model: &str, others: &[&str]) -> Output {
    let mut arguments = vec!["quote", "--type", "手机", "--brand", "苹果", "--model", model];
    arguments.extend(["--storage", "256GB", "--condition", "九成新"]);
    arguments.extend(others);
    tradein(&arguments, &[])
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_quote_is_a_card_for_people_and_json_for_programs() {
    let card = quote("iPhone 14 Pro", &[]);
    assert!(card.status.success(), "{}", text(&card.stderr));
    let card = text(&card.stdout);
    assert!(card.contains("iPhone 14 Pro") && card.contains("¥") && card.contains("Holds until"), "{card}");

    let json = quote("iPhone 14 Pro", &["--function-status", "屏幕损坏、进水", "--json"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(json["price"]["final"].as_u64().unwrap() > 0);
    assert!(json["device"]["function_status"].as_str().unwrap().contains("进水"));
}

#[test]
fn a_failed_job_exits_with_1_and_says_what_to_do_in_one_line() {
    let unknown = quote("SANDBOX-UNKNOWN", &["--json"]);
    assert_eq!(unknown.status.code(), Some(1));
    let said = text(&unknown.stderr);
    assert!(said.starts_with("tradein: model_unknown") && said.lines().count() == 1, "{said}");
    assert_eq!(text(&unknown.stdout), "");
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in [&["quote"] as &[_], &["nonsense"], &["sign", "no-value"], &["sign", "a=1", "a=2"]] {
        assert_eq!(tradein(arguments, &[]).status.code(), Some(2), "{arguments:?}");
    }
    let laptop = [
        "quote",
        "--type",
        "笔记本",
        "--brand",
        "联想",
        "--model",
        "x",
        "--storage",
        "1TB",
        "--condition",
        "新",
    ];
    let said = tradein(&laptop, &[]);
    assert_eq!(said.status.code(), Some(2));
    let said = text(&said.stderr);
    assert!(said.contains("ram:") && said.contains("condition:"), "{said}");
}

#[test]
fn a_bad_setting_stops_the_start_by_its_name() {
    let said = tradein(&["serve"], &[("LEPTOS_SITE_ADDR", "everywhere")]);
    assert_eq!(said.status.code(), Some(1));
    assert!(text(&said.stderr).contains("LEPTOS_SITE_ADDR is \"everywhere\"; it takes"));
}

#[test]
fn signing_by_hand_shows_the_canonical_string_without_the_secret() {
    // The first case of the partner's vectors: see crates/aihuishou/tests/data/signing.json.
    let vectors = include_str!("../../../crates/aihuishou/tests/data/signing.json");
    let vectors: Value = serde_json::from_str(vectors).unwrap();
    let secret = vectors["secret"].as_str().unwrap();
    for case in vectors["cases"].as_array().unwrap() {
        let parameters: Vec<String> = case["params"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={}", value.as_str().unwrap()))
            .collect();
        let mut arguments = vec!["sign"];
        arguments.extend(parameters.iter().map(String::as_str));
        let said = tradein(&arguments, &[("AHS_APP_SECRET", secret)]);
        let said = text(&said.stdout) + &text(&said.stderr);
        assert!(said.contains(case["sign"].as_str().unwrap()), "{}: {said}", case["name"]);
        assert!(said.contains("&secret=***") && !said.contains(secret), "{said}");
    }
    let unset = tradein(&["sign", "a=1"], &[]);
    assert_eq!(unset.status.code(), Some(1));
    assert!(text(&unset.stderr).contains("AHS_APP_SECRET"));
}

#[test]
fn a_search_lists_models_with_what_they_come_in() {
    let found = text(&tradein(&["search", "iphone 14 pro"], &[]).stdout);
    assert!(found.contains("Apple iPhone 14 Pro\n") && found.contains("256GB"), "{found}");
    let json: Value =
        serde_json::from_slice(&tradein(&["search", "iphone 14 pro", "--json"], &[]).stdout).unwrap();
    assert!(json.as_array().unwrap().iter().any(|item| item["model"] == "iPhone 14 Pro"));
}

#[test]
fn the_audit_is_exported_as_csv_and_as_json_lines() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}/tradein.db", folder.path().display());
    let records = [("TRADEIN_DATABASE_URL", database.as_str())];
    assert!(tradein(&["search", "iphone 14 pro"], &records).status.success());
    let csv = text(&tradein(&["audit", "export"], &records).stdout);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "at,call,attempt,outcome,code,latency_ms,quota_used,parameters,provider");
    assert!(lines[1].contains(",item_search,1,ok,") && lines[1].contains("\"\"iphone 14 pro\"\""), "{csv}");
    assert!(lines[1].ends_with(",aihuishou"), "{csv}");
    let json = tradein(&["audit", "export", "--format", "jsonl", "--from", "2020-01-01"], &records);
    let record: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&record["outcome"], &record["quota_used"]), (&"ok".into(), &1.into()));
    let past = tradein(&["audit", "export", "--format", "jsonl", "--to", "2020-01-01"], &records);
    assert_eq!(text(&past.stdout), "");
    assert_eq!(tradein(&["audit", "export", "--from", "yesterday"], &records).status.code(), Some(2));
}

#[test]
fn a_word_that_is_not_on_a_list_is_answered_with_the_list() {
    let ask = |kind: &str, condition: &str, language: &str| {
        let device = ["quote", "--brand", "苹果", "--model", "iPhone 14 Pro", "--storage", "256GB"];
        let others = ["--type", kind, "--condition", condition];
        let said = tradein(&[&device[..], &others].concat(), &[("LANG", language)]);
        assert_eq!(said.status.code(), Some(2));
        let said = text(&said.stderr);
        assert_eq!(said.lines().count(), 1, "{said}");
        said
    };
    let said = ask("toaster", "shiny", "en_GB.UTF-8");
    for part in [
        "device_type: ",
        "(choose one of: phone (手机), tablet (平板),",
        "condition: ",
        "like_new (九五新), excellent",
    ] {
        assert!(said.contains(part), "{part:?} is not in {said}");
    }
    let said = ask("烤箱", "", "zh_CN.UTF-8");
    for part in ["（可选：手机、平板、", "（可选：全新、九五新、九成新"] {
        assert!(said.contains(part), "{part:?} is not in {said}");
    }
}

#[test]
fn a_token_that_could_be_guessed_stops_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, "  short-token\n").unwrap();
    let path = file.to_str().unwrap();
    for (name, value) in [("TRADEIN_OPERATOR_TOKEN", "short-token"), ("TRADEIN_OPERATOR_TOKEN_FILE", path)] {
        let said = tradein(&["serve"], &[(name, value)]);
        assert_eq!(said.status.code(), Some(1), "{name}");
        let said = text(&said.stderr);
        assert!(said.contains(name) && said.contains("32") && !said.contains("short-token"), "{said}");
    }
}
