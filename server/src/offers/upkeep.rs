//! The regular work of the checkout.

use std::sync::Arc;
use std::time::Duration;

use checkout::Checkout;
use tokio::time::sleep;

/// Between two looks for offers that have ended.
const LOOK: Duration = Duration::from_secs(1);
/// After the records failed.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// Marks offers that have ended as expired, about each second, so that their events are told in time.
pub(crate) async fn expire_ended(checkout: Arc<Checkout>) {
    let mut fails = false;
    loop {
        let pause = match checkout.expire_ended().await {
            Ok(Checkout::EXPIRED_AT_ONCE) => Duration::ZERO,
            Ok(_) => LOOK,
            Err(error) => {
                if !fails {
                    tracing::error!(%error, "offers that have ended cannot be marked");
                }
                fails = true;
                sleep(AFTER_FAILURE).await;
                continue;
            }
        };
        fails = false;
        sleep(pause).await;
    }
}
