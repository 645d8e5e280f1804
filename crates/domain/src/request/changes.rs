use super::QuoteRequest;
use crate::{FaultKind, Grade, Term};

/// One answer given otherwise, as a shopper wonders what would change the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Another grade.
    Grade(Grade),
    /// That fault less.
    Without(FaultKind),
    /// That fault more.
    With(FaultKind),
}

impl QuoteRequest {
    /// Every description of the same device that differs in one answer on its state: another
    /// grade, a fault less, a fault more. What kind of device it is stays as it is.
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
