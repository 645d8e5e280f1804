//! How a further provider of a list ends: once the main one has answered for all devices, a further one that cannot go on
//! now gives its rest up, and the report says why.

use domain::{Failure, ProviderName};

use crate::error::ListError;
use crate::run::Run;
use crate::side::{Further, MainRun, Reached, Side};

impl Run<'_> {
    /// Waits, or ends the run if its provider is a further one, `may_leave` is true and the main one's run ends. If that
    /// one is done, the open devices are given up with `failure`. Returns `None` if the run goes on.
    ///
    /// # Errors
    /// [`ListError::Records`] if they cannot be given up.
    pub(crate) async fn unless_left(
        &self,
        waits: impl Future<Output = ()>,
        failure: Failure,
        may_leave: bool,
    ) -> Result<Option<Reached>, ListError> {
        let main = tokio::select! {
            main = self.main_ended(), if may_leave => main,
            () = waits => return Ok(None),
        };
        self.left(main, failure).await.map(Some)
    }

    /// Ends the run after that of the main provider.
    pub(crate) async fn left(&self, main: MainRun, failure: Failure) -> Result<Reached, ListError> {
        let Side::Further(Further { provider, place, .. }) = &self.side else { return Ok(Reached::CutOff) };
        if main != MainRun::Done || self.is_stopped() || !self.lease.is_live() {
            return Ok(Reached::CutOff);
        }
        self.give_up(provider, *place, &failure).await?;
        // Devices whose quotes are not written yet.
        for open in self.open_devices().await? {
            let answer = match self.quoter.known(&open.request, self.since).await {
                Some(Ok(quote)) => Ok(quote.id.clone()),
                _ => Err(failure.clone()),
            };
            self.settle(vec![(open.device, answer)]).await;
        }
        Ok(Reached::Done)
    }

    /// Records that a provider has no price for the devices without a result of it, and why.
    pub(crate) async fn give_up(
        &self,
        provider: &ProviderName,
        place: usize,
        failure: &Failure,
    ) -> Result<(), ListError> {
        let records = self.quoter.records();
        let given_up = records.give_up_alternatives(self.lease.granted(), provider, failure).await?;
        self.progress.send_modify(|progress| progress.add(place, 0, given_up));
        if given_up > 0 {
            let (batch, provider, cause) = (self.id.0, provider.as_str(), failure.code());
            tracing::warn!(
                batch,
                provider,
                given_up,
                cause,
                "a device list goes on without some of a provider's prices"
            );
        }
        Ok(())
    }

    /// Resolves when the main provider's run has ended; never in that run itself.
    pub(crate) async fn main_ended(&self) -> MainRun {
        if let Side::Further(Further { main, .. }) = &self.side {
            let mut main = main.clone();
            if let Ok(now) = main.wait_for(|now| *now != MainRun::Works).await {
                return *now;
            }
            return MainRun::CutOff;
        }
        std::future::pending().await
    }
}
