//! Answers go to the rounds to be judged, and what they settle to the records.

use desk::Priced;

use crate::doubt::Mark;
use crate::ended::{Settled, Standing};
use crate::run::Run;

impl Run<'_> {
    /// The moment, for [`Self::judge`].
    pub(crate) fn mark(&self) -> Mark {
        self.rounds().mark()
    }

    /// Judges an answer, and records what is known by it. `asked` is the moment before the partner was
    /// asked for it; `None` where it was not asked just now.
    pub(crate) async fn judge(&self, device: u32, answer: Priced, asked: Option<Mark>) {
        let standing = match &answer {
            Ok(_) => Standing::default(),
            Err(failure) => self.standing(|| self.quoter.is_account_refused_with(failure)),
        };
        let answer = answer.map(|quote| quote.id.clone());
        let settled = self.rounds().take(device, answer, asked, standing);
        self.settle(settled).await;
    }

    /// What is known of the partner now.
    pub(crate) fn standing(&self, refused: impl FnOnce() -> bool) -> Standing {
        Standing { used_up: self.quoter.calls_left() == 0, refused: refused(), down: self.quoter.is_down() }
    }

    /// Records what is known of devices.
    pub(crate) async fn settle(&self, settled: Vec<Settled>) {
        for one in settled {
            self.settle_one(one).await;
        }
    }

    /// Records what is known of a device. Where the database fails, it tries again until it is told to
    /// stop.
    async fn settle_one(&self, (device, answer): Settled) {
        while let Err(error) = self.quoter.records().settle(self.id, device, &answer).await {
            tracing::warn!(batch = self.id.0, device, %error, "an answer cannot be noted yet");
            self.wait(self.rest).await;
            if self.is_stopped() {
                return;
            }
        }
        self.progress.send_modify(|progress| match answer {
            Ok(_) => progress.counts.priced += 1,
            Err(_) => progress.counts.failed += 1,
        });
    }
}
