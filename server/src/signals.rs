//! Handles signals to the server on a separate thread, from before the settings are read until the process
//! ends. So a disk, a pipe or a name server that blocks other threads cannot prevent the server from being
//! stopped.

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

/// How long after the signal to stop the process ends at the latest. An orderly stop takes less; see
/// [`crate::Application::run_until`].
const LATEST: Duration = Duration::from_millis(9_800);
/// How long writing the last log line may take, since the log may be what blocks.
const LAST_LINE: Duration = Duration::from_millis(100);

/// The signals to this process. Clones share everything.
#[derive(Clone)]
pub(crate) struct Signals {
    /// Whether the server must stop.
    stop: watch::Receiver<bool>,
    /// Notified when the settings must be reloaded.
    reload: Arc<Notify>,
    /// Whether the server runs, so that a signal makes it stop in good order.
    is_running: Arc<AtomicBool>,
    /// The log queue for the last line, once there is a log.
    log: Arc<OnceLock<LogQueue>>,
}

/// The signals that the thread waits for.
struct Heard {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    /// Handles SIGTERM, SIGINT and SIGHUP from now on. Before [`Self::now_running`], the first two end the
    /// process at once. After it, they ask the server to stop; a second one, or ten seconds, end the process.
    ///
    /// # Errors
    /// If the system cannot start a thread or does not allow signal handlers.
    pub(crate) fn hear() -> std::io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        // Set up before this function returns, so that no signal is missed.
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

    /// From now on, the last line is written to the log.
    pub(crate) fn log_to(&self, queue: LogQueue) {
        // This is called once in a process, so it cannot fail.
        let _ = self.log.set(queue);
    }

    /// From now on, a signal makes the server stop in good order.
    pub(crate) fn now_running(&self) {
        self.is_running.store(true, Ordering::SeqCst);
    }

    /// Resolves when the server must stop.
    pub(crate) async fn stop(&self) {
        // The sender's thread lives as long as the process, so this cannot fail.
        let _ = self.stop.clone().wait_for(|stop| *stop).await;
    }

    /// Resolves when the settings must be reloaded.
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

    /// Ends the process with that exit code, and logs why if that does not block.
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

    /// Waits for the next signal. Returns whether it asks the process to stop.
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
