//! What a person wrote about a device.

use super::question::Answered;
use crate::{Field, QuoteForm};

/// What a person wrote about a device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Written {
    /// The text of each field. Fields whose words stand in one cell have the same text.
    pub form: QuoteForm,
    /// Whether the cell of the function status has faults only, so that an empty one names none: below 故障说明.
    pub faults_only: bool,
    /// What was broken before a repair: Fault when booked in.
    pub past: String,
    /// Remarks.
    pub notes: String,
    /// The health of the battery.
    pub battery: String,
    /// What a person has answered to the questions of the row.
    pub answers: Vec<Answered>,
}

impl Written {
    /// The answer to the question about a field.
    pub(super) fn answer(&self, field: Field) -> Option<&str> {
        self.answers.iter().find(|it| it.field == field).map(|it| it.answer.as_str())
    }
}
