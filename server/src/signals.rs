//! Signals to the server. They are heard on a thread of its own, from before the settings are read until the
//! process has ended: a disk, a pipe or a name server that does not answer blocks other threads, and keeps nobody
//! from stopping the server.

use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{Notify, watch};
use tokio::time::sleep;

use crate::logging::{LogQueue, say};

/// When the process ends at the latest, after the signal to stop. Everything that is waited for in good order takes
/// less; see [`crate::Application::run_until`].
const LATEST: Duration = Duration::from_millis(9_800);
/// How long the last line of the log may take: it may be what blocks.
const LAST_LINE: Duration = Duration::from_millis(100);

/// The signals that this process was sent. Clones share everything.
#[derive(Clone)]
pub(crate) struct Signals {
    /// Whether the server is to stop.
    stop: watch::Receiver<bool>,
    /// The settings are to be read again.
    reload: Arc<Notify>,
    /// Whether the server stops in good order when it is asked to.
    is_running: Arc<AtomicBool>,
    /// Where the last line goes, once log lines are written.
    log: Arc<OnceLock<LogQueue>>,
}

/// What the thread listens to.
struct Heard {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    /// Hears SIGTERM, SIGINT and SIGHUP from now on. Until [`Self::now_running`], the first two end the process at
    /// once. After it, they ask the server to stop; a second one, or ten seconds, end the process.
    ///
    /// # Errors
    /// When the system has no thread for it, or does not let it hear signals.
    pub(crate) fn hear() -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        // Heard before this returns.
        let heard = {
            let _context = runtime.enter();
            Heard::new()?
        };
        let stop = watch::Sender::new(false);
        let signals = Self {
            stop: stop.subscribe(),
            reload: Arc::default(),
            is_running: Arc::default(),
            log: Arc::default(),
        };
        let shared = signals.clone();
        thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || shared.heed(&runtime, heard, &stop))?;
        Ok(signals)
    }

    /// From now on, the last line is one of the log.
    pub(crate) fn log_to(&self, queue: LogQueue) {
        // It is set once in a process.
        let _ = self.log.set(queue);
    }

    /// From now on, the server stops in good order when it is asked to.
    pub(crate) fn now_running(&self) {
        self.is_running.store(true, Ordering::SeqCst);
    }

    /// Ends when the server is asked to stop.
    pub(crate) async fn stop(&self) {
        // Its thread lives as long as the process.
        let _ = self.stop.clone().wait_for(|stop| *stop).await;
    }

    /// Ends when the settings are to be read again.
    pub(crate) async fn reload(&self) {
        self.reload.notified().await;
    }

    fn heed(self, runtime: &Runtime, mut heard: Heard, stop: &watch::Sender<bool>) {
        runtime.block_on(async {
            while !heard.is_stop().await {
                self.reload.notify_one();
            }
            if !self.is_running.load(Ordering::SeqCst) {
                self.leave(0, "stopped before it had started");
            }
            stop.send_replace(true);
            tokio::select! {
                () = heard.stop() => self.leave(1, "stopped at once, since it was asked again"),
                () = sleep(LATEST) => self.leave(1, "stopped, though something still blocks, such as a disk"),
            }
        });
    }

    /// Ends the process with that exit code, and says so where that does not block.
    fn leave(&self, code: i32, said: &'static str) -> ! {
        if let Some(log) = self.log.get() {
            tracing::warn!("{said}");
            log.flush(LAST_LINE);
        } else {
            say(format!("tradein: {said}"), LAST_LINE);
        }
        exit(code)
    }
}

impl Heard {
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next signal: whether it asks the process to stop.
    async fn is_stop(&mut self) -> bool {
        tokio::select! {
            _ = self.terminate.recv() => true,
            _ = self.interrupt.recv() => true,
            _ = self.hangup.recv() => false,
        }
    }

    /// Waits for the next signal to stop.
    async fn stop(&mut self) {
        while !self.is_stop().await {}
    }
}
