//! Passes answers to the rounds, which judge them, and records the devices that they settle.

use desk::Priced;

use crate::doubt::Mark;
use crate::ended::{Settled, Standing};
use crate::run::Run;
use crate::side::{Further, Side};

impl Run<'_> {
    /// The current point of the round, for [`Self::judge`].
    pub(crate) fn mark(&self) -> Mark {
        self.rounds().mark()
    }

    /// Judges an answer, and records the devices that it settles. `asked` is the point before this list
    /// called the partner for it; `None` if the list made no call, or one that says nothing about the device.
    pub(crate) async fn judge(&self, device: u32, answer: Priced, asked: Option<Mark>) {
        let standing = match &answer {
            Ok(_) => Standing::default(),
            Err(failure) => self.standing(|| self.quoter.is_account_refused_with(failure)),
        };
        let answer = answer.map(|quote| quote.id.clone());
        let settled = self.rounds().take(device, answer, asked, standing);
        self.settle(settled).await;
    }

    /// The partner's state now.
    pub(crate) fn standing(&self, refused: impl FnOnce() -> bool) -> Standing {
        Standing { used_up: self.quoter.calls_left() == 0, refused: refused(), down: self.quoter.is_down() }
    }

    /// Records the final results of devices.
    pub(crate) async fn settle(&self, settled: Vec<Settled>) {
        for one in settled {
            self.settle_one(one).await;
        }
    }

    /// Records the final result of a device. If the database fails, this is tried again until the run is
    /// stopped. If another instance has claimed the list, the result is not recorded, and the device is that
    /// instance's to settle.
    async fn settle_one(&self, (device, answer): Settled) {
        let (records, lease) = (self.quoter.records(), self.lease.granted());
        let is_settled = loop {
            let settled = match &self.side {
                Side::Main => records.settle(lease, device, &answer).await,
                Side::Further(Further { provider, .. }) => {
                    records.settle_alternative(lease, provider, device, &answer).await
                }
            };
            match settled {
                Ok(is_settled) => break is_settled,
                Err(error) => {
                    tracing::warn!(batch = self.id.0, device, %error, "an answer cannot be noted yet");
                }
            }
            self.wait(self.rest).await;
            if self.is_stopped() {
                return;
            }
        };
        if is_settled {
            let (priced, failed) = if answer.is_ok() { (1, 0) } else { (0, 1) };
            self.progress.send_modify(|progress| progress.add(self.side.place(), priced, failed));
        }
    }
}
