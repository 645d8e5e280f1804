//! The address of a database. It may hold a password.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use url::Url;

use crate::error::RecordsError;
use crate::{postgres, sqlite};

/// The address of the records: `sqlite://PATH`, or `postgres://USER:PASSWORD@HOST/DATABASE?sslmode=…` (also
/// `postgresql://`). `Display` and `Debug` leave the password out.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The whole address, with its password.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The path of the database's file; `None` if it has none: PostgreSQL, or SQLite in memory.
    pub fn file(&self) -> Option<PathBuf> {
        sqlite::file(&self.0)
    }
}

/// Whether `url` is the address of a PostgreSQL database.
pub(crate) fn is_postgres(url: &str) -> bool {
    ["postgres:", "postgresql:"].iter().any(|scheme| url.starts_with(scheme))
}

impl FromStr for DatabaseUrl {
    type Err = RecordsError;

    fn from_str(text: &str) -> Result<Self, RecordsError> {
        if is_postgres(text) {
            postgres::options(text)?;
        } else if !text.starts_with("sqlite:") {
            return Err(RecordsError::Url("it has another beginning".to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const HIDDEN: &str = "postgres://…";
        if !is_postgres(&self.0) {
            return f.write_str(&self.0);
        }
        let Ok(mut url) = Url::parse(&self.0) else { return f.write_str(HIDDEN) };
        let is_secret = |key: &str| key == "password";
        if url.query_pairs().any(|(key, _)| is_secret(&key)) {
            let url_of_all = url.clone();
            let kept = url_of_all.query_pairs().filter(|(key, _)| !is_secret(key));
            url.query_pairs_mut().clear().extend_pairs(kept);
        }
        if url.password().is_some() && url.set_password(Some("-")).is_err() {
            return f.write_str(HIDDEN);
        }
        f.write_str(url.as_str())
    }
}

impl fmt::Debug for DatabaseUrl {
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
            ("sqlite://data/tradein.db", "sqlite://data/tradein.db"),
            ("postgres://shop:hush@db/tradein", "postgres://shop:-@db/tradein"),
            (
                "postgresql://db/x?user=shop&password=hush&sslmode=require",
                "postgresql://db/x?user=shop&sslmode=require",
            ),
            ("postgres:///tradein?host=/run/postgresql", "postgres:///tradein?host=/run/postgresql"),
        ] {
            let url: DatabaseUrl = text.parse().unwrap();
            assert_eq!((url.to_string(), url.expose()), (printed.to_owned(), text));
            assert_eq!(url.file().is_some(), text.starts_with("sqlite"));
            assert!(!format!("{url:?}").contains("hush"));
        }
        for text in ["mysql://shop:hush@db/x", "data/tradein.db", "postgres://shop:hush@db:no-port/x"] {
            let error = text.parse::<DatabaseUrl>().unwrap_err();
            assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
        }
    }
}
