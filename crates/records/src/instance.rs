//! The servers that use one database, as they tell of each other.

use std::time::Duration;

use crate::instance_id::InstanceId;

/// What a running server tells the others about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its id.
    pub id: InstanceId,
    /// The version of its program.
    pub version: String,
    /// A short text that differs between instances that are set up differently. It may contain no secret.
    pub fingerprint: String,
}

/// A running server, as it was last seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenInstance {
    /// What it told.
    pub instance: Instance,
    /// How long ago it told so, by the database's clock.
    pub seen: Duration,
}

/// Columns of an instance: id, version, fingerprint, and milliseconds since it was seen.
pub(crate) type InstanceColumns = (String, String, String, i64);

impl From<InstanceColumns> for SeenInstance {
    fn from((id, version, fingerprint, millis): InstanceColumns) -> Self {
        let instance = Instance { id: InstanceId::read(id), version, fingerprint };
        Self { instance, seen: Duration::from_millis(u64::try_from(millis).unwrap_or(0)) }
    }
}
