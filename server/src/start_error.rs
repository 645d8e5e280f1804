use std::net::SocketAddr;

use aihuishou::{ClientError, EmptyCredential, ProfileError};
use desk::RecordsError;
use provider::NotAName;

use crate::offers::SigningKeysError;
use crate::web::SiteError;

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The records cannot be opened.
    #[error("the records at {url} cannot be opened (TRADEIN_DATABASE_URL): {cause}")]
    Records {
        /// Their address.
        url: String,
        /// The cause.
        cause: RecordsError,
    },
    /// The server cannot listen on its address.
    #[error("cannot listen on {address} ({setting}): {cause}")]
    Address {
        /// The variable that names it.
        setting: &'static str,
        /// The address.
        address: SocketAddr,
        /// The cause.
        cause: std::io::Error,
    },
    /// The static files are missing or incomplete.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The keys that sign offers cannot be read.
    #[error(transparent)]
    SigningKeys(#[from] SigningKeysError),
    /// The client that sends webhooks cannot be created.
    #[error("webhooks cannot be sent: {0}")]
    Webhooks(#[from] reqwest::Error),
    /// The sandbox's own catalogue is broken.
    #[error("the sandbox's catalogue: {0}")]
    Catalogue(#[from] sandbox::CatalogueError),
    /// The account has no id or no secret.
    #[error(transparent)]
    Account(#[from] EmptyCredential),
    /// The partner's address cannot be used.
    #[error("the partner's address {0}")]
    Profile(#[from] ProfileError),
    /// The sandbox's list of prices is broken.
    #[error("the sandbox's price list: {0}")]
    Sample(String),
    /// There is no provider.
    #[error("there is no provider that can be asked")]
    NoProvider,
    /// A buyer's calls cannot be signed.
    #[error("the buyer's calls cannot be signed: {0}")]
    Unsigned(#[from] webhook_signing::NoSecret),
    /// The client for the partner cannot be created.
    #[error("the partner cannot be asked: {0}")]
    Client(#[from] ClientError),
    /// A provider's name cannot be used.
    #[error(transparent)]
    Name(#[from] NotAName),
    /// The sandbox cannot listen on a port.
    #[error("the network failed: {0}")]
    Network(#[from] std::io::Error),
}
