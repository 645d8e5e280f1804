//! What could not be told, and what was told from elsewhere.

use crate::Field;

/// Why a field of a row has to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// A grade of the company's own scale, such as A级. One answer holds for the whole list.
    OwnGrade,
    /// It lies between two grades, such as 85新.
    BetweenGrades,
    /// No grade is named.
    NoGrade,
    /// The kind of device is none that is known, or the model is of another kind.
    Kind,
    /// The brand and the model do not fit together.
    Brand,
    /// Two places of the row say different sizes, or a size may be of storage or of memory.
    Size,
    /// It does not say whether everything works.
    Function,
}

/// A field that has to be asked, because its cell says something that cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// The field.
    pub field: Field,
    /// Why it is asked.
    pub why: Why,
}

/// Why a line is no device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoDevice {
    /// A kind of device that is not quoted, such as a printer.
    OtherKind,
    /// A line of totals.
    Total,
    /// A line for signatures or a date.
    Signature,
    /// The headings once more.
    Headings,
    /// A remark, or the title of a group.
    Remark,
}
