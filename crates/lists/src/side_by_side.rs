//! Asks the providers of a list side by side. None takes anything from another.

use domain::Failure;
use futures::future::join_all;
use tokio::sync::watch;

use crate::error::ListError;
use crate::progress::Phase;
use crate::run::Run;
use crate::side::{Further, MainRun, Reached, Side};

/// Asks all providers side by side: the main one, whose end `main_ends` tells the `further` ones, and these.
///
/// # Errors
/// [`ListError`] of the main one, or else of a further one; the others have ended by then too.
pub(crate) async fn side_by_side(
    main: &Run<'_>,
    further: &[Run<'_>],
    main_ends: watch::Sender<MainRun>,
) -> Result<Reached, ListError> {
    let of_main = async {
        let reached = main.to_the_end().await;
        let is_done = matches!(reached, Ok(Reached::Done));
        main_ends.send_replace(if is_done { MainRun::Done } else { MainRun::CutOff });
        if !further.is_empty() {
            main.tell(Phase::Ended);
        }
        reached
    };
    let (reached, of_further) = tokio::join!(of_main, join_all(further.iter().map(Run::beside)));
    let mut all = reached?;
    for reached in of_further {
        if reached? == Reached::CutOff {
            all = Reached::CutOff;
        }
    }
    Ok(all)
}

impl Run<'_> {
    /// Quotes the open devices of a further provider. If that one refuses the account, this waits for the main one, and
    /// gives the rest up.
    async fn beside(&self) -> Result<Reached, ListError> {
        let reached = match self.to_the_end().await {
            Err(ListError::Refused) => {
                let Side::Further(Further { provider, .. }) = &self.side else {
                    return Err(ListError::Refused);
                };
                let (batch, provider) = (self.id.0, provider.as_str());
                tracing::error!(
                    batch,
                    provider,
                    "a device list goes on without a provider that refuses the account"
                );
                let main = self.main_ended().await;
                self.left(main, Failure::PartnerRefused).await
            }
            reached => reached,
        };
        self.tell(Phase::Ended);
        reached
    }
}
