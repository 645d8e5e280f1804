//! PostgreSQL's SQLSTATE codes (<https://www.postgresql.org/docs/current/errcodes-appendix.html>), as
//! causes.

use sqlx::postgres::PgDatabaseError;

use crate::cause::Cause;

/// The cause that the server, or the way to it, gave with `error`, where it gave one.
pub(crate) fn cause(error: &sqlx::Error) -> Option<Cause> {
    if matches!(error, sqlx::Error::Io(_) | sqlx::Error::Tls(_)) {
        return Some(Cause::Unreachable);
    }
    of_code(error.as_database_error()?.try_downcast_ref::<PgDatabaseError>()?.code())
}

fn of_code(code: &str) -> Option<Cause> {
    match code {
        "28P01" | "28000" => Some(Cause::Password),
        "3D000" => Some(Cause::NoDatabase),
        "42501" => Some(Cause::NoRight),
        "53100" => Some(Cause::Full),
        "25006" => Some(Cause::ReadOnly),
        // Too many connections; the server starts or stops.
        "53300" | "57P01" | "57P02" | "57P03" | "57P05" => Some(Cause::Unreachable),
        // Waited too long for a lock or an end; two changes that waited for each other.
        "55P03" | "57014" | "40P01" | "40001" => Some(Cause::Locked),
        "XX001" | "XX002" => Some(Cause::Damaged),
        // Raised by a trigger.
        "P0001" => Some(Cause::OfTheRecord),
        // Data that no column takes, constraints, and what is larger than any page.
        code => ["22", "23", "54"].iter().any(|class| code.starts_with(class)).then_some(Cause::OfTheRecord),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_codes_are_told_apart() {
        for (code, cause) in [
            ("28P01", Some(Cause::Password)),
            ("3D000", Some(Cause::NoDatabase)),
            ("42501", Some(Cause::NoRight)),
            ("22021", Some(Cause::OfTheRecord)),
            ("23505", Some(Cause::OfTheRecord)),
            ("42P01", None),
        ] {
            assert_eq!(of_code(code), cause, "{code}");
        }
    }
}
