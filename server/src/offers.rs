//! The checkout of this server: opened with its keys, and its regular work.

mod keys;
mod metrics;
mod upkeep;
mod webhooks;

pub use keys::SigningKeysError;
pub(crate) use keys::{KEYS_CACHED, follow as follow_keys, path as key_file, read_again as read_keys_again};
pub(crate) use metrics::write_metrics;
pub(crate) use upkeep::expire_ended;
pub(crate) use webhooks::hooks;
pub use webhooks::{Names, Sender};

use std::net::SocketAddr;
use std::sync::Arc;

use checkout::{Checkout, Deps, Setup};
use desk::{Desk, Records};

use crate::settings::Settings;

/// Opens the checkout beside `desk`, for a server that listens on `address`. Its keys are read from their
/// file, which is made if it is missing.
///
/// # Errors
/// [`SigningKeysError`] if the keys cannot be read.
pub fn open(
    settings: &Settings,
    records: &Records,
    desk: &Desk,
    address: SocketAddr,
) -> Result<Arc<Checkout>, SigningKeysError> {
    // The time as corrected by the partner's, because quotes hold until a time of the partner.
    let clock = desk.clone();
    let deps = Deps { clock: Arc::new(move || clock.now()), random: Arc::new(rand::random) };
    let setup = Setup {
        issuer: issuer(settings, address),
        sandbox: desk.is_sandbox(),
        keys: keys::open(settings, desk.now())?,
        endpoints: Vec::new(),
    };
    Ok(Arc::new(Checkout::new(records.clone(), setup, deps)))
}

/// The public address in the settings, or else the one that the server listens on.
pub(crate) fn issuer(settings: &Settings, address: SocketAddr) -> String {
    match &settings.site.public_url {
        Some(url) => url.origin().ascii_serialization(),
        None if address.ip().is_unspecified() => format!("http://localhost:{}", address.port()),
        None => format!("http://{address}"),
    }
}
