use provider::Cause;

/// The fix for a connection that cannot be opened.
pub(super) fn mend(cause: Cause) -> &'static str {
    match cause {
        Cause::NoSuchName => {
            "Check the host in AHS_API_URL, or the proxy's, and the name servers in /etc/resolv.conf."
        }
        Cause::NamesSilent => {
            "Check the name servers in /etc/resolv.conf and the firewall's way out to them (port 53)."
        }
        Cause::Refused => {
            "Check host and port in AHS_API_URL, or the proxy's; if they are right, a firewall on the way refuses."
        }
        Cause::TimedOut => {
            "Open the firewall's way out to that host and port; where the network demands a proxy, set AHS_PROXY."
        }
        Cause::NoRoute => {
            "Give this machine a route to it (`ip route`); where the network demands a proxy, set AHS_PROXY."
        }
        Cause::NotLetOut => {
            "Allow it in this machine's firewall and in the service's unit (IPAddressDeny, RestrictAddressFamilies)."
        }
        Cause::OutOfFiles => "Raise the limit of open files: LimitNOFILE in the unit, or `ulimit -n`.",
        Cause::UnknownCertificate => {
            "Install or renew the package ca-certificates. Where a proxy opens TLS on the way, add its certificate there. Check the host in AHS_API_URL."
        }
        Cause::CertificateDate => {
            "Set this machine's clock by NTP; if it is right, the certificate has run out: tell the partner's support."
        }
        Cause::Tls => {
            "Check that AHS_API_URL leads to the partner's https address, and not to a plain one or a sign-in page."
        }
        Cause::ProxyRefused => {
            "Check user and password in AHS_PROXY or HTTPS_PROXY, and that the proxy allows CONNECT to the partner's host and port."
        }
        Cause::Other => {
            "Check AHS_API_URL and this machine's way out; the words in brackets are the library's."
        }
    }
}
