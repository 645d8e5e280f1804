use std::io::{Error, Write, stdout};
use std::thread;

/// Prints `lines` on stdout in a separate thread, because a full pipe may never be read. Calls `failed` if
/// they cannot be printed.
pub(super) fn print_beside(lines: String, failed: impl FnOnce(Error) + Send + 'static) {
    let printing = thread::Builder::new().spawn(move || {
        let mut out = stdout().lock();
        if let Err(error) = out.write_all(lines.as_bytes()).and_then(|()| out.flush()) {
            failed(error);
        }
    });
    if let Err(error) = printing {
        tracing::warn!(%error, "there is no thread that prints on stdout");
    }
}
