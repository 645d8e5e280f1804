//! The circuit breaker for Redis: after a failure no command is sent until a new connection has proved that
//! Redis works. Decides without I/O.

use std::time::Duration;

use tokio::time::Instant;

use crate::cause::Fault;

/// The pause before the first try to connect again.
const FIRST_REST: Duration = Duration::from_millis(100);
/// The longest pause between tries. With the time that a try may take, it keeps the promise that all is well
/// again ten seconds after Redis is.
const LONGEST_REST: Duration = Duration::from_secs(2);
/// A connection that worked for so long was good. The pauses after it begin anew; after one that failed
/// earlier they go on to grow, so that a Redis that works now and then does not slow every other quote.
const PROVEN: Duration = Duration::from_secs(10);

/// Whether commands may be sent, and over which connection.
#[derive(Debug)]
pub(crate) struct Circuit<C> {
    /// `None` while it is open.
    closed: Option<Closed<C>>,
    last_fault: Option<Fault>,
    /// The pause before the next try.
    rest: Duration,
    connections: u64,
}

#[derive(Debug)]
struct Closed<C> {
    connection: C,
    since: Instant,
}

/// A connection, with the number by which its failure is known.
#[derive(Clone, Debug)]
pub(crate) struct Numbered<C> {
    pub(crate) connection: C,
    pub(crate) number: u64,
}

impl<C: Clone> Circuit<C> {
    /// An open circuit, before the first connection.
    pub(crate) fn new() -> Self {
        Self { closed: None, last_fault: None, rest: FIRST_REST, connections: 0 }
    }

    /// The connection for a command; `None` while the circuit is open.
    pub(crate) fn connection(&self) -> Option<Numbered<C>> {
        let closed = self.closed.as_ref()?;
        Some(Numbered { connection: closed.connection.clone(), number: self.connections })
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.is_some()
    }

    /// The last failure, also of a connection that was replaced since.
    pub(crate) fn last_fault(&self) -> Option<&Fault> {
        self.last_fault.as_ref()
    }

    /// A connection works. The circuit closes.
    pub(crate) fn close(&mut self, connection: C, now: Instant) {
        self.connections += 1;
        self.closed = Some(Closed { connection, since: now });
    }

    /// A command failed on the connection with that number. Returns whether this opened the circuit, so that
    /// the caller must see to a new connection: it does not if another command did so before.
    pub(crate) fn fail(&mut self, number: u64, fault: &Fault, now: Instant) -> bool {
        let Some(closed) = self.closed.take_if(|_| number == self.connections) else { return false };
        if now.saturating_duration_since(closed.since) >= PROVEN {
            self.rest = FIRST_REST;
        }
        self.last_fault = Some(fault.clone());
        true
    }

    /// A try to connect failed.
    pub(crate) fn still_open(&mut self, fault: Fault) {
        self.last_fault = Some(fault);
    }

    /// How long to wait before the next try. The pause after that is twice as long.
    pub(crate) fn next_rest(&mut self) -> Duration {
        let rest = self.rest;
        self.rest = (rest * 2).min(LONGEST_REST);
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cause::Cause;

    fn fault() -> Fault {
        Fault { cause: Cause::Unreachable, text: "gone".into() }
    }

    #[test]
    fn one_failure_opens_it_and_only_the_first_of_many_says_so() {
        let (mut circuit, now) = (Circuit::new(), Instant::now());
        assert!(circuit.connection().is_none());
        circuit.close("one", now);
        let used = circuit.connection().unwrap();
        assert!(circuit.fail(used.number, &fault(), now));
        assert!(!circuit.fail(used.number, &fault(), now));
        assert!(circuit.connection().is_none() && circuit.last_fault() == Some(&fault()));
    }

    #[test]
    fn a_late_failure_of_an_old_connection_does_not_harm_the_new_one() {
        let (mut circuit, now) = (Circuit::new(), Instant::now());
        circuit.close("one", now);
        let old = circuit.connection().unwrap();
        circuit.fail(old.number, &fault(), now);
        circuit.close("two", now);
        assert!(!circuit.fail(old.number, &fault(), now));
        assert_eq!(circuit.connection().unwrap().connection, "two");
    }

    #[test]
    fn pauses_grow_to_two_seconds_and_begin_anew_after_a_connection_that_was_good() {
        let (mut circuit, now) = (Circuit::new(), Instant::now());
        let rests: Vec<_> = (0..7).map(|_| circuit.next_rest().as_millis()).collect();
        assert_eq!(rests, [100, 200, 400, 800, 1600, 2000, 2000]);
        circuit.close("bad", now);
        circuit.fail(1, &fault(), now + Duration::from_secs(1));
        assert_eq!(circuit.next_rest(), LONGEST_REST);
        circuit.close("good", now);
        circuit.fail(2, &fault(), now + PROVEN);
        assert_eq!(circuit.next_rest(), FIRST_REST);
    }
}
