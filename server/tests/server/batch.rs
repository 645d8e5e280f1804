//! Device lists at the command line.

mod questions;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use aihuishou::{Account, AppSecret};
use jiff::Timestamp;
use sandbox::{Faults, Running, Sandbox};
use serde_json::Value;
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// Headings as people write them.
pub(crate) const HEADINGS: &str = "序号,设备类型,品牌,型号,容量,成色,功能状态\n";

pub(crate) struct Desk {
    partner: Running,
    folder: TempDir,
}

impl Desk {
    pub(crate) async fn open(faults: Faults) -> Self {
        let account = Account::new("AHS2025TEST", AppSecret::new("hush").unwrap()).unwrap();
        let partner = Sandbox::new(account, Arc::new(Timestamp::now)).unwrap();
        let partner = partner.serve(([127, 0, 0, 1], 0).into()).await.unwrap();
        partner.sandbox().bring_about(faults);
        Self { partner, folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The settings of the command.
    fn variables(&self) -> [(&'static str, String); 4] {
        [
            ("AHS_APP_ID", "AHS2025TEST".to_owned()),
            ("AHS_APP_SECRET", "hush".to_owned()),
            ("AHS_API_URL", self.partner.base_url().to_string()),
            ("TRADEIN_DATABASE_URL", format!("sqlite://{}", self.file("tradein.db").display())),
        ]
    }

    fn command(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tradein"));
        command
            .arg("batch")
            .args(arguments)
            .env_clear()
            .envs(self.variables())
            .envs(variables.iter().copied())
            .current_dir(self.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Runs it to its end. Returns the exit code and its messages.
    pub(crate) async fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.command(arguments, &[]).output().await.unwrap();
        assert_eq!(output.stdout, b"", "nothing is mixed into a pipe");
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }

    fn calls(&self) -> u64 {
        self.partner.sandbox().stats().calls.values().sum()
    }

    async fn until_calls(&self, calls: u64) {
        while self.calls() < calls {
            tokio::task::yield_now().await;
        }
    }
}

/// A list of that many different phones, each in two rows.
pub(crate) fn list(devices: u32) -> String {
    let row =
        |number: u32| format!("{number},手机,苹果,iPhone 14 Pro,256,九成新,划痕{}处\n", number % devices);
    HEADINGS.to_owned() + &(0..2 * devices).map(row).collect::<String>()
}

fn lines(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

async fn signal(child: &Child, name: &str) {
    let pid = child.id().unwrap().to_string();
    assert!(Command::new("kill").args(["-s", name, &pid]).status().await.unwrap().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_becomes_a_report_and_bad_rows_are_counted() {
    let desk = Desk::open(Faults::default()).await;
    fs::write(
        desk.file("list.csv"),
        list(3) + "7,手机,苹果,,256,很新,正常\n8,手机,苹果,SANDBOX-UNKNOWN,256,九成新,正常\n",
    )
    .unwrap();
    let (code, said) = desk.run(&["list.csv", "-o", "report.jsonl"]).await;
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("8 rows, 1 row waits for an answer; 4 different devices"), "{said}");
    assert!(said.contains("序号"), "a column that is not used is named: {said}");
    assert!(said.lines().last().unwrap().starts_with("tradein: 1 row has no price"), "{said}");
    assert!(said.contains("2 questions are open: answer them in report.questions.csv"), "{said}");
    let rows = lines(&desk.file("report.jsonl"));
    let outcomes: Vec<_> = rows.iter().map(|row| row["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["priced", "priced", "priced", "priced", "priced", "priced", "failed", "failed"]);
    assert_eq!(rows[0]["quote"]["id"], rows[3]["quote"]["id"]);
    assert_eq!(rows[0]["quote"]["device"]["storage"], "256GB");
    assert_eq!(rows[7]["failure"]["code"], "model_unknown");
    let marks: Vec<_> = rows[6..].iter().map(|row| row.get("waits_for_answer").is_some()).collect();
    assert_eq!(marks, [true, false], "the contract's outcomes stay, and a mark tells what waits");
    assert!(said.contains("report.jsonl: 8 rows, 6 with a price, 1 row waits for an answer."), "{said}");
    assert!(said.contains("Models looked up: 1, calls made: 1. In the catalogue: 0;"), "{said}");
    assert_eq!(desk.calls(), 4 + 1);

    // By now, all results are known.
    fs::write(desk.file("again.csv"), list(3)).unwrap();
    for report in ["again.xlsx", "again.csv.csv"] {
        let (code, said) = desk.run(&["again.csv", "-o", report]).await;
        assert_eq!((code, desk.calls()), (Some(0), 5), "{said}");
        assert!(fs::metadata(desk.file(report)).unwrap().len() > 500);
    }
    let parts = fs::read_dir(desk.folder.path()).unwrap().filter_map(Result::ok);
    assert!(!parts.map(|it| it.file_name()).any(|name| name.to_string_lossy().ends_with(".part")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_list_lacks_is_told_with_the_mend() {
    let desk = Desk::open(Faults::default()).await;
    fs::write(desk.file("odd.csv"), "类别,品牌,型号,大小,成色,功能\n手机,苹果,iPhone 14,128,九成新,正常\n")
        .unwrap();
    let (code, said) = desk.run(&["odd.csv", "-o", "report.jsonl"]).await;
    assert_eq!(code, Some(1));
    assert!(
        said.contains("Storage") && said.contains("大小") && said.contains("--column storage="),
        "{said}"
    );
    let (code, said) = desk.run(&["odd.csv", "-o", "report.jsonl", "--column", "storage=大小"]).await;
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = desk.run(&["odd.csv", "-o", "report.jsonl", "--column", "size=大小"]).await;
    assert_eq!(code, Some(2), "{said}");
    for (file, content) in
        [("empty.csv", ""), ("broken.xlsx", "PK\u{3}\u{4}no"), ("prose.csv", "Dear all,\nhello\n")]
    {
        fs::write(desk.file(file), content).unwrap();
        let (code, said) = desk.run(&[file, "-o", "report.jsonl"]).await;
        assert_eq!((code, said.lines().count()), (Some(1), 1), "{file}: {said}");
    }
    let (code, said) = desk.run(&["odd.csv", "-o", "report.pdf"]).await;
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains(".xlsx"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_template_is_a_list() {
    let desk = Desk::open(Faults::default()).await;
    for (language, file) in [("zh_CN.UTF-8", "模板.xlsx"), ("en_GB.UTF-8", "template.xlsx")] {
        let template = desk.command(&["--template", file], &[("LANG", language)]).output().await.unwrap();
        assert!(template.status.success());
        let (code, said) = desk.run(&[file, "-o", "report.jsonl"]).await;
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(lines(&desk.file("report.jsonl")).len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ctrl_c_leaves_a_list_that_goes_on_where_it_was() {
    let desk = Desk::open(Faults { latency_ms: Some(20), ..Faults::default() }).await;
    fs::write(desk.file("list.csv"), list(60)).unwrap();
    let arguments = ["list.csv", "-o", "report.jsonl"];
    let running = desk.command(&arguments, &[]).spawn().unwrap();
    desk.until_calls(10).await;
    signal(&running, "INT").await;
    let output = running.wait_with_output().await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("Run the same command again to go on"), "{said}");
    assert!(!desk.file("report.jsonl").exists());
    let (code, said) = desk.run(&arguments).await;
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Goes on where it was cut off"), "{said}");
    assert_eq!((desk.calls(), desk.partner.sandbox().stats().repeated_devices), (60, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_is_cancelled_elsewhere_ends_within_seconds() {
    let desk = Desk::open(Faults { latency_ms: Some(50), ..Faults::default() }).await;
    fs::write(desk.file("list.csv"), list(400)).unwrap();
    let running = desk.command(&["list.csv", "-o", "report.jsonl"], &[]).spawn().unwrap();
    desk.until_calls(10).await;
    // As the operator's page does.
    let url = format!("sqlite://{}", desk.file("tradein.db").display());
    let records = desk::Records::open(&url).await.unwrap();
    let id = records.batches().await.unwrap()[0].id;
    records.set_batch_state(id, lists::BatchState::Cancelled).await.unwrap();
    let ended = tokio::time::timeout(std::time::Duration::from_secs(10), running.wait_with_output());
    let output = ended.await.expect("it goes on").unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("the list was cancelled"), "{said}");
    assert!(desk.calls() < 300, "{}", desk.calls());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_at_ten_moments_loses_nothing_that_was_known() {
    const DEVICES: u32 = 220;
    let desk = Desk::open(Faults { latency_ms: Some(5), ..Faults::default() }).await;
    fs::write(desk.file("list.csv"), list(DEVICES)).unwrap();
    let arguments = ["list.csv", "-o", "report.jsonl"];
    for moment in 1..=10_u64 {
        let mut running = desk.command(&arguments, &[]).spawn().unwrap();
        // Each time, the process is killed at another point in the work on a device. On a busy machine, the
        // list may be complete before this test looks.
        let calls = desk.calls() + 7 + moment * 2;
        while desk.calls() < calls && running.try_wait().unwrap().is_none() {
            tokio::task::yield_now().await;
        }
        running.start_kill().ok();
        running.wait_with_output().await.unwrap();
    }
    let (code, said) = desk.run(&arguments).await;
    assert_eq!(code, Some(0), "{said}");
    let rows = lines(&desk.file("report.jsonl"));
    assert_eq!(rows.len(), 2 * DEVICES as usize);
    assert!(rows.iter().all(|row| row["outcome"] == "priced"));
    // Only the calls under way at the kill are repeated, five each time.
    let stats = desk.partner.sandbox().stats();
    assert!(stats.repeated_devices <= 50, "{stats:?}");
    assert!(desk.calls() <= u64::from(DEVICES) + 50, "{stats:?}");
    assert!(stats.most_in_flight <= 10, "those of the killed and those of the next: {stats:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_that_waits_for_the_quota_says_until_when() {
    let desk = Desk::open(Faults::default()).await;
    fs::write(desk.file("list.csv"), list(9)).unwrap();
    let quota = [("AHS_DAILY_QUOTA", "10"), ("AHS_SHOPPER_RESERVE", "4")];
    let mut running = desk.command(&["list.csv", "-o", "report.jsonl"], &quota).spawn().unwrap();
    let mut said = tokio::io::BufReader::new(running.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("goes on by itself at") {
        line.clear();
        assert_ne!(tokio::io::AsyncBufReadExt::read_line(&mut said, &mut line).await.unwrap(), 0);
    }
    assert!(line.contains("00:00"), "{line}");
    assert_eq!(desk.calls(), 6);
    signal(&running, "TERM").await;
    assert_eq!(running.wait().await.unwrap().code(), Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_one_buyer_there_is_nothing_to_compare_and_the_list_is_quoted_as_ever() {
    let desk = Desk::open(Faults::default()).await;
    fs::write(desk.file("list.csv"), list(2)).unwrap();
    let (code, said) = desk.run(&["list.csv", "-o", "report.jsonl", "--compare", "--no-look-up"]).await;
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("There is only one buyer in the settings"), "{said}");
    let rows = lines(&desk.file("report.jsonl"));
    assert_eq!((rows.len(), rows[0].get("alternatives")), (4, None));
    assert_eq!(rows[0]["quote"]["provider"], "aihuishou");
    assert_eq!(desk.calls(), 2);
}
