//! Single flight: concurrent callers with the same question share one call.

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::sync::Arc;

use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use parking_lot::{Mutex, MutexGuard};
use tokio::sync::oneshot;

/// A call under way. Its result is `None` if its work panicked or was given up.
pub(crate) type Call<T> = Shared<BoxFuture<'static, Option<T>>>;

/// The calls under way, by what they ask for.
///
/// The work runs in a task of its own, so a caller that leaves neither stops nor restarts it.
pub(crate) struct SingleFlight<K, T: Clone>(Arc<Mutex<HashMap<K, Call<T>>>>);

impl<K, T> SingleFlight<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + Sync + 'static,
{
    pub(crate) fn new() -> Self {
        Self(Arc::default())
    }

    /// Joins the call for `key` or, if there is none, starts it with `start`. Before it starts a call, it
    /// asks `done` once more, since a call may have ended after the caller last looked. Returns `None` if the
    /// work panicked. The caller may drop the future at any moment.
    pub(crate) async fn join<F: Future<Output = T> + Send + 'static>(
        &self,
        key: K,
        done: impl FnOnce() -> Option<T>,
        start: impl FnOnce() -> F,
    ) -> Option<T> {
        let call = {
            let mut calls = self.calls();
            match calls.get(&key) {
                Some(call) => call.clone(),
                None => {
                    if let Some(answer) = done() {
                        return Some(answer);
                    }
                    let work = tokio::spawn(start());
                    let (all, own) = (self.clone(), key.clone());
                    let call = async move {
                        let answer = work.await.ok();
                        all.calls().remove(&own);
                        answer
                    };
                    // A task drives the shared future too, so that its end is noted even if all callers
                    // leave.
                    let call = call.boxed().shared();
                    tokio::spawn(call.clone());
                    calls.insert(key, call.clone());
                    call
                }
            }
        };
        call.await
    }

    /// The call for `key`, if one is under way.
    pub(crate) fn in_flight(&self, key: &K) -> Option<Call<T>> {
        self.calls().get(key).cloned()
    }

    /// Announces an answer that a call for several keys will return.
    ///
    /// # Errors
    /// The call for `key` that is already under way.
    pub(crate) fn announce(&self, key: K) -> Result<Announced<K, T>, Call<T>> {
        let mut calls = self.calls();
        if let Some(call) = calls.get(&key) {
            return Err(call.clone());
        }
        let (tell, told) = oneshot::channel();
        calls.insert(key.clone(), told.map(Result::ok).boxed().shared());
        Ok(Announced { all: self.clone(), key, tell: Some(tell) })
    }

    fn calls(&self) -> MutexGuard<'_, HashMap<K, Call<T>>> {
        self.0.lock()
    }
}

impl<K, T: Clone> Clone for SingleFlight<K, T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// The promise of an answer. If it is dropped before [`Self::tell`], all callers that joined get `None`.
pub(crate) struct Announced<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + Sync + 'static,
{
    all: SingleFlight<K, T>,
    key: K,
    tell: Option<oneshot::Sender<T>>,
}

impl<K, T> Announced<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + Sync + 'static,
{
    /// Gives the answer to all callers that joined.
    pub(crate) fn tell(mut self, answer: T) {
        if let Some(tell) = self.tell.take() {
            // Fails only if no caller waits any more, which is no error.
            let _ = tell.send(answer);
        }
    }
}

impl<K, T> Drop for Announced<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + Sync + 'static,
{
    fn drop(&mut self) {
        self.all.calls().remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use tokio::sync::Notify;

    #[tokio::test]
    async fn an_asker_who_leaves_neither_repeats_nor_loses_the_call() {
        let (flights, gate, calls) =
            (SingleFlight::new(), Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
        let work = || {
            let (gate, calls) = (Arc::clone(&gate), Arc::clone(&calls));
            async move {
                calls.fetch_add(1, Ordering::SeqCst);
                gate.notified().await;
                7
            }
        };
        let leaver = flights.join("key", || None, work);
        assert_eq!(leaver.now_or_never(), None);
        let stayer = flights.join("key", || None, work);
        gate.notify_one();
        assert_eq!(stayer.await, Some(7));
        assert_eq!(calls.load(Ordering::SeqCst), 1);
        // The call is over, so the next caller starts a new one.
        gate.notify_one();
        assert_eq!(flights.join("key", || None, work).await, Some(7));
        assert_eq!(calls.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_panic_ends_the_call_for_all_and_blocks_no_later_call() {
        let flights = SingleFlight::<_, u8>::new();
        assert_eq!(flights.join("key", || None, || async { panic!("on purpose") }).await, None);
        assert_eq!(flights.join("key", || None, || async { 7 }).await, Some(7));
    }

    #[tokio::test]
    async fn an_announced_answer_reaches_all_who_joined_and_ends_with_its_call() {
        let flights = SingleFlight::<_, u8>::new();
        let announced = flights.announce("key").ok().unwrap();
        let joined = flights.announce("key").err().unwrap();
        let other = flights.join("key", || None, || async { panic!("it is under way") });
        tokio::pin!(other);
        assert_eq!((&mut other).now_or_never(), None);
        announced.tell(7);
        assert_eq!((joined.await, other.await), (Some(7), Some(7)));
        let joined = {
            let _given_up = flights.announce("key").ok().unwrap();
            flights.in_flight(&"key").unwrap()
        };
        assert_eq!(joined.await, None);
        assert!(flights.in_flight(&"key").is_none());
    }
}
