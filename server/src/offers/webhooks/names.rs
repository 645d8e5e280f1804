use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use checkout::webhooks::{Allowed, Forbidden, check_address};
use futures::future::{BoxFuture, FutureExt as _};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Looks up the addresses of a host's name.
type LookUp = dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync;

/// Finds the addresses of host names, and leaves out those to which no webhook may go.
///
/// It is asked for each connection, which is then made to one of the addresses that it returned. So a name that
/// leads elsewhere a moment later, or that has a private address among public ones, leads to no private address.
#[derive(Clone)]
pub struct Names {
    look_up: Arc<LookUp>,
    allowed: Allowed,
}

impl Names {
    /// Uses the machine's name servers.
    pub fn of_the_system(allowed: Allowed) -> Self {
        Self::asking(allowed, |name| {
            async move { Ok(tokio::net::lookup_host((name.as_str(), 0)).await?.collect()) }.boxed()
        })
    }

    /// Uses `look_up`.
    pub fn asking(
        allowed: Allowed,
        look_up: impl Fn(String) -> BoxFuture<'static, io::Result<Vec<SocketAddr>>> + Send + Sync + 'static,
    ) -> Self {
        Self { look_up: Arc::new(look_up), allowed }
    }

    /// Checks an IP address that stands in the place of a name, for which no name is looked up.
    pub(super) fn check(&self, address: std::net::IpAddr) -> Result<(), Forbidden> {
        check_address(address, self.allowed)
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, allowed) = ((self.look_up)(name.as_str().to_owned()), self.allowed);
        Box::pin(async move { Ok(Box::new(permitted(found.await?, allowed)?.into_iter()) as Addrs) })
    }
}

/// The addresses to which webhooks may go.
///
/// # Errors
/// If none is left: [`Forbidden`] of the first.
fn permitted(found: Vec<SocketAddr>, allowed: Allowed) -> Result<Vec<SocketAddr>, Forbidden> {
    let mut forbidden = None;
    let mut permitted = Vec::with_capacity(found.len());
    for address in found {
        match check_address(address.ip(), allowed) {
            Ok(()) => permitted.push(address),
            Err(range) => forbidden = forbidden.or(Some(range)),
        }
    }
    match forbidden {
        Some(range) if permitted.is_empty() => Err(range),
        _ => Ok(permitted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_addresses_only_the_permitted_ones_are_left() {
        let addresses = |texts: &[&str]| -> Vec<SocketAddr> {
            texts.iter().map(|text| SocketAddr::new(text.parse().unwrap(), 0)).collect()
        };
        let public_only = Allowed::default();
        let left = |texts: &[&str]| permitted(addresses(texts), public_only);
        assert_eq!(left(&["10.0.0.1", "1.1.1.1", "::ffff:127.0.0.1"]), Ok(addresses(&["1.1.1.1"])));
        assert_eq!(left(&["10.0.0.1", "127.0.0.1"]), Err(Forbidden::Private));
        assert_eq!(left(&["::ffff:169.254.169.254"]), Err(Forbidden::LinkLocal));
        assert_eq!(left(&[]), Ok(Vec::new()));
    }
}
