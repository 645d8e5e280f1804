//! What an instance regularly tells the others about itself, and learns of them.

use std::time::Duration;

use futures::future::join;
use records::Instance;
use tokio::time::{sleep, timeout};

use crate::desk::Desk;

/// How often an instance tells that it runs: several times within
/// [`Records::INSTANCE_SEEN`](records::Records::INSTANCE_SEEN).
const BEAT: Duration = Duration::from_secs(3);

impl Desk {
    /// Tells the other instances that this one runs, and follows what they tell, for as long as the process runs.
    /// Without other instances, in a file and without Redis, this ends at once.
    ///
    /// `fingerprint` returns a short text without secrets that differs between instances that are set up
    /// differently.
    pub async fn keep_in_touch(&self, version: &str, fingerprint: impl Fn() -> String) {
        self.partner().places.try_out().await;
        join(self.tell_that_it_runs(version, fingerprint), self.partner().follow_hints()).await;
    }

    /// The id of this instance.
    pub fn instance(&self) -> &records::InstanceId {
        &self.inner().deps.instance
    }

    async fn tell_that_it_runs(&self, version: &str, fingerprint: impl Fn() -> String) {
        let partner = self.partner();
        let records = partner.journal.records();
        let mut told = None;
        while records.are_on_a_server() {
            let (id, version) = (self.instance().clone(), version.to_owned());
            let instance = Instance { id, version, fingerprint: fingerprint() };
            match timeout(BEAT, records.note_instance(&instance)).await {
                Ok(Ok(instances)) => {
                    if told.replace(instances) != Some(instances) {
                        tracing::info!(instance = %self.instance(), instances, "instances on this database");
                    }
                    // If the records fail from now on, this instance goes on with what it holds back.
                    partner.keep_advance().await;
                    partner.see(instances);
                    partner.look_up_places().await;
                }
                Ok(Err(error)) => tracing::debug!(%error, "the others do not learn that this instance runs"),
                Err(_) => tracing::debug!("the others do not learn in time that this instance runs"),
            }
            sleep(BEAT).await;
        }
    }
}
