//! An instance that can hang, whole.

use std::sync::mpsc;
use std::thread;

use desk::Desk;
use lists::{BatchId, ListError};

use super::house::start;

/// A process of its own, as far as that goes: a thread with its own runtime, which can hang.
pub(super) struct OwnThread {
    pub(super) hang: tokio::sync::oneshot::Sender<()>,
    pub(super) go_on: mpsc::Sender<()>,
    pub(super) ended: thread::JoinHandle<Result<(), ListError>>,
}

/// Quotes the list in a thread that hangs, whole, from `hang` until `go_on`.
pub(super) fn in_a_thread(desk: Desk, id: BatchId) -> OwnThread {
    let (hang, hangs) = tokio::sync::oneshot::channel();
    let (go_on, goes_on) = mpsc::channel();
    let ended = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let running = start(&desk, id);
            hangs.await.unwrap();
            // Nothing in this runtime goes on, as in a process that was stopped.
            goes_on.recv().unwrap();
            running.task.await.unwrap()
        })
    });
    OwnThread { hang, go_on, ended }
}
