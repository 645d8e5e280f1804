//! The queue of log lines on their way to stderr. A separate thread writes them.
//!
//! stderr may be a pipe that is full because its reader hangs, and then a write to it waits. Neither the
//! start nor a request may wait for that, so lines are queued in a limited amount of memory. A line for which
//! there is no room is dropped; the log says how many were dropped once stderr accepts lines again.
//!
//! `tracing-appender` has such a queue too. But at the end its guard reports a full queue on stdout or
//! stderr, and so waits for the very pipe that is not read.

use std::collections::VecDeque;
use std::io::{Result, Write};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use parking_lot::{Condvar, Mutex, MutexGuard};

/// The most bytes that are queued: some 2,500 lines. The same amount again may be in the writing thread.
const ROOM: usize = 512 * 1024;

/// Lines for stderr. Clones share everything.
#[derive(Clone, Default)]
pub(crate) struct LogQueue(Arc<Shared>);

#[derive(Default)]
struct Shared {
    queued: Mutex<Queued>,
    /// A line was queued.
    added: Condvar,
    /// All queued lines have been written.
    written: Condvar,
}

#[derive(Default)]
struct Queued {
    lines: VecDeque<Vec<u8>>,
    /// The total length of `lines`.
    bytes: usize,
    /// Whether the thread is writing lines that it took from the queue.
    is_writing: bool,
    /// How many lines were dropped since the start.
    dropped: u64,
}

impl LogQueue {
    /// A queue, and the thread that writes its lines to `out`. When lines were dropped and `out` accepts
    /// lines again, the thread calls `report` with the number of lines dropped since the start.
    ///
    /// # Errors
    /// When the system has no thread for it.
    pub(super) fn to(
        out: impl Write + Send + 'static,
        report: impl Fn(u64) + Send + 'static,
    ) -> Result<Self> {
        let queue = Self::default();
        let taken = queue.clone();
        thread::Builder::new().name("log".to_owned()).spawn(move || taken.write_to(out, report))?;
        Ok(queue)
    }

    /// Waits at most `within` until all lines are written. Returns whether they are.
    pub(crate) fn flush(&self, within: Duration) -> bool {
        let is_busy = |queued: &mut Queued| queued.is_writing || !queued.lines.is_empty();
        !self.0.written.wait_while_for(&mut self.lock(), is_busy, within).timed_out()
    }

    fn add(&self, line: &[u8]) {
        let mut queued = self.lock();
        if queued.bytes + line.len() > ROOM {
            queued.dropped += 1;
            return;
        }
        queued.bytes += line.len();
        queued.lines.push_back(line.to_owned());
        drop(queued);
        self.0.added.notify_one();
    }

    fn write_to(self, mut out: impl Write, report: impl Fn(u64)) {
        let mut reported = 0;
        loop {
            let lines = self.take();
            let count = lines.len();
            let written = lines.into_iter().filter(|line| out.write_all(line).is_ok()).count();
            let dropped = self.note_dropped(count - written);
            // A line was just accepted, so the next may be too.
            if written > 0 && dropped > reported {
                report(dropped);
                reported = dropped;
            }
            self.end_writing();
        }
    }

    /// Waits for lines, and takes them out.
    fn take(&self) -> VecDeque<Vec<u8>> {
        let mut queued = self.lock();
        self.0.added.wait_while(&mut queued, |queued| queued.lines.is_empty());
        (queued.is_writing, queued.bytes) = (true, 0);
        std::mem::take(&mut queued.lines)
    }

    /// Counts lines that stderr did not accept. Returns how many were dropped since the start.
    fn note_dropped(&self, count: usize) -> u64 {
        let mut queued = self.lock();
        queued.dropped += count as u64;
        queued.dropped
    }

    fn end_writing(&self) {
        let mut queued = self.lock();
        queued.is_writing = false;
        if queued.lines.is_empty() {
            self.0.written.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Queued> {
        self.0.queued.lock()
    }
}

/// Each write is a whole line, and never waits.
impl Write for LogQueue {
    fn write(&mut self, line: &[u8]) -> Result<usize> {
        self.add(line);
        Ok(line.len())
    }

    /// Does nothing, because a log line must not wait. [`LogQueue::flush`] waits.
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(10);

    /// A writer that a test controls.
    struct Pipe {
        written: Sender<Vec<u8>>,
        /// The results of the writes; each write waits for its result.
        ends: Receiver<Result<()>>,
    }

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> Result<usize> {
            self.written.send(bytes.to_owned()).map_err(Error::other)?;
            self.ends.recv().map_err(Error::other)?.map(|()| bytes.len())
        }

        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    struct Reader {
        queue: LogQueue,
        written: Receiver<Vec<u8>>,
        ends: Sender<Result<()>>,
        reported: Receiver<u64>,
    }

    fn open() -> Reader {
        let ((sent, written), (ends, awaited), (report, reported)) = (channel(), channel(), channel());
        let pipe = Pipe { written: sent, ends: awaited };
        let queue = LogQueue::to(pipe, move |dropped| report.send(dropped).unwrap()).unwrap();
        Reader { queue, written, ends, reported }
    }

    #[test]
    fn a_line_waits_for_no_reader_and_a_flush_no_longer_than_it_may() {
        let Reader { mut queue, written, ends, reported: _reported } = open();
        for line in ["one", "two"] {
            queue.write_all(line.as_bytes()).unwrap();
        }
        assert!(!queue.flush(Duration::from_millis(20)));
        for _ in 0..2 {
            ends.send(Ok(())).unwrap();
        }
        assert!(queue.flush(PATIENCE));
        let lines: Vec<Vec<u8>> = written.try_iter().collect();
        assert_eq!(lines, [b"one", b"two"]);
    }

    #[test]
    fn lines_beyond_the_room_are_dropped_and_reported_when_a_line_is_taken_again() {
        let Reader { mut queue, written, ends, reported } = open();
        queue.write_all(b"first").unwrap();
        assert_eq!(written.recv_timeout(PATIENCE).unwrap(), b"first");
        // The first line is being written, so only these are queued.
        let line = vec![b'x'; ROOM / 2];
        for _ in 0..5 {
            queue.write_all(&line).unwrap();
        }
        assert!(reported.try_recv().is_err());
        for _ in 0..3 {
            ends.send(Ok(())).unwrap();
        }
        assert_eq!(reported.recv_timeout(PATIENCE).unwrap(), 3);
        assert!(queue.flush(PATIENCE));
        assert_eq!((written.try_iter().count(), reported.try_iter().count()), (2, 0), "it is reported once");
    }

    #[test]
    fn lines_that_a_full_disk_refuses_are_reported_once_it_takes_one() {
        let Reader { mut queue, written: _written, ends, reported } = open();
        for end in [Err(ErrorKind::StorageFull.into()), Err(ErrorKind::StorageFull.into()), Ok(())] {
            queue.write_all(b"line").unwrap();
            ends.send(end).unwrap();
            assert!(queue.flush(PATIENCE));
        }
        assert_eq!(reported.try_iter().collect::<Vec<_>>(), [2]);
    }
}
