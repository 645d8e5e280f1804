//! What could not be told, and what was told from elsewhere.

use serde::{Deserialize, Serialize};

use crate::{Field, FieldError, Problem};

/// Why a field of a row has to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// It is unclear whether everything works.
    Function,
    /// The catalogue has several models that the name may mean.
    Model,
    /// The catalogue has no model of that name.
    UnknownModel,
    /// No cell says it, and every such device needs it.
    Missing,
    /// The text cannot be used.
    Invalid(Problem),
}

/// A field that has to be asked, because the row says nothing of it, or something that cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// The field.
    pub field: Field,
    /// Why it is asked.
    pub why: Why,
    /// What cannot be told, as it was written: a cell, or the part of it that is unclear. Empty where nothing was
    /// written.
    pub text: String,
}

/// A person's answer to a question. It counts over everything that the row says of that field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Answered {
    /// The field of the question.
    pub field: Field,
    /// The text of the question.
    pub text: String,
    /// The answer, in the trade's words.
    pub answer: String,
}

impl Question {
    /// The question that a mistake in a field leads to; `text` is the field's text.
    pub(super) fn of_mistake(FieldError { field, problem }: FieldError, text: &str) -> Self {
        let why = if problem == Problem::Missing { Why::Missing } else { Why::Invalid(problem) };
        Self { field, why, text: text.to_owned() }
    }
}

/// Why a line is no device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// A person has said that it is not to be quoted.
    Unwanted,
}
