use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Which addresses are allowed besides public ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Private, shared and loopback addresses, for development.
    pub private: bool,
    /// Loopback addresses, which are this machine itself, for a sandbox.
    pub loopback: bool,
}

/// Why nothing is sent to an address. The ranges are those of IANA's registries of special addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forbidden {
    /// This machine itself.
    #[error("the address is this machine's own")]
    Loopback,
    /// A private network: 10/8, 172.16/12, 192.168/16, fc00::/7.
    #[error("the address is private")]
    Private,
    /// An internet provider's inner network: 100.64/10.
    #[error("the address is of a provider's inner network")]
    Shared,
    /// The local network link, where clouds have their metadata services: 169.254/16, fe80::/10.
    #[error("the address is link-local")]
    LinkLocal,
    /// A range for examples in documentation.
    #[error("the address is for documentation")]
    Documentation,
    /// A range for measurements.
    #[error("the address is for benchmarks")]
    Benchmark,
    /// A multicast address, which stands for a group of machines.
    #[error("the address is for multicast")]
    Multicast,
    /// An address whose traffic a gateway sends on to another address: 6to4, NAT64, Teredo.
    #[error("the address leads through a gateway to another one")]
    Gateway,
    /// A range that is reserved or not assigned.
    #[error("the address is reserved")]
    Reserved,
}

/// Checks an address before a connection to it is made. The name must be resolved first, and the connection
/// must use the address that was checked: a name may resolve to several addresses, and to others a moment
/// later.
///
/// # Errors
/// [`Forbidden`], with the range that the address is in.
pub fn check_address(address: IpAddr, allowed: Allowed) -> Result<(), Forbidden> {
    // `::ffff:10.0.0.1` connects to 10.0.0.1.
    let range = match address.to_canonical() {
        IpAddr::V4(address) => range_of_v4(address),
        IpAddr::V6(address) => range_of_v6(address),
    };
    match range {
        None => Ok(()),
        Some(Forbidden::Loopback) if allowed.loopback || allowed.private => Ok(()),
        Some(Forbidden::Private | Forbidden::Shared) if allowed.private => Ok(()),
        Some(range) => Err(range),
    }
}

fn range_of_v4(address: Ipv4Addr) -> Option<Forbidden> {
    match address.octets() {
        [127, ..] => Some(Forbidden::Loopback),
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Some(Forbidden::Private),
        [100, 64..=127, ..] => Some(Forbidden::Shared),
        [169, 254, ..] => Some(Forbidden::LinkLocal),
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Some(Forbidden::Documentation),
        [198, 18 | 19, ..] => Some(Forbidden::Benchmark),
        [224..=239, ..] => Some(Forbidden::Multicast),
        [192, 88, 99, _] => Some(Forbidden::Gateway),
        [0, ..] | [192, 0, 0, _] | [240..=255, ..] => Some(Forbidden::Reserved),
        _ => None,
    }
}

fn range_of_v6(address: Ipv6Addr) -> Option<Forbidden> {
    if address == Ipv6Addr::LOCALHOST {
        return Some(Forbidden::Loopback);
    }
    match address.segments() {
        [0xfc00..=0xfdff, ..] => Some(Forbidden::Private),
        [0xfe80..=0xfebf, ..] => Some(Forbidden::LinkLocal),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some(Forbidden::Documentation),
        [0x2001, 2, 0, ..] => Some(Forbidden::Benchmark),
        [0xff00..=0xffff, ..] => Some(Forbidden::Multicast),
        [0x2002, ..] | [0x64, 0xff9b, ..] | [0x2001, 0, ..] => Some(Forbidden::Gateway),
        // The rest of 2001::/23 is reserved for protocols, and outside of 2000::/3 no address is public.
        [0x2001, 0..=0x1ff, ..] => Some(Forbidden::Reserved),
        [0x2000..=0x3fff, ..] => None,
        _ => Some(Forbidden::Reserved),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC_ONLY: Allowed = Allowed { private: false, loopback: false };

    fn checked(address: &str, allowed: Allowed) -> Result<(), Forbidden> {
        check_address(address.parse().unwrap(), allowed)
    }

    #[test]
    fn public_addresses_are_allowed_up_to_the_edges_of_the_ranges() {
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
            "192.88.98.255",
            "192.167.255.255",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "203.0.112.255",
            "223.255.255.255",
            "2606:4700::1111",
            "2400:3200::1",
            "2001:200::1",
            "2003::1",
            "::ffff:1.1.1.1",
        ] {
            assert_eq!(checked(address, PUBLIC_ONLY), Ok(()), "{address}");
        }
    }

    #[test]
    fn each_special_range_is_forbidden() {
        use Forbidden::*;
        for (range, addresses) in [
            (Loopback, &["127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"][..]),
            (Private, &["10.0.0.0", "172.16.0.0", "172.31.255.255", "192.168.1.1", "fc00::1", "fdff::1"]),
            (Private, &["::ffff:10.0.0.1", "::ffff:c0a8:101"]),
            (Shared, &["100.64.0.0", "100.127.255.255"]),
            (LinkLocal, &["169.254.169.254", "fe80::1", "febf::1", "::ffff:169.254.169.254"]),
            (Documentation, &["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"]),
            (Benchmark, &["198.18.0.0", "198.19.255.255", "2001:2::1"]),
            (Multicast, &["224.0.0.1", "239.255.255.255", "ff02::1"]),
            (Gateway, &["2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2001::1", "192.88.99.1"]),
            (Reserved, &["0.0.0.0", "240.0.0.0", "255.255.255.255", "192.0.0.1", "::", "::7f00:1", "100::1"]),
            (Reserved, &["fec0::1", "2001:10::1", "5f00::1", "4000::1"]),
        ] {
            for address in addresses {
                assert_eq!(checked(address, PUBLIC_ONLY), Err(range), "{address}");
            }
        }
    }

    #[test]
    fn a_sandbox_allows_this_machine_and_development_allows_inner_networks_too() {
        let sandbox = Allowed { loopback: true, ..PUBLIC_ONLY };
        let development = Allowed { private: true, ..PUBLIC_ONLY };
        for address in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert!(checked(address, sandbox).is_ok() && checked(address, development).is_ok());
        }
        for address in ["10.1.2.3", "192.168.1.1", "fd00::1", "100.64.0.1"] {
            assert!(checked(address, sandbox).is_err() && checked(address, development).is_ok());
        }
        for address in ["169.254.169.254", "0.0.0.0", "224.0.0.1", "2002:a00:1::", "64:ff9b::a00:1"] {
            assert!(checked(address, development).is_err(), "{address} is never allowed");
        }
    }
}
