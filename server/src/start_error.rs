use std::net::SocketAddr;

use aihuishou::{ClientError, EmptyCredential, ProfileError};
use desk::RecordsError;
use provider::NotAName;

use crate::web::SiteError;

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The records cannot be opened.
    #[error("the records at {url} cannot be opened (TRADEIN_DATABASE_URL): {cause}")]
    Records {
        /// Where they were looked for.
        url: String,
        /// Why not.
        cause: RecordsError,
    },
    /// The address to listen on cannot be had.
    #[error("cannot listen on {address} ({setting}): {cause}")]
    Address {
        /// The variable that names it.
        setting: &'static str,
        /// Which address.
        address: SocketAddr,
        /// Why not.
        cause: std::io::Error,
    },
    /// The static files are not where they should be.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The sandbox's own catalogue is broken.
    #[error("the sandbox's catalogue: {0}")]
    Catalogue(#[from] sandbox::CatalogueError),
    /// The account lacks id or secret.
    #[error(transparent)]
    Account(#[from] EmptyCredential),
    /// The partner's address is none.
    #[error("the partner's address {0}")]
    Profile(#[from] ProfileError),
    /// The partner cannot be asked from this machine.
    #[error("the partner cannot be asked: {0}")]
    Client(#[from] ClientError),
    /// A provider's name cannot be used.
    #[error(transparent)]
    Name(#[from] NotAName),
    /// The sandbox cannot have a port.
    #[error("the network failed: {0}")]
    Network(#[from] std::io::Error),
}
