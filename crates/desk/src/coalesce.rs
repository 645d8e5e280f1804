//! Many who ask the same make one call.

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use futures::FutureExt;
use futures::future::{BoxFuture, Shared};

type Call<T> = Shared<BoxFuture<'static, Option<T>>>;

/// Calls under way, by what they ask for.
///
/// The work runs as a task of its own: an asker who leaves neither stops nor restarts it.
pub(crate) struct UnderWay<K, T: Clone>(Arc<Mutex<HashMap<K, Call<T>>>>);

impl<K, T> UnderWay<K, T>
where
    K: Clone + Eq + Hash + Send + 'static,
    T: Clone + Send + Sync + 'static,
{
    pub(crate) fn new() -> Self {
        Self(Arc::default())
    }

    /// Joins the call for `key`, or makes `start` that call. `done` is asked once more
    /// before, since a call may have ended between the asker's look and this one.
    /// `None` when the work panicked.
    pub(crate) async fn join<F: Future<Output = T> + Send + 'static>(
        &self,
        key: K,
        done: impl FnOnce() -> Option<T>,
        start: impl FnOnce() -> F,
    ) -> Option<T> {
        let call = {
            let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match calls.get(&key) {
                Some(call) => call.clone(),
                None => {
                    if let Some(answer) = done() {
                        return Some(answer);
                    }
                    let work = tokio::spawn(start());
                    let (all, own) = (Arc::clone(&self.0), key.clone());
                    let call = async move {
                        let answer = work.await.ok();
                        all.lock().unwrap_or_else(PoisonError::into_inner).remove(&own);
                        answer
                    };
                    // Driven by a task too, so that its end is noted even if all leave.
                    let call = call.boxed().shared();
                    tokio::spawn(call.clone());
                    calls.insert(key, call.clone());
                    call
                }
            }
        };
        call.await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use tokio::sync::Notify;

    #[tokio::test]
    async fn an_asker_who_leaves_neither_repeats_nor_loses_the_call() {
        let (under_way, gate, calls) =
            (UnderWay::new(), Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
        let work = || {
            let (gate, calls) = (Arc::clone(&gate), Arc::clone(&calls));
            async move {
                calls.fetch_add(1, Ordering::SeqCst);
                gate.notified().await;
                7
            }
        };
        let leaver = under_way.join("key", || None, work);
        assert_eq!(leaver.now_or_never(), None);
        let stayer = under_way.join("key", || None, work);
        gate.notify_one();
        assert_eq!(stayer.await, Some(7));
        assert_eq!(calls.load(Ordering::SeqCst), 1);
        // Over: the next asker starts anew.
        gate.notify_one();
        assert_eq!(under_way.join("key", || None, work).await, Some(7));
        assert_eq!(calls.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn a_panic_ends_the_call_for_all_and_blocks_nobody() {
        let under_way = UnderWay::<_, u8>::new();
        assert_eq!(under_way.join("key", || None, || async { panic!("on purpose") }).await, None);
        assert_eq!(under_way.join("key", || None, || async { 7 }).await, Some(7));
    }
}
