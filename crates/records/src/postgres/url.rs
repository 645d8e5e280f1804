//! The address of a PostgreSQL database.

use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use url::Url;

use crate::error::RecordsError;

/// The parameters that an address may set after its `?`. Others are refused, because sqlx would log them with
/// their value, which could be a password with a misspelt name.
const PARAMETERS: [&str; 9] =
    ["sslmode", "sslrootcert", "sslcert", "sslkey", "host", "port", "dbname", "user", "password"];

/// The options to connect to the database at `url`: `postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=…`.
pub(crate) fn options(url: &str) -> Result<PgConnectOptions, RecordsError> {
    let parsed = Url::parse(url).map_err(|error| RecordsError::Url(error.to_string()))?;
    for (key, _) in parsed.query_pairs() {
        if !PARAMETERS.contains(&&*key) {
            let known = PARAMETERS.join(", ");
            return Err(RecordsError::Url(format!("{key:?} is no parameter of it; there are {known}")));
        }
    }
    let options = PgConnectOptions::from_str(url).map_err(|error| RecordsError::Url(error.to_string()))?;
    Ok(options.application_name("tradein"))
}

#[cfg(test)]
mod tests {
    use sqlx::postgres::PgSslMode;

    use super::*;

    #[test]
    fn both_spellings_and_the_mode_of_tls_are_read() {
        for scheme in ["postgres", "postgresql"] {
            let url = format!("{scheme}://shop:hush@db.example:5433/tradein?sslmode=verify-full");
            let options = options(&url).unwrap();
            assert_eq!((options.get_host(), options.get_port()), ("db.example", 5433));
            assert_eq!((options.get_username(), options.get_database()), ("shop", Some("tradein")));
            assert!(matches!(options.get_ssl_mode(), PgSslMode::VerifyFull));
        }
    }

    #[test]
    fn what_cannot_be_an_address_is_refused_without_its_password() {
        for url in [
            "postgres://shop:hush@db.example:port/tradein",
            "postgres://shop@db.example/tradein?pasword=hush",
            "postgres://shop:hush@db.example/tradein?sslmode=sometimes",
        ] {
            let error = options(url).unwrap_err();
            assert!(matches!(error, RecordsError::Url(_)), "{error:?}");
            assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
        }
    }
}
