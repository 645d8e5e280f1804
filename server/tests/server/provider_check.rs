//! `tradein provider check` against the example of a buyer, and against an address where nothing is.

use std::path::Path;
use std::process::{Output, Stdio};

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// The example in Python on a free port, and its address. It ends when the child is dropped.
async fn example() -> (Child, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/buyer");
    let mut python = Command::new("python3");
    python.args([
        "-B",
        "-m",
        "uvicorn",
        "buyer:app",
        "--port",
        "0",
        "--log-level",
        "info",
        "--no-access-log",
    ]);
    python.current_dir(folder).env("BUYER_SECRET", SECRET).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = python.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, rest)) = line.split_once("running on ") {
            let address = rest.split(' ').next().unwrap().to_owned();
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return (child, address);
        }
    }
    panic!("the example does not start: `scripts/bootstrap` installs FastAPI, and `. scripts/env` finds it");
}

async fn check(url: &str, arguments: &[&str], secret: &str) -> Output {
    let mut tradein = Command::new(env!("CARGO_BIN_EXE_tradein"));
    tradein.args(["provider", "check", url, "--calls", "3"]).args(arguments);
    let output = tradein.env_clear().env("BUYER_SECRET", secret).output().await.unwrap();
    for text in [&output.stdout, &output.stderr] {
        assert!(!String::from_utf8_lossy(text).contains("MfKQ9r8GKY"), "the secret is nowhere");
    }
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_of_a_buyer_passes_and_with_another_secret_it_does_not() {
    let (_running, url) = example().await;
    let by_env = ["--secret-env", "BUYER_SECRET"];
    let good = check(&url, &by_env, SECRET).await;
    let printed = text(&good.stdout);
    assert_eq!((good.status.code(), printed.matches('✓').count()), (Some(0), 20), "{printed}");
    assert!(printed.contains("¥4,140, 苹果 iPhone 14 Pro 128GB 九成新"), "{printed}");

    let named = ["--model", "Mate 60 Pro", "--brand", "华为", "--storage", "512GB", "--json"];
    let named = check(&url, &[&by_env[..], &named].concat(), SECRET).await;
    let report: serde_json::Value = serde_json::from_slice(&named.stdout).unwrap();
    assert_eq!(report.as_array().unwrap().len(), 20);
    assert!(report[3]["detail"].as_str().unwrap().contains("Mate 60 Pro"), "{report}");
    assert!(report.as_array().unwrap().iter().all(|line| line["ok"] == true), "{report}");

    // The grade and the kind alone, and a word of the buyer's own for a grade.
    for (options, said) in [
        (&["--condition", "八成新"][..], "¥3,680, 苹果 iPhone 14 Pro 128GB 八成新"),
        (&["--grade", "九成新=七成新"], "¥3,220, 苹果 iPhone 14 Pro 128GB 九成新 (七成新)"),
    ] {
        let checked = check(&url, &[&by_env[..], options].concat(), SECRET).await;
        let printed = text(&checked.stdout);
        assert!(checked.status.success() && printed.contains(said), "{printed}");
    }
    let cameras = check(&url, &[&by_env[..], &["--type", "相机"]].concat(), SECRET).await;
    assert!(text(&cameras.stdout).contains("✗ search finds models"), "the example has no cameras");

    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n").unwrap();
    let other = check(&url, &["--secret-file", file.path().to_str().unwrap()], SECRET).await;
    let printed = text(&other.stdout);
    assert_eq!(other.status.code(), Some(1));
    assert!(
        printed.contains("✗ search finds models") && printed.contains("→ Compare the secret"),
        "{printed}"
    );
    assert!(text(&other.stderr).contains("1 of 20 checks failed"), "{}", text(&other.stderr));
}

#[tokio::test]
async fn a_dead_address_fails_and_wrong_arguments_are_named() {
    let dead = check("http://127.0.0.1:9", &["--secret-env", "BUYER_SECRET"], SECRET).await;
    assert_eq!(dead.status.code(), Some(1));
    assert!(text(&dead.stdout).contains("✗ GET describes the service"), "{}", text(&dead.stdout));
    for (url, arguments, secret, said) in [
        ("http://buyer.example", &["--secret-env", "BUYER_SECRET"][..], SECRET, "https://"),
        ("https://buyer.example", &["--secret-env", "NONE"], SECRET, "NONE: it is not set"),
        (
            "https://buyer.example",
            &["--secret-env", "BUYER_SECRET"],
            "hush",
            "BUYER_SECRET: a webhook's secret",
        ),
        ("https://buyer.example", &["--secret-file", "/none"], SECRET, "/none"),
        ("https://buyer.example", &[], SECRET, "--secret-env"),
        (
            "https://buyer.example",
            &["--secret-env", "BUYER_SECRET", "--condition", "新新"],
            SECRET,
            "--condition 新新: one of 全新, ",
        ),
        (
            "https://buyer.example",
            &["--secret-env", "BUYER_SECRET", "--grade", "B"],
            SECRET,
            "--grade B: write the grade",
        ),
        (
            "https://buyer.example",
            &["--secret-env", "BUYER_SECRET", "--grade", "九成新=B", "--condition", "八成新"],
            SECRET,
            "--condition 八成新: no --grade",
        ),
    ] {
        let output = check(url, arguments, secret).await;
        assert_eq!(output.status.code(), Some(2), "{url} {arguments:?}");
        assert!(text(&output.stderr).contains(said) && !text(&output.stderr).contains("hush"), "{said}");
    }
}
