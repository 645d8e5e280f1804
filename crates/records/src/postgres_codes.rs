//! PostgreSQL's SQLSTATE codes (<https://www.postgresql.org/docs/current/errcodes-appendix.html>), and the
//! cause that each stands for.

use sqlx::postgres::PgDatabaseError;

use crate::cause::Cause;

/// The cause of `error`, as reported by the server or by the connection to it, if it is known.
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
        // Too many connections, or the server is starting or stopping.
        "53300" | "57P01" | "57P02" | "57P03" | "57P05" => Some(Cause::Unreachable),
        // A lock or a statement took too long, or two transactions waited for each other.
        "55P03" | "57014" | "40P01" | "40001" => Some(Cause::Locked),
        "XX001" | "XX002" => Some(Cause::Damaged),
        // Raised by a trigger.
        "P0001" => Some(Cause::OfTheRecord),
        // A value that does not fit its column, a violated constraint, or a row that is too large.
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
