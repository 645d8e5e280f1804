//! Takes up lists that no instance quotes: after a restart, and from an instance that has ended.

use records::RecordsError;
use tokio::time::sleep;

use crate::at_work::Running;
use crate::lists::{Lists, REST};

impl Lists {
    /// Takes up the open lists that no instance quotes: those of the previous process, and those of an instance that
    /// was stopped or killed. While the records cannot be read, this is tried every 5 s.
    pub async fn take_up(&self) {
        while let Err(error) = self.take_up_now().await {
            tracing::error!(%error, "device lists cannot be taken up yet");
            sleep(REST).await;
        }
    }

    /// Takes up lists again and again, until it is dropped.
    pub async fn keep_taking_up(&self) {
        loop {
            self.take_up().await;
            sleep(self.0.look).await;
        }
    }

    async fn take_up_now(&self) -> Result<(), RecordsError> {
        for id in self.0.records.lists_to_take_up().await? {
            // One that runs here has not claimed its list yet, or cannot renew its lease at the moment.
            let runs = self.0.state().running.get(&id).is_some_and(Running::goes_on);
            if !runs && let Some(list) = self.0.records.batch(id).await? {
                self.run(&list);
            }
        }
        Ok(())
    }
}
