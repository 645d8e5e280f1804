//! Why a connection could not be opened: a closed list of causes, for all providers that are reached over a
//! network.

use std::fmt;

/// A connection that could not be opened, so that nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreached {
    /// Why.
    pub cause: Cause,
    /// The proxy that the connection would have used, without its password.
    pub proxy: Option<String>,
    /// The causes in the libraries' words, from the outermost to the innermost. They contain no secret.
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

/// Why a connection could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Cause {
    /// The name has no address, or the name servers cannot be reached.
    #[error("no such name")]
    NoSuchName,
    /// No name server answered in time.
    #[error("no name server answers")]
    NamesSilent,
    /// Nothing listens at that address.
    #[error("connection refused")]
    Refused,
    /// No answer came back in time.
    #[error("nothing answers there in time")]
    TimedOut,
    /// There is no network route to that address.
    #[error("no route leads there")]
    NoRoute,
    /// A rule of this machine, such as a firewall's, blocks the connection.
    #[error("this machine does not let the connection out")]
    NotLetOut,
    /// This process or machine has too many files open.
    #[error("too many open files")]
    OutOfFiles,
    /// This machine does not trust the certificate for that name.
    #[error("the certificate is not one that this machine trusts")]
    UnknownCertificate,
    /// The certificate is not yet valid, or expired, by this machine's clock.
    #[error("the certificate does not hold at this machine's time")]
    CertificateDate,
    /// There is no TLS at that address, or no version that both sides support.
    #[error("TLS was not agreed on")]
    Tls,
    /// The proxy refuses to connect to the partner.
    #[error("the proxy does not lead to the partner")]
    ProxyRefused,
    /// None of these.
    #[error("no connection")]
    Other,
}

impl Cause {
    /// Its name in the audit, in logs and in metrics, as [`crate::Refusal::name`].
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
}
