use std::net::{IpAddr, Ipv6Addr};

/// The part of an address that identifies a household: the whole IPv4 address, or the /64 network of an IPv6
/// address.
pub(crate) fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_in_one_ipv6_network_are_one_household() {
        let home = |text: &str| household(text.parse().unwrap());
        assert_eq!(home("2001:db8:1:2:3::4"), home("2001:db8:1:2::"));
        assert_ne!(home("2001:db8:1:3::"), home("2001:db8:1:2::"));
    }
}
