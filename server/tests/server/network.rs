//! The connection to the partner: messages if it is blocked, through a proxy, and without certificates.

use std::process::Output;
use std::sync::Arc;

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::{Running, Sandbox};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::process::Command;

use crate::house::{TOKEN, client, phone, site};
use crate::process::Process;
use crate::tls::{Tls, certificate};
use crate::tunnel::{LOGIN, Tunnel};

async fn partner() -> Running {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush-hush").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap()
}

/// Runs a command of the binary in a new folder, with the tests' account and those variables.
async fn run(command: &str, variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite://{}/tradein.db", folder.path().display());
    Command::new(env!("CARGO_BIN_EXE_tradein"))
        .arg(command)
        .env_clear()
        .env("LEPTOS_SITE_ADDR", "127.0.0.1:0")
        .env("LEPTOS_SITE_ROOT", site())
        .env("TRADEIN_DATABASE_URL", database)
        .envs([("AHS_APP_ID", "AHS2025TEST"), ("AHS_APP_SECRET", "hush-hush")])
        .env("TRADEIN_DEADLINE_SECONDS", "2")
        .envs(variables.iter().copied())
        .current_dir(folder.path())
        .output()
        .await
        .unwrap()
}

/// What the doctor prints, and its exit code.
async fn doctor(variables: &[(&str, &str)]) -> (String, Option<i32>) {
    let output = run("doctor", variables).await;
    let (printed, said) =
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    for secret in ["hush", "sesame"] {
        assert!(!printed.contains(secret) && !said.contains(secret), "{printed}{said}");
    }
    (printed, output.status.code())
}

