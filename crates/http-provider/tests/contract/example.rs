//! The example in Python passes each check. `scripts/bootstrap` installs what it needs.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use http_provider::check::{Finding, PATIENCE, Trial};
use jiff::Timestamp;

use crate::house::{SECRET, client, first};

/// Ends the example with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The example on a free port, and its address.
fn start() -> (Running, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/buyer");
    let mut python = Command::new("python3");
    python.args(["-B", "-m", "uvicorn", "buyer:app", "--port", "0"]).current_dir(folder);
    let python = python.env("BUYER_SECRET", SECRET).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = python.spawn().expect("python3");
    let log = BufReader::new(child.stderr.take().unwrap());
    let running = Running(child);
    let mut said = String::new();
    let mut lines = log.lines().map_while(Result::ok);
    for line in lines.by_ref() {
        if let Some((_, rest)) = line.split_once("running on ") {
            let address = rest.split(' ').next().unwrap().to_owned();
            // What it says later must not fill the pipe.
            std::thread::spawn(move || lines.for_each(drop));
            return (running, address);
        }
        said = said + &line + "\n";
    }
    panic!(
        "the example does not start; `scripts/bootstrap` installs what it needs, and `. scripts/env` finds it:\n{said}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_example_in_python_passes_each_check() {
    let (_running, address) = start();
    let client = client(&address);
    let trial =
        Trial { client: &client, about: first(), calls: 10, patience: PATIENCE, now: &Timestamp::now };
    let lines = trial.run().await;
    assert!(lines.iter().all(|line| matches!(line.finding, Finding::Well(_))), "{lines:#?}");
}
