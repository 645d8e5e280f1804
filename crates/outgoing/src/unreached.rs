//! Finds out why a connection could not be opened: the cause is read from the errors of the libraries, whose
//! words are kept too.

use std::error::Error;
use std::io;
use std::iter::successors;

use provider::Cause;
use rustls::CertificateError;

use crate::quiet;

/// Reads the cause from the error of a connection that could not be opened. `names_silent` says whether a
/// name is still being looked up, and `proxied` whether a proxy is used.
pub(crate) fn cause_of(error: &reqwest::Error, names_silent: bool, proxied: bool) -> Cause {
    if error.is_dns() {
        return Cause::NoSuchName;
    }
    match causes(error).find_map(told_by) {
        Some(cause) => cause,
        None if error.is_timeout() && names_silent => Cause::NamesSilent,
        None if error.is_timeout() => Cause::TimedOut,
        None if proxied => Cause::ProxyRefused,
        None => Cause::Other,
    }
}

/// The cause that one error of a chain names, if any.
fn told_by(error: &(dyn Error + 'static)) -> Option<Cause> {
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(match error {
            rustls::Error::InvalidCertificate(
                CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. },
            ) => Cause::CertificateDate,
            rustls::Error::InvalidCertificate(_) => Cause::UnknownCertificate,
            _ => Cause::Tls,
        });
    }
    told_by_the_system(error.downcast_ref()?)
}

fn told_by_the_system(error: &io::Error) -> Option<Cause> {
    /// ENFILE and EMFILE, for which Rust has no name.
    const TOO_MANY_FILES: [i32; 2] = [23, 24];
    if error.raw_os_error().is_some_and(|code| TOO_MANY_FILES.contains(&code)) {
        return Some(Cause::OutOfFiles);
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Some(Cause::Refused),
        io::ErrorKind::TimedOut => Some(Cause::TimedOut),
        io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::AddrNotAvailable => Some(Cause::NoRoute),
        io::ErrorKind::PermissionDenied => Some(Cause::NotLetOut),
        // The other side closed the connection during the TLS handshake.
        io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof => Some(Cause::Tls),
        _ => None,
    }
}

/// The causes of an error in the libraries' words, joined by `: `, on one line, and without secrets.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(below(error), |error| below(*error))
}

/// The direct cause of an error. An `io::Error` gives the error that it wraps only by `get_ref`.
fn below<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

/// The causes of an error in the libraries' words, joined by `: `, on one line, and without secrets.
pub(crate) fn chain(error: &reqwest::Error, kept_quiet: &[&str]) -> String {
    let mut words: Vec<String> = causes(error).map(ToString::to_string).collect();
    // An error that wraps another one often has the same text.
    words.dedup();
    quiet(&words.join(": "), kept_quiet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_of_the_system_has_its_cause() {
        for (code, cause) in [
            (111, Some(Cause::Refused)),
            (110, Some(Cause::TimedOut)),
            (113, Some(Cause::NoRoute)),
            (101, Some(Cause::NoRoute)),
            (1, Some(Cause::NotLetOut)),
            (13, Some(Cause::NotLetOut)),
            (24, Some(Cause::OutOfFiles)),
            (23, Some(Cause::OutOfFiles)),
            (104, Some(Cause::Tls)),
            (22, None),
        ] {
            assert_eq!(told_by(&io::Error::from_raw_os_error(code)), cause, "{code}");
        }
    }

    #[test]
    fn what_tls_says_stands_inside_an_error_of_the_system() {
        let wrapped = |error: CertificateError| {
            let error = rustls::Error::InvalidCertificate(error);
            io::Error::new(io::ErrorKind::InvalidData, error)
        };
        for (error, cause) in [
            (CertificateError::UnknownIssuer, Cause::UnknownCertificate),
            (CertificateError::NotValidForName, Cause::UnknownCertificate),
            (CertificateError::Expired, Cause::CertificateDate),
            (CertificateError::NotValidYet, Cause::CertificateDate),
        ] {
            let error = io::Error::other(wrapped(error));
            assert_eq!(causes(&error).find_map(told_by), Some(cause));
        }
    }
}
