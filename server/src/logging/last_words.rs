use std::io::{Write, stderr};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// Writes a line to stderr, and waits for the time `within` at most until it is taken: a full pipe that is not read
/// must not keep a process from ending.
pub(crate) fn say(line: String, within: Duration) {
    let (taken, waiting) = channel();
    let saying = thread::Builder::new().spawn(move || {
        // There is no other place for it where stderr is gone.
        let _ = writeln!(stderr(), "{line}");
        let _ = taken.send(());
    });
    if saying.is_ok() {
        let _ = waiting.recv_timeout(within);
    }
}
