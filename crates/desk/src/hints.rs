//! The hint that the partner is down, which instances give each other. It saves calls that would fail; each
//! instance decides by its own breaker all the same, and nothing depends on the hint's arrival.

use std::time::Duration;

use tokio::time::sleep;

use crate::admission::News;
use crate::key::Key;
use crate::partner::Partner;

/// How often the others' hint is read: twice within the shortest break. No shopper waits for it.
const LOOK: Duration = Duration::from_millis(500);

impl Partner {
    /// Tells the other instances what a call has shown, without waiting for that.
    pub(crate) fn tell(&self, news: News) {
        if news == News::None || !self.fleet.is_shared() {
            return;
        }
        let (fleet, key) = (self.fleet.clone(), self.hint_key());
        tokio::spawn(async move {
            match news {
                News::Down(time) => fleet.block(&key, time).await,
                News::Up => fleet.unblock(&key).await,
                News::None => {}
            }
        });
    }

    /// Reads the others' hint for as long as the process runs.
    pub(crate) async fn follow_hints(&self) {
        while self.fleet.is_shared() {
            let blocked = self.fleet.blocked_for(&self.hint_key()).await;
            self.admission.hint(blocked, (self.deps.uptime)());
            sleep(LOOK).await;
        }
    }

    fn hint_key(&self) -> fleet::Key {
        Key::of_provider(self.provider().identity()).of_fleet()
    }
}
