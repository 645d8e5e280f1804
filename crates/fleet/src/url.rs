//! The address of a Redis server. It may hold a password.

use std::fmt;
use std::str::FromStr;

use redis::Client;
use url::Url;

/// The address of a Redis server: `redis://USER:PASSWORD@HOST:PORT/DATABASE`, or `rediss://` for TLS. All but
/// the host may be left out; a password alone is `redis://:PASSWORD@HOST`. `Display` and `Debug` leave the
/// password out.
#[derive(Clone)]
pub struct FleetUrl {
    url: Url,
    client: Client,
}

/// Why an address cannot be used. Its text never contains the address, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// It is not an address.
    #[error(
        "it cannot be read as an address; it takes redis://USER:PASSWORD@HOST:PORT/DATABASE or rediss://…"
    )]
    Unreadable,
    /// It begins otherwise.
    #[error("it takes redis://… or, for TLS, rediss://…")]
    Scheme,
    /// It is for Redis Sentinel.
    #[error("Redis Sentinel is not supported; give the address of one Redis server")]
    Sentinel,
    /// It is for Redis Cluster, or names several servers.
    #[error("Redis Cluster and several servers are not supported; give the address of one Redis server")]
    Cluster,
    /// It names no server.
    #[error("it names no server: redis://HOST")]
    NoHost,
    /// There is a user but no password.
    #[error("it has a user but no password; a password alone is written redis://:PASSWORD@HOST")]
    NoPassword,
    /// The database is not a number.
    #[error("the database after the last / must be a whole number, such as 0")]
    Database,
    /// Something stands after the database.
    #[error("it must end after the database, without ? and #")]
    Extra,
}

impl FleetUrl {
    /// A client for this address, which is not connected yet.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Whether the connection is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.url.scheme() == "rediss"
    }
}

impl FromStr for FleetUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        let (scheme, rest) = text.split_once("://").ok_or(UrlError::Unreadable)?;
        match scheme.to_ascii_lowercase() {
            scheme if scheme.contains("sentinel") => return Err(UrlError::Sentinel),
            scheme if scheme.contains("cluster") => return Err(UrlError::Cluster),
            scheme if scheme != "redis" && scheme != "rediss" => return Err(UrlError::Scheme),
            _ => {}
        }
        let servers = rest.split(['/', '?', '#']).next().and_then(|part| part.rsplit('@').next());
        if servers.is_some_and(|servers| servers.contains(',')) {
            return Err(UrlError::Cluster);
        }
        let url = Url::parse(text).map_err(|_| UrlError::Unreadable)?;
        if url.host_str().is_none_or(str::is_empty) {
            return Err(UrlError::NoHost);
        }
        let no_password = url.password().is_none_or(str::is_empty);
        if !url.username().is_empty() && no_password {
            return Err(UrlError::NoPassword);
        }
        let database = url.path().strip_prefix('/').unwrap_or_default();
        if !database.is_empty() && database.parse::<u16>().is_err() {
            return Err(UrlError::Database);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(UrlError::Extra);
        }
        let client = Client::open(url.clone()).map_err(|_| UrlError::Unreadable)?;
        Ok(Self { url, client })
    }
}

impl PartialEq for FleetUrl {
    fn eq(&self, other: &Self) -> bool {
        self.url == other.url
    }
}

impl Eq for FleetUrl {}

impl fmt::Display for FleetUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut url = self.url.clone();
        if url.password().is_some() && url.set_password(Some("-")).is_err() {
            return f.write_str("redis://…");
        }
        f.write_str(url.as_str())
    }
}

impl fmt::Debug for FleetUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_printed_without_its_password() {
        for (text, printed) in [
            ("redis://localhost", "redis://localhost"),
            ("redis://127.0.0.1:6380/3", "redis://127.0.0.1:6380/3"),
            ("redis://:hush@db", "redis://:-@db"),
            ("rediss://shop:hush%40@db.example:6380/0", "rediss://shop:-@db.example:6380/0"),
            ("redis://[::1]:6379/", "redis://[::1]:6379/"),
        ] {
            let url: FleetUrl = text.parse().unwrap();
            assert_eq!((url.to_string(), format!("{url:?}")), (printed.to_owned(), format!("\"{printed}\"")));
            assert_eq!(url.is_encrypted(), text.starts_with("rediss"));
        }
    }

    #[test]
    fn user_password_and_database_are_read() {
        let url: FleetUrl = "redis://shop:hu%40sh@db:6380/3".parse().unwrap();
        let redis = url.client().get_connection_info().redis_settings();
        assert_eq!((redis.username(), redis.password(), redis.db()), (Some("shop"), Some("hu@sh"), 3));
        let url: FleetUrl = "redis://:hush@db".parse().unwrap();
        let redis = url.client().get_connection_info().redis_settings();
        assert_eq!((redis.username(), redis.password(), redis.db()), (None, Some("hush"), 0));
    }

    #[test]
    fn what_is_not_one_redis_server_is_refused_with_its_reason_and_never_repeated() {
        use UrlError::{Cluster, Database, Extra, NoHost, NoPassword, Scheme, Sentinel, Unreadable};
        for (text, error) in [
            ("hush", Unreadable),
            ("redis:hush", Unreadable),
            ("redis://:hush@db:port", Unreadable),
            ("redis://:hush%ff@db", Unreadable),
            ("http://:hush@db", Scheme),
            ("unix:///run/hush", Scheme),
            ("redis-sentinel://:hush@db:26379/main", Sentinel),
            ("redis+sentinel://:hush@db", Sentinel),
            ("rediss-cluster://:hush@db", Cluster),
            ("redis://:hush@db:1,other:2", Cluster),
            ("redis://", NoHost),
            ("redis:///3", NoHost),
            ("redis://hush@db", NoPassword),
            ("redis://hush:@db", NoPassword),
            ("redis://:hush@db/main", Database),
            ("redis://:hush@db/-1", Database),
            ("redis://:hush@db/0/1", Database),
            ("redis://db?password=hush", Extra),
            ("rediss://:hush@db#insecure", Extra),
        ] {
            let told = text.parse::<FleetUrl>().unwrap_err();
            assert_eq!(told, error, "{text}");
            assert!(!format!("{told} {told:?}").contains("hush"), "{told}");
        }
    }
}