/// The address of a port on this machine where nothing listens.
async fn closed() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_says_why_there_is_no_connection_and_what_to_do() {
    let partner = partner().await;
    let (good, expired) = (
        Tls::before(partner.address(), "trusted.pem").await,
        Tls::before(partner.address(), "expired.pem").await,
    );
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = closed().await;
    let [trusted, another] =
        ["trusted.pem", "another.pem"].map(|name| certificate(name).display().to_string());
    for (host, certificates, cause, chain, mend) in [
        (
            closed.clone(),
            &trusted,
            "connection refused",
            "os error 111",
            "Check host and port in AHS_API_URL",
        ),
        ("255.255.255.255".to_owned(), &trusted, "no route leads there", "os error 101", "ip route"),
        (silent.local_addr().unwrap().to_string(), &trusted, "nothing answers", "timed out", "set AHS_PROXY"),
        (
            good.address.to_string(),
            &another,
            "not one that this machine trusts",
            "UnknownIssuer",
            "ca-certificates",
        ),
        (expired.address.to_string(), &trusted, "does not hold at this machine's time", "expired", "NTP"),
        (
            partner.address().to_string(),
            &trusted,
            "TLS was not agreed on",
            "corrupt message",
            "https address",
        ),
    ] {
        let url = format!("https://{host}/api/v2");
        let (printed, code) = doctor(&[("AHS_API_URL", &url), ("SSL_CERT_FILE", certificates)]).await;
        let line = printed.lines().find(|line| line.starts_with("WRONG  network")).unwrap_or_default();
        assert!(line.contains(cause) && line.contains(chain), "{host}: {printed}");
        assert!(printed.contains(mend), "{host}: {printed}");
        assert_eq!(code, Some(1), "{host}");
    }
    // A label with more than 63 letters is not a valid name, so no name server is asked. TLS would refuse it
    // first, so a proxy is used.
    let nameless = format!("{}.example:1", "a".repeat(64));
    let elsewhere = ("AHS_API_URL", "https://partner.test/api/v2");
    let (printed, _) = doctor(&[elsewhere, ("SSL_CERT_FILE", &trusted), ("AHS_PROXY", &nameless)]).await;
    assert!(printed.contains("no such name (") && printed.contains("resolv.conf"), "{printed}");
    let url = format!("https://{}/api/v2", good.address);
    let (printed, code) = doctor(&[("AHS_API_URL", &url), ("SSL_CERT_FILE", &trusted)]).await;
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("way         to 127.0.0.1: direct"), "{printed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn log_and_operators_page_say_why_there_is_no_connection_and_no_call_is_counted() {
    let url = format!("http://{}/api/v2", closed().await);
    let server = Process::start(&[
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET", "hush-hush"),
        ("AHS_API_URL", &url),
        ("TRADEIN_OPERATOR_TOKEN", TOKEN),
    ])
    .await;
    let http = client();
    let quote = http.post(format!("{}/api/fn/quote", server.base)).header("accept", "application/json");
    let answer: Value = quote.form(&phone(&[])).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["code"], "partner_unavailable");
    for (locale, words) in [
        (
            "en",
            [
                "The last call did not get to the partner",
                "Connection refused",
                "Check host and port",
                "0 of 2000 calls",
            ],
        ),
        ("zh-CN", ["最近一次调用未能到达合作方", "连接被拒绝", "主机与端口", "os error 111"]),
    ] {
        let page = http.get(format!("{}/ops?locale={locale}", server.base)).bearer_auth(TOKEN).send().await;
        let page = page.unwrap().text().await.unwrap();
        for word in words {
            assert!(page.contains(word), "{word} is not in {page}");
        }
    }
    server.signal("TERM").await;
    let log = String::from_utf8(server.ended().await.1).unwrap();
    let line = log.lines().find(|line| line.contains("a call to the partner failed")).unwrap_or_default();
    for word in ["connection_refused", "the partner cannot be reached: connection refused (", "os error 111"]
    {
        assert!(line.contains(word), "{word} is not in {log}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_of_the_machine_is_used_told_and_its_password_kept() {
    let partner = partner().await;
    let tls = Tls::before(partner.address(), "trusted.pem").await;
    let tunnel = Tunnel::to(tls.address).await;
    let trusted = certificate("trusted.pem").display().to_string();
    let proxy = format!("http://{LOGIN}@{}", tunnel.address);
    let settings = [
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET", "hush-hush"),
        ("AHS_API_URL", "https://partner.test/api/v2"),
        ("SSL_CERT_FILE", trusted.as_str()),
        ("RUST_LOG", "trace"),
    ];
    let with = |name, value| settings.into_iter().chain([(name, value)]).collect::<Vec<_>>();
    let server = Process::start(&with("HTTPS_PROXY", &proxy)).await;
    let quote = client().post(format!("{}/api/fn/quote", server.base)).header("accept", "application/json");
    let answer: Value = quote.form(&phone(&[])).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["source"], "partner", "{answer}");
    assert_eq!(tunnel.asked(), ["partner.test:443"]);
    server.signal("TERM").await;
    let log = String::from_utf8(server.ended().await.1).unwrap();
    assert!(log.contains(&format!("through the proxy http://{} (HTTPS_PROXY)", tunnel.address)), "{log}");
    // As plain text, and in the encoding of HTTP.
    for secret in ["sesame", "dGlsbDpvcGVuLXNlc2FtZQ"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }

    let (printed, code) = doctor(&with("AHS_PROXY", &proxy)).await;
    assert_eq!(code, Some(0), "{printed}");
    let told =
        format!("way         to partner.test: through the proxy http://{} (AHS_PROXY)", tunnel.address);
    assert!(printed.contains(&told), "{printed}");

    let guess = format!("http://till:guess@{}", tunnel.address);
    let (printed, _) = doctor(&with("AHS_PROXY", &guess)).await;
    assert!(printed.contains("the proxy does not lead to the partner"), "{printed}");
    assert!(
        printed.contains("authorization required") && printed.contains("Check user and password"),
        "{printed}"
    );
    assert!(!printed.contains("guess"), "{printed}");

    let closed = format!("http://{}", closed().await);
    let (printed, _) = doctor(&with("AHS_PROXY", &closed)).await;
    assert!(printed.contains("through the proxy http://127.0.0.1:"), "{printed}");
    assert!(printed.contains("connection refused") && printed.contains("or the proxy's"), "{printed}");

    let (printed, _) = doctor(&with("HTTPS_PROXY", "socks5://till:guess@127.0.0.1:9")).await;
    assert!(
        printed.contains("HTTPS_PROXY cannot be used") && printed.contains("AHS_PROXY=none"),
        "{printed}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_on_this_machine_is_never_asked_through_a_proxy() {
    let closed = format!("http://{}", closed().await);
    let server =
        Process::start(&[("HTTPS_PROXY", &closed), ("ALL_PROXY", &closed), ("HTTP_PROXY", &closed)]).await;
    let quote = client().post(format!("{}/api/fn/quote", server.base)).header("accept", "application/json");
    let answer: Value = quote.form(&phone(&[])).send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["source"], "partner", "{answer}");
    let partner = partner().await;
    let (printed, code) = doctor(&[("AHS_API_URL", &partner.base_url()), ("AHS_PROXY", &closed)]).await;
    assert_eq!(code, Some(0), "{printed}");
    assert!(printed.contains("way         to 127.0.0.1: direct"), "{printed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_ca_certificates_a_sandbox_runs_and_an_account_hears_of_the_package() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().display().to_string();
    let missing = format!("{empty}/missing.pem");
    let none = [("SSL_CERT_FILE", missing.as_str()), ("SSL_CERT_DIR", empty.as_str())];
    let server = Process::start(&none).await;
    let quote = client().post(format!("{}/api/fn/quote", server.base)).header("accept", "application/json");
    let answer: Value = quote.form(&phone(&[])).send().await.unwrap().json().await.unwrap();
    assert_eq!((&answer["source"], &answer["sandbox"]), (&"partner".into(), &true.into()), "{answer}");

    let account =
        none.into_iter().chain([("AHS_API_URL", "https://partner.test/api/v2")]).collect::<Vec<_>>();
    let output = run("serve", &account).await;
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("install the package ca-certificates") && said.contains("SSL_CERT_FILE"), "{said}");
    let (printed, code) = doctor(&account).await;
    assert_eq!(code, Some(1));
    let line = printed.lines().find(|line| line.starts_with("WRONG  network")).unwrap_or_default();
    assert!(line.contains("no CA certificates"), "{printed}");
    assert!(printed.contains("Install the package ca-certificates"), "{printed}");
    assert!(printed.contains("ok     stores") && printed.contains("-      clock"), "{printed}");
}
