//! Whether Redis works, for `/readyz`, the doctor and the log.

use crate::cause::Fault;

/// Whether Redis works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Whether commands are sent to it now.
    pub reachable: bool,
    /// The last failure since the start, also if Redis works again. If it is not reachable: why not.
    pub last_fault: Option<Fault>,
}
