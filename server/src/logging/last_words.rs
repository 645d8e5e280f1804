use std::io::{Write, stderr};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// Writes a line to stderr, and waits at most `within` for that: a full pipe that is not read must not
/// prevent the process from ending.
pub(crate) fn say(line: String, within: Duration) {
    let (taken, waiting) = channel();
    let saying = thread::Builder::new().spawn(move || {
        // If stderr is gone, there is no other place for the line.
        let _ = writeln!(stderr(), "{line}");
        let _ = taken.send(());
    });
    if saying.is_ok() {
        let _ = waiting.recv_timeout(within);
    }
}
