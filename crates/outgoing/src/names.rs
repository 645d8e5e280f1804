//! Finds the addresses of host names.
//!
//! Concurrent look-ups of the same name are one look-up, which goes on when the attempt that began it ends.
//! If the first name server does not answer, the system asks the second after five seconds, which is longer
//! than opening a connection may take: the next attempt then finds the answer. This also limits the threads
//! that wait for silent name servers to one.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::future::{BoxFuture, FutureExt, Shared};
use parking_lot::{Mutex, MutexGuard};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The addresses of a name, or why it has none.
type Found = Result<Arc<[SocketAddr]>, Unresolved>;
type LookUp = Shared<BoxFuture<'static, Found>>;
type Ask = Box<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync>;

/// The system's error for a name without an address.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Unresolved(Arc<str>);

/// Asks the machine's name servers, at most once at a time for each name.
pub(crate) struct Names {
    ask: Ask,
    /// How many addresses of a name are moved to the end of the list.
    put_last: AtomicUsize,
    looked_up: Mutex<HashMap<Box<str>, LookUp>>,
}

impl Names {
    /// Uses the machine's configuration.
    pub(crate) fn of_the_system() -> Self {
        Self::asking(Box::new(|name| {
            async move { Ok(tokio::net::lookup_host((name.as_str(), 0)).await?.collect()) }.boxed()
        }))
    }

    fn asking(ask: Ask) -> Self {
        Self { ask, put_last: AtomicUsize::new(0), looked_up: Mutex::default() }
    }

    /// Whether a look-up is under way, which means that no name server has answered it yet.
    pub(crate) fn are_waited_for(&self) -> bool {
        self.looked_up().values().any(|look_up| look_up.peek().is_none())
    }

    /// Begins with another address of each name from now on, because the connection to the first one timed
    /// out.
    pub(crate) fn begin_with_another(&self) {
        self.put_last.fetch_add(1, Ordering::Relaxed);
    }

    fn look_up(&self, name: &str) -> LookUp {
        let mut looked_up = self.looked_up();
        if let Some(under_way) = looked_up.get(name).filter(|look_up| look_up.peek().is_none()) {
            return under_way.clone();
        }
        let answer = (self.ask)(name.to_owned());
        let look_up = answer
            .map(|found| match found {
                Ok(addresses) => Ok(addresses.into()),
                Err(error) => Err(Unresolved(error.to_string().into())),
            })
            .boxed()
            .shared();
        // It runs to its end, whether or not an attempt still waits for it.
        tokio::spawn(look_up.clone());
        looked_up.insert(name.into(), look_up.clone());
        look_up
    }

    fn looked_up(&self) -> MutexGuard<'_, HashMap<Box<str>, LookUp>> {
        self.looked_up.lock()
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let look_up = self.look_up(name.as_str());
        let put_last = self.put_last.load(Ordering::Relaxed);
        Box::pin(async move {
            let mut addresses: Vec<SocketAddr> = look_up.await?.to_vec();
            let first = put_last % addresses.len().max(1);
            addresses.rotate_left(first);
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::Semaphore;

    use super::*;

    #[tokio::test]
    async fn a_look_up_goes_on_when_its_first_caller_leaves_and_serves_the_next() {
        let (asked, answers) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
        let (count, wait) = (Arc::clone(&asked), Arc::clone(&answers));
        let names = Names::asking(Box::new(move |_| {
            count.fetch_add(1, Ordering::SeqCst);
            let wait = Arc::clone(&wait);
            async move {
                wait.acquire().await.unwrap().forget();
                Ok(vec![([127, 0, 0, 1], 0).into()])
            }
            .boxed()
        }));
        drop(names.resolve("partner.example".parse().unwrap()));
        let second = names.resolve("partner.example".parse().unwrap());
        assert!(names.are_waited_for());
        answers.add_permits(1);
        assert_eq!(second.await.unwrap().count(), 1);
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        assert!(!names.are_waited_for());
        // The result is not kept: the next connection asks again.
        answers.add_permits(1);
        assert_eq!(names.resolve("partner.example".parse().unwrap()).await.unwrap().count(), 1);
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn after_an_address_that_took_too_long_the_next_one_comes_first() {
        let both: Vec<SocketAddr> = vec![([127, 0, 0, 1], 0).into(), ([127, 0, 0, 2], 0).into()];
        let answer = both.clone();
        let names = Names::asking(Box::new(move |_| {
            let answer = answer.clone();
            async move { Ok(answer) }.boxed()
        }));
        for first in [both[0], both[1], both[0]] {
            let found: Vec<_> = names.resolve("partner.example".parse().unwrap()).await.unwrap().collect();
            assert_eq!((found[0], found.len()), (first, 2));
            names.begin_with_another();
        }
    }

    #[tokio::test]
    async fn a_name_without_address_says_so_in_the_systems_words() {
        let names =
            Names::asking(Box::new(|_| async { Err(io::Error::other("Name or service not known")) }.boxed()));
        let Err(error) = names.resolve("nowhere.example".parse().unwrap()).await else { panic!() };
        assert_eq!(error.to_string(), "Name or service not known");
        assert!(!names.are_waited_for());
    }
}
