//! Why no connection came about: a closed list of causes, read from the errors of the libraries
//! below, whose own words are kept beside it.

use std::error::Error;
use std::fmt;
use std::io;
use std::iter::successors;

use rustls::CertificateError;

use crate::answer::quiet;

/// A connection that did not come about, so that nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreached {
    /// Why.
    pub cause: Cause,
    /// The proxy that the connection was to go through, without its password.
    pub proxy: Option<String>,
    /// The causes as the libraries tell them, from the outermost to the innermost.
    pub chain: String,
}

impl fmt::Display for Unreached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(proxy) = &self.proxy {
            write!(f, "through the proxy {proxy}: ")?;
        }
        write!(f, "{} ({})", self.cause, self.chain)
    }
}

/// Why a connection did not come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Cause {
    /// The name has no address, or the name servers cannot be asked.
    #[error("no such name")]
    NoSuchName,
    /// No name server has answered in time.
    #[error("no name server answers")]
    NamesSilent,
    /// Nothing listens there.
    #[error("connection refused")]
    Refused,
    /// Nothing came back in time.
    #[error("nothing answers there in time")]
    TimedOut,
    /// No network leads there.
    #[error("no route leads there")]
    NoRoute,
    /// A rule of this machine keeps the connection in.
    #[error("this machine does not let the connection out")]
    NotLetOut,
    /// This process or machine has too many files open.
    #[error("too many open files")]
    OutOfFiles,
    /// The certificate is none that this machine trusts for that name.
    #[error("the certificate is not one that this machine trusts")]
    UnknownCertificate,
    /// The certificate holds at another time than this machine's clock shows.
    #[error("the certificate does not hold at this machine's time")]
    CertificateDate,
    /// There is no TLS at that address, or none that both speak.
    #[error("TLS was not agreed on")]
    Tls,
    /// The proxy does not lead on.
    #[error("the proxy does not lead to the partner")]
    ProxyRefused,
    /// None of these.
    #[error("no connection")]
    Other,
}

impl Cause {
    /// A short name for records, logs and metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoSuchName => "no_such_name",
            Self::NamesSilent => "names_silent",
            Self::Refused => "connection_refused",
            Self::TimedOut => "connect_timeout",
            Self::NoRoute => "no_route",
            Self::NotLetOut => "not_let_out",
            Self::OutOfFiles => "out_of_files",
            Self::UnknownCertificate => "certificate_unknown",
            Self::CertificateDate => "certificate_date",
            Self::Tls => "tls",
            Self::ProxyRefused => "proxy_refused",
            Self::Other => "no_connection",
        }
    }

    /// Reads the cause of an error of a connection that did not come about. `names_silent` says
    /// whether a name is still being looked up; `proxied` whether a proxy is on the way.
    pub(crate) fn of(error: &reqwest::Error, names_silent: bool, proxied: bool) -> Self {
        if error.is_dns() {
            return Self::NoSuchName;
        }
        match causes(error).find_map(told_by) {
            Some(cause) => cause,
            None if error.is_timeout() && names_silent => Self::NamesSilent,
            None if error.is_timeout() => Self::TimedOut,
            None if proxied => Self::ProxyRefused,
            None => Self::Other,
        }
    }
}

/// What one error of a chain says of the cause.
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
        // The other side hung up on the greeting.
        io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof => Some(Cause::Tls),
        _ => None,
    }
}

/// What is below an error, the outermost first. The error itself is left out: it names the whole
/// address.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(below(error), |error| below(*error))
}

/// The error below. An `io::Error` tells of the one that it wraps by `get_ref` alone.
fn below<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

/// The causes of an error in the libraries' words, joined by `: `, on one line, and without what must
/// stay secret.
pub(crate) fn chain(error: &reqwest::Error, kept_quiet: &[&str]) -> String {
    let mut words: Vec<String> = causes(error).map(ToString::to_string).collect();
    // One that wraps another often says the same.
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
