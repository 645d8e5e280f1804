//! A server that is killed while it is working.

use std::sync::Arc;

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use records::testing::Other;
use sandbox::{Faults, Running, Sandbox};
use tokio::process::Command;

use crate::house::{TOKEN, client, phone};
use crate::process::Process;

const ASKERS: usize = 12;

async fn partner() -> Running {
    let account = Account::new("AHS2025TEST", AppSecret::new("hush").unwrap()).unwrap();
    let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
    let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
    partner.sandbox().bring_about(Faults { latency_ms: Some(5), ..Faults::default() });
    partner
}

/// Asks for one device after the other until the server is gone. Returns the quotes' ids.
async fn ask_on(base: String, asker: usize) -> Vec<String> {
    let (http, mut told) = (client(), Vec::new());
    for number in 0.. {
        let status = format!("按键{asker}之{number}");
        let form = phone(&[("function_status", &status)]);
        let post = http.post(format!("{base}/api/fn/quote")).header("accept", "application/json").form(&form);
        let Ok(answer) = post.send().await else { break };
        let Ok(quote) = answer.json::<serde_json::Value>().await else { break };
        told.extend(quote["id"].as_str().map(str::to_owned));
    }
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_under_load_loses_no_record_and_no_count() {
    let partner = partner().await;
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/tradein.db", folder.path().display());
    let base = partner.base_url();
    let settings = [
        ("AHS_APP_ID", "AHS2025TEST"),
        ("AHS_APP_SECRET", "hush"),
        ("AHS_API_URL", &base),
        ("TRADEIN_DATABASE_URL", &url),
        ("TRADEIN_OPERATOR_TOKEN", TOKEN),
    ];
    let seen = || partner.sandbox().stats().calls.values().sum::<u64>();
    let mut told = Vec::new();
    for round in 1..=2 {
        let server = Process::start(&settings).await;
        let askers: Vec<_> = (0..ASKERS)
            .map(|asker| tokio::spawn(ask_on(server.base.clone(), round * ASKERS + asker)))
            .collect();
        while seen() < 100 * round as u64 {
            tokio::task::yield_now().await;
        }
        server.signal("KILL").await;
        for asker in askers {
            told.extend(asker.await.unwrap());
        }
    }

    let mut export = Command::new(env!("CARGO_BIN_EXE_tradein"));
    export.args(["audit", "export", "--format", "jsonl"]).env_clear().env("TRADEIN_DATABASE_URL", &url);
    let lines = String::from_utf8(export.output().await.unwrap().stdout).unwrap();
    let rows: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    // A busy machine may bring no connection about in time: such an attempt gives its place back to the next.
    let returned = Other::at(&url).await.unwrap().number("SELECT sum(returned) FROM quota").await.unwrap();
    let returned = u64::try_from(returned).unwrap();
    for (number, row) in (1..).zip(&rows) {
        let place = row["quota_used"].as_u64().unwrap();
        assert!((number - returned..=number).contains(&place), "row {number} has place {place} in the count");
    }
    // Each is written before it is made, so at most those at the five places were not, at
    // each of the two ends.
    let missed = rows.len() as u64 - returned - seen();
    assert!(missed <= 10, "{} rows, {} seen", rows.len(), seen());

    let server = Process::start(&settings).await;
    let http = client();
    assert!(told.len() > 100);
    for id in told {
        let page = http.get(format!("{}/quote/{id}", server.base)).send().await.unwrap();
        assert_eq!(page.status(), 200, "a quote that somebody was told");
    }
    let overview = http.get(format!("{}/ops?locale=en", server.base)).bearer_auth(TOKEN).send().await;
    let overview = overview.unwrap().text().await.unwrap();
    assert!(
        overview.contains(&format!("{} of 2000 calls", rows.len() as u64 - returned)),
        "the count goes on"
    );
}
