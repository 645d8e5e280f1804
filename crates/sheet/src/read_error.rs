use serde::{Deserialize, Serialize};

/// Why a file is not a list, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReadError {
    /// It is empty.
    #[error("the file is empty; save the list again")]
    Empty,
    /// It is too large, or would unpack to too much.
    #[error("the file is larger than 32 MiB, or would unpack to far more than a list holds; split it")]
    TooLarge,
    /// It has too many rows.
    #[error("the list has more than 50,000 rows; split it")]
    TooManyRows,
    /// It needs a password.
    #[error("the file is protected by a password; save it without one")]
    Encrypted,
    /// Its text has an unknown encoding.
    #[error("the text is neither UTF-8 nor GB18030; save it as \"CSV UTF-8\" or as a workbook")]
    Encoding,
    /// Its format is unknown.
    #[error("this is no list that can be read; save it as .xlsx, .xls, .ods or .csv")]
    Unknown,
    /// It is damaged.
    #[error("the file is damaged ({0}); open it in its own program and save it again")]
    Damaged(String),
}

impl ReadError {
    /// A short name for programs, such as `too_large`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_large",
            Self::TooManyRows => "too_many_rows",
            Self::Encrypted => "encrypted",
            Self::Encoding => "encoding",
            Self::Unknown => "unknown",
            Self::Damaged(_) => "damaged",
        }
    }
}
