//! The devices that differ from one in a single answer.

use super::QuoteRequest;
use crate::{FaultKind, Grade, Term};

/// One changed answer, to compare its price with the price of the device as it was described.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Another grade.
    Grade(Grade),
    /// Without that fault.
    Without(FaultKind),
    /// With that fault.
    With(FaultKind),
}

impl QuoteRequest {
    /// Each device that differs from this one in a single answer about its state: another grade, one
    /// fault less, or one more of those that a device of its kind can have.
    pub fn changes(&self) -> Vec<(Change, Self)> {
        let grades = Grade::ALL.iter().filter(|grade| **grade != self.grade);
        let grades = grades.map(|grade| (Change::Grade(*grade), Self { grade: *grade, ..self.clone() }));
        let has = |kind: FaultKind| self.function_status.faults().iter().any(|it| it.kind() == Some(kind));
        let faults = FaultKind::ALL.iter().filter(|kind| kind.applies_to(self.category));
        let faults = faults.map(|kind| {
            let (change, function_status) = if has(*kind) {
                (Change::Without(*kind), self.function_status.without(*kind))
            } else {
                (Change::With(*kind), self.function_status.with(*kind))
            };
            (change, Self { function_status, ..self.clone() })
        });
        grades.chain(faults).collect()
    }
}
