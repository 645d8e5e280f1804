//! Runs rounds over the devices that have no result yet, until every device has one. The records know which
//! devices those are, so a run may be cut off at any moment.

use std::sync::atomic::Ordering;

use domain::Failure;
use futures::{StreamExt, stream};
use records::OpenDevice;

use crate::ended::Next;
use crate::error::ListError;
use crate::progress::Phase;
use crate::run::Run;
use crate::side::{PATIENCE, Reached};

impl Run<'_> {
    /// Quotes the open devices, until none is left or the run is told to stop.
    pub(crate) async fn to_the_end(&self) -> Result<Reached, ListError> {
        let mut pause = self.rest;
        // How many rounds in a row brought nothing.
        let mut fruitless = 0;
        loop {
            if !self.may_go_on().await {
                return Ok(Reached::CutOff);
            }
            let mut open = self.open_devices().await?;
            open.sort_by_key(|it| self.rounds().turns(it.device));
            if open.is_empty() {
                return Ok(Reached::Done);
            }
            self.tell(Phase::Asking);
            // Shoppers come first: at most as many devices are asked for at once as lists may have calls in
            // flight.
            if self.together.load(Ordering::Relaxed) {
                self.quote_together(open).await;
            } else {
                // Twice as many, because results are recorded while the next devices are asked for.
                let most = 2 * self.quoter.most_at_once();
                stream::iter(open).for_each_concurrent(most, |device| self.quote(device)).await;
            }
            if self.is_stopped() {
                return Ok(Reached::CutOff);
            }
            // Devices were left out of the round, because the lease could not be renewed in time.
            if !self.lease.is_live() {
                self.rounds().go_on_at_once();
            }
            let doubted = self.quoter.may_account_be_refused();
            let mut ended = self.rounds().end(doubted);
            self.settle(std::mem::take(&mut ended.settled)).await;
            pause = ended.pause(pause, self.rest);
            fruitless = if ended.fruitful { 0 } else { fruitless + 1 };
            match ended.next(self.standing(|| self.quoter.is_account_refused())) {
                Next::Round => {}
                Next::Refused => return Err(ListError::Refused),
                Next::WaitForQuota(until) => {
                    self.tell(Phase::WaitsForQuota { until });
                    let rest = Failure::QuotaExhausted { resets_at: until };
                    if let Some(reached) = self.unless_left(self.wait_until(until), rest, true).await? {
                        return Ok(reached);
                    }
                }
                Next::WaitForPartner if self.open_devices().await?.is_empty() => {}
                Next::WaitForPartner => {
                    let (waits, rest) = (self.wait_for_partner(pause), Failure::PartnerUnavailable);
                    if let Some(reached) = self.unless_left(waits, rest, fruitless >= PATIENCE).await? {
                        return Ok(reached);
                    }
                }
            }
            if self.is_stopped() {
                return Ok(Reached::CutOff);
            }
        }
    }

    async fn quote(&self, OpenDevice { device, request }: OpenDevice) {
        if self.is_over() {
            return;
        }
        if let Some(answer) = self.quoter.known(&request, self.since).await {
            return self.judge(device, answer, None).await;
        }
        // All lists share these permits.
        let Some(turn) = self.quoter.turn().await else { return };
        if self.is_over() {
            return;
        }
        let before = self.mark();
        let (answer, asked) = self.quoter.price(request, self.since, turn).await;
        self.judge(device, answer, asked.then_some(before)).await;
    }
}
