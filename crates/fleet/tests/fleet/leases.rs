//! Holders of a lease that die or hang. Such an instance is a runtime of its own that is no longer driven, so
//! none of its tasks runs, and its connection stays open.

use std::time::{Duration, Instant};

use fleet::testing::RedisServer;
use fleet::{Fleet, FleetUrl, Joined, Lease};
use tokio::runtime::Runtime;

use crate::instances::{SHORT_LEASES, far, key, one, open};
use crate::joining::lead;

const LIFE: Duration = Duration::from_secs(600);

/// An instance that runs only while the test drives it.
struct Instance {
    runtime: Runtime,
    fleet: Fleet,
}

impl Instance {
    fn start(url: &FleetUrl) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let fleet = runtime.block_on(open(url, SHORT_LEASES));
        Self { runtime, fleet }
    }

    fn lead(&self) -> Lease {
        self.runtime.block_on(lead(&self.fleet, 1))
    }

    fn join(&self) -> Joined {
        self.runtime.block_on(self.fleet.join(&key(1), far()))
    }
}

#[test]
fn after_a_holder_that_dies_one_who_waits_takes_over_within_the_leases_life() {
    let server = RedisServer::start();
    let (holder, other) = (Instance::start(&server.url()), Instance::start(&server.url()));
    // Nothing of it runs any more, also not what a lease does when it is dropped.
    std::mem::forget(holder.lead());
    drop(holder);
    let start = Instant::now();
    let Joined::Lead(lease) = other.join() else { panic!("it takes over") };
    // The lease's life, the pause between two questions, and some time for a busy machine.
    assert!(start.elapsed() < SHORT_LEASES.lease + Duration::from_secs(3), "{:?}", start.elapsed());
    assert!(other.runtime.block_on(lease.answer(b"4500.00", LIFE)));
}

#[test]
fn a_holder_that_hung_past_its_lease_does_not_write_its_answer() {
    let server = RedisServer::start();
    let (holder, other) = (Instance::start(&server.url()), Instance::start(&server.url()));
    let hung = holder.lead();
    let Joined::Lead(lease) = other.join() else { panic!("it takes over") };
    // While the other one has the lease.
    assert!(!holder.runtime.block_on(hung.answer(b"4400.00", LIFE)));
    assert_eq!(other.runtime.block_on(other.fleet.get(&key(1))), None);
    // And it does not end the other one's lease.
    assert!(other.runtime.block_on(lease.answer(b"4500.00", LIFE)));
    assert_eq!(holder.runtime.block_on(holder.fleet.get(&key(1))).as_deref(), Some(&b"4500.00"[..]));
}

#[test]
fn a_holder_that_comes_back_after_the_answer_does_not_replace_it_and_learns_that_it_lost() {
    let server = RedisServer::start();
    let (holder, other) = (Instance::start(&server.url()), Instance::start(&server.url()));
    let hung = holder.lead();
    let Joined::Lead(lease) = other.join() else { panic!("it takes over") };
    assert!(other.runtime.block_on(lease.answer(b"4500.00", LIFE)));
    holder.runtime.block_on(async {
        crate::instances::until("it learns it", async || !hung.is_held()).await;
        assert!(!hung.answer(b"4400.00", LIFE).await);
        assert_eq!(holder.fleet.get(&key(1)).await.as_deref(), Some(&b"4500.00"[..]));
    });
}

#[test]
fn a_holder_that_gives_up_too_late_does_not_end_the_lease_of_another_one() {
    let server = RedisServer::start();
    let (holder, other) = (Instance::start(&server.url()), Instance::start(&server.url()));
    let hung = holder.lead();
    let Joined::Lead(lease) = other.join() else { panic!("it takes over") };
    holder.runtime.block_on(async {
        drop(hung);
        // The release was sent before this.
        assert_eq!(holder.fleet.get(&key(1)).await, None);
    });
    assert!(other.runtime.block_on(lease.answer(b"4500.00", LIFE)));
}

#[tokio::test]
async fn a_redis_that_restarts_empty_has_forgotten_the_lease_and_takes_no_answer_for_it() {
    let (mut server, fleet) = one(SHORT_LEASES).await;
    let lease = lead(&fleet, 1).await;
    server.start_again();
    crate::instances::until("Redis works again", async || fleet.check().await.unwrap().reachable).await;
    let later = lead(&fleet, 1).await;
    assert!(!lease.answer(b"4400.00", LIFE).await);
    assert!(later.answer(b"4500.00", LIFE).await);
}
