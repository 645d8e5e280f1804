//! The commands for keys, offers and webhooks, with and without a running server.

use std::path::PathBuf;
use std::process::Output;
use std::sync::Arc;
use std::time::{Duration, Instant};

use checkout::{
    Checkout, Deps, Endpoint, Kept, KeyRing, OrderId, Redemption, Setup, SigningKey, Wanted, keys,
};
use domain::{Moment, Money, Quote};
use jiff::{SignedDuration, Timestamp};
use records::Records;
use serde_json::Value;
use tempfile::TempDir;

use crate::process::Process;
use crate::receiver::{Manner, Receiver, SECRET, settings};

/// A folder with a database, keys and settings, for commands and for servers.
struct Office {
    folder: TempDir,
    database: String,
    config: String,
}

impl Office {
    /// With these endpoints of the merchant `demo`.
    fn new(urls: &[String]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("tradein.toml");
        std::fs::write(&config, settings(urls)).unwrap();
        let database = format!("sqlite://{}/tradein.db", folder.path().display());
        Self { database, config: config.display().to_string(), folder }
    }

    fn variables(&self) -> [(&str, &str); 3] {
        [("TRADEIN_DATABASE_URL", &self.database), ("TRADEIN_CONFIG", &self.config), ("DEMO_WEBHOOK", SECRET)]
    }

    async fn run(&self, arguments: &[&str]) -> Output {
        self.run_with(arguments, "").await
    }

