//! The id of one running server.

use std::fmt;
use std::sync::Arc;

/// The id of one running server, drawn anew at each start. What an instance holds (a place at the provider,
/// a device list, a delivery) is held under this id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct InstanceId(Arc<str>);

impl InstanceId {
    /// The id made of a random number: sixteen hexadecimal digits.
    pub fn of(random: u64) -> Self {
        Self(format!("{random:016x}").into())
    }

    /// The id as it was recorded.
    pub(crate) fn read(recorded: String) -> Self {
        Self(recorded.into())
    }

    /// The id as it is recorded.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for InstanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_sixteen_digits_whatever_the_number() {
        assert_eq!(InstanceId::of(0).as_str(), "0000000000000000");
        assert_eq!(InstanceId::of(u64::MAX).to_string(), "ffffffffffffffff");
    }
}