    async fn run_with(&self, arguments: &[&str], stdin: &str) -> Output {
        use tokio::io::AsyncWriteExt as _;
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_tradein"));
        command.args(arguments).env_clear().envs(self.variables()).current_dir(self.folder.path());
        command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        let mut child = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_bytes()).await.unwrap();
        child.wait_with_output().await.unwrap()
    }

    /// What a command prints that succeeds.
    async fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments).await;
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// The one line of a command that fails.
    async fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments).await;
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let said = text(&output.stderr);
        assert_eq!(said.lines().count(), 1, "{said}");
        said
    }

    fn key_file(&self) -> PathBuf {
        self.folder.path().join("tradein.signing-key.pem")
    }

    /// A checkout over the same records, as in a server.
    async fn checkout(&self, ring: KeyRing, endpoints: Vec<Endpoint>) -> Checkout {
        let deps = Deps { clock: Arc::new(Timestamp::now), random: Arc::new(rand::random) };
        let issuer = "http://127.0.0.1:3000".to_owned();
        let records = Records::open(&self.database).await.unwrap();
        Checkout::new(records, Setup { issuer, sandbox: true, keys: ring, endpoints }, deps)
    }

    /// Accepts a quote of the sandbox.
    async fn accept(&self, checkout: &Checkout) -> Kept {
        let device = ["--type", "phone", "--brand", "苹果", "--model", "iPhone 14 Pro", "--storage", "256GB"];
        let quote =
            self.said(&[&["quote"], &device[..], &["--condition", "九成新", "--json"]].concat()).await;
        let quote: Quote = serde_json::from_str(&quote).unwrap();
        let (merchant, provider) = ("demo".into(), "aihuishou".into());
        let (top_up, product, until, visit) = (Money::from_fen(20_000), None, None, None);
        let wanted = Wanted { merchant, provider, quote, top_up, product, until, visit };
        checkout.accept(wanted).await.unwrap().0
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn ago(seconds: i64) -> Moment {
    Moment::new(Timestamp::now() - SignedDuration::from_secs(seconds))
}

fn ring() -> KeyRing {
    KeyRing::generate([1; 32], [2; 32], ago(3_600))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_api_key_is_shown_once_listed_and_revoked() {
    let office = Office::new(&[]);
    let made = office.said(&["keys", "create", "demo", "--name", "the till", "--read-only", "--json"]).await;
    let made: Value = serde_json::from_str(&made).unwrap();
    let (id, key) = (made["id"].as_str().unwrap(), made["key"].as_str().unwrap());
    assert!(key.starts_with("tik_test_") && made["read_only"] == true, "{made}");
    let checkout = office.checkout(ring(), Vec::new()).await;
    assert_eq!(checkout.verify_api_key(key).await.unwrap().unwrap().merchant, "demo");
    let plain = office.said(&["keys", "create", "demo"]).await;
    assert!(plain.starts_with("tik_test_") && plain.lines().count() == 2, "{plain}");
    let list = office.said(&["keys", "list"]).await;
    assert!(list.contains(id) && list.contains("the till") && !list.contains("tik_"), "{list}");
    office.said(&["keys", "revoke", id]).await;
    assert_eq!(checkout.verify_api_key(key).await.unwrap(), None);
    assert!(office.refused(&["keys", "revoke", id]).await.contains("no valid key"));
    assert!(office.refused(&["keys", "create", "nobody"]).await.contains("they have demo"));
    assert_eq!(office.run(&["keys", "revoke", "nonsense"]).await.status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_are_rotated_once_shops_know_the_next_one_and_a_running_server_notices() {
    let office = Office::new(&[]);
    assert!(office.refused(&["keys", "rotate"]).await.contains("TRADEIN_SIGNING_KEY_FILE"));
    let alone = KeyRing::new(SigningKey::from_seed([7; 32]), None);
    keys::create(&office.key_file(), &alone).unwrap();
    assert!(office.refused(&["keys", "rotate"]).await.contains("one was made"));
    assert_eq!(keys::read(&office.key_file()).unwrap().published(ago(0)).count(), 2);
    std::fs::remove_file(office.key_file()).unwrap();
    let young = KeyRing::generate([1; 32], [2; 32], ago(100));
    keys::create(&office.key_file(), &young).unwrap();
    let said = office.refused(&["keys", "rotate"]).await;
    assert!(said.contains("--now") && said.contains("360 s"), "{said}");
    let server = Process::start(&office.variables()).await;
    let published = async || -> Vec<String> {
        let answer = reqwest::get(format!("{}/.well-known/jwks.json", server.base)).await.unwrap();
        let jwks: Value = answer.json().await.unwrap();
        jwks["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
    };
    let before = published().await;
    let said = office.said(&["keys", "rotate", "--now"]).await;
    let began = Instant::now();
    while published().await == before {
        assert!(began.elapsed() < Duration::from_secs(10), "the new keys are never published");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let after = published().await;
    assert_eq!(after[1], before[0], "the next one signs");
    assert!(said.contains(&after[0]) && said.contains(&after[1]), "{said}");
    // The next key is too new again.
    office.refused(&["keys", "rotate"]).await;
    // On SIGHUP the file is read at once.
    keys::replace(&office.key_file(), &ring()).unwrap();
    server.signal("HUP").await;
    let began = Instant::now();
    while published().await == after {
        assert!(began.elapsed() < Duration::from_millis(1_500), "the file is not read again");
    }
    office.said(&["keys", "rotate"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn offers_are_listed_shown_with_their_story_and_released() {
    let office = Office::new(&[]);
    let checkout = office.checkout(ring(), Vec::new()).await;
    let (one, two) = (office.accept(&checkout).await, office.accept(&checkout).await);
    let redemption = Redemption {
        order_id: OrderId::parse("A-1").unwrap(),
        amount: one.offer.credit().amount(),
        token: None,
    };
    checkout.redeem(one.offer.id(), "demo", redemption).await.unwrap();
    let list = office.said(&["offers", "list"]).await;
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(list.lines().next().unwrap().contains(two.offer.id().as_str()), "the newest first: {list}");
    let redeemed =
        office.said(&["offers", "list", "--state", "redeemed", "--merchant", "demo", "--json"]).await;
    let redeemed: Value = serde_json::from_str(&redeemed).unwrap();
    assert_eq!((redeemed.as_array().unwrap().len(), &redeemed[0]["order_id"]), (1, &"A-1".into()));
    assert!(redeemed[0].get("token").is_none());
    assert_eq!(
        office.said(&["offers", "list", "--limit", "1"]).await.lines().count(),
        2,
        "and that more follow"
    );

    let code = one.offer.code().grouped().to_lowercase();
    let story = office.said(&["offers", "show", &code]).await;
    for part in ["offer.accepted", "offer.redeemed", "A-1", "not tried yet"] {
        assert!(story.contains(part) || part == "not tried yet", "{part}: {story}");
    }
    let release = ["offers", "release", one.offer.id().as_str(), "--order"];
    assert!(office.refused(&[&release[..], &["A-2"]].concat()).await.starts_with("tradein: "));
    office.said(&[&release[..], &["A-1", "--reason", "order cancelled"]].concat()).await;
    let shown = office.said(&["offers", "show", one.offer.id().as_str(), "--json"]).await;
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(
        (&shown["offer"]["state"], &shown["events"][2]["reason"]),
        (&"accepted".into(), &"order cancelled".into())
    );
    assert!(office.refused(&["offers", "show", "7KQ2-M9XA"]).await.contains("no such offer"));
    assert_eq!(office.run(&["offers", "release", "x", "--order", ""]).await.status.code(), Some(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_checked_step_by_step_and_never_printed() {
    let office = Office::new(&[]);
    keys::create(&office.key_file(), &ring()).unwrap();
    let checkout = office.checkout(ring(), Vec::new()).await;
    let kept = office.accept(&checkout).await;
    let token = checkout.token(&kept.offer);
    let token = token.expose();
    let good = office.run_with(&["offers", "verify", "-"], &format!("{token}\n")).await;
    let said = text(&good.stdout);
    assert!(
        good.status.success() && said.lines().filter(|line| line.starts_with("ok ")).count() == 10,
        "{said}"
    );
    assert!(said.contains(kept.offer.id().as_str()) && said.contains("state: accepted"), "{said}");
    let json: Value =
        serde_json::from_str(&office.said(&["offers", "verify", token, "--json"]).await).unwrap();
    assert_eq!(
        (&json["valid"], &json["claims"]["amount"]),
        (&true.into(), &kept.offer.credit().amount().amount.fen().into())
    );

    let of_another_server = Office::new(&[]);
    let foreign = KeyRing::generate([8; 32], [9; 32], ago(0));
    let elsewhere = of_another_server.checkout(foreign, Vec::new()).await;
    let foreign = elsewhere.token(&kept.offer).expose().to_owned();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let (_, other_signature) = foreign.rsplit_once('.').unwrap();
    for (token, arguments, wrong, passed) in [
        ("nonsense".to_owned(), &[] as &[&str], "form", 0),
        (foreign.clone(), &[], "key", 4),
        (format!("{message}.{other_signature}"), &[], "signature", 5),
        (format!("{message}.{signature}"), &["--merchant", "other"], "merchant", 8),
    ] {
        let output = office.run_with(&[&["offers", "verify", "-"], arguments].concat(), &token).await;
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(&format!("WRONG  {wrong}: ")), "{said}");
        assert_eq!(said.lines().filter(|line| line.starts_with("ok ")).count(), passed, "{said}");
        let all = said + &text(&output.stderr);
        assert!(token == "nonsense" || token.split('.').all(|part| !all.contains(part)), "{all}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trial_says_how_each_endpoint_answered_and_an_event_is_replayed() {
    let (shop, broken) = (Receiver::taking_all().await, Receiver::answering(Manner::With(500)).await);
    let office = Office::new(&[shop.url()]);
    let server = Process::start(&office.variables()).await;
    let said = office.said(&["webhooks", "test", "demo"]).await;
    assert!(said.starts_with("ok ") && said.contains("answered 200"), "{said}");
    let first = shop.wait_for(1).await.remove(0);
    let id = first.header("webhook-id").to_owned();
    office.said(&["webhooks", "replay", &id]).await;
    assert_eq!(shop.wait_for(2).await[1].header("webhook-id"), id);
    assert!(
        office.refused(&["webhooks", "replay", "ev_0000000000000000000000"]).await.contains("no endpoint")
    );
    // The changed file is noticed, and the log names an endpoint without its path.
    std::fs::write(&office.config, settings(&[broken.url()])).unwrap();
    server.signal("HUP").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let failed = office.run(&["webhooks", "test", "demo"]).await;
    assert_eq!(failed.status.code(), Some(1));
    assert!(text(&failed.stdout).contains("answered 500"), "{}", text(&failed.stdout));
    server.signal("TERM").await;
    let log = text(&server.ended().await.1);
    assert!(log.contains("a webhook failed and is tried again"), "{log}");
    assert!(log.contains(&format!("http://127.0.0.1:{}#", broken.port)), "{log}");
    assert!(!log.contains("hush") && !log.contains("whsec_"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_that_was_switched_off_is_switched_on_by_hand() {
    let shop = Receiver::answering(Manner::Then(410, 200)).await;
    let office = Office::new(&[shop.url()]);
    let server = Process::start(&office.variables()).await;
    office.refused(&["webhooks", "on", "demo"]).await;
    assert_eq!(office.run(&["webhooks", "test", "demo"]).await.status.code(), Some(1));
    assert!(office.said(&["webhooks", "list"]).await.contains("off since"));
    assert!(office.refused(&["webhooks", "test", "demo"]).await.contains("switched off"));
    assert!(office.said(&["webhooks", "on", "demo"]).await.contains("gets events again"));
    office.said(&["webhooks", "test", "demo"]).await;
    assert!(!office.said(&["webhooks", "list", "--json"]).await.contains("T"), "nothing is off");
    server.signal("TERM").await;
    server.ended().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_before_it_sends_sends_after_its_next_start() {
    let shop = Receiver::taking_all().await;
    let office = Office::new(&[shop.url()]);
    let listed = async || -> Endpoint {
        let list: Value = serde_json::from_str(&office.said(&["webhooks", "list", "--json"]).await).unwrap();
        let name = list[0]["endpoint"].as_str().unwrap().to_owned();
        Endpoint { merchant: "demo".to_owned(), name, events: None }
    };
    let checkout = office.checkout(ring(), vec![listed().await]).await;
    let server = Process::start(&office.variables()).await;
    // It is stopped first, so that it cannot send before it is killed.
    server.signal("STOP").await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(office.accept(&checkout).await.offer.id().to_string());
    }
    server.signal("KILL").await;
    server.exited().await;
    assert!(shop.got().is_empty());
    let server = Process::start(&office.variables()).await;
    let mut told: Vec<String> = shop
        .wait_for(3)
        .await
        .iter()
        .map(|got| got.json()["data"]["id"].as_str().unwrap().to_owned())
        .collect();
    told.sort_unstable();
    ids.sort_unstable();
    assert_eq!(told, ids);
    server.signal("TERM").await;
    server.ended().await;
}
