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
    /// Its format is known, but not read, whatever the file is called.
    #[error("the file is {0}, whatever its name says; open it in Excel or WPS and save it as .xlsx")]
    Foreign(Foreign),
    /// A cell has a formula whose value was never computed: the program that wrote the file does not calculate.
    #[error(
        "cell {cell} of the sheet {sheet} is a formula without a value; open the file in Excel, WPS or LibreOffice and save it there, which computes it"
    )]
    WithoutValue {
        /// The sheet's name.
        sheet: String,
        /// The cell's name, such as `C5`.
        cell: String,
    },
    /// It is damaged.
    #[error("the file is damaged ({0}); open it in its own program and save it again")]
    Damaged(String),
}

/// A format that is known and not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Foreign {
    /// HTML, which some web systems call .xls.
    WebPage,
    /// The XML of Excel 2003 (SpreadsheetML), often called .xls.
    SpreadsheetXml,
    /// A text document, such as one of Word.
    Document,
    /// A workbook of Apple's Numbers.
    Numbers,
    /// PDF.
    Pdf,
}

impl Foreign {
    /// Every format.
    pub const ALL: [Self; 5] =
        [Self::WebPage, Self::SpreadsheetXml, Self::Document, Self::Numbers, Self::Pdf];
}

impl std::fmt::Display for Foreign {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::WebPage => "a web page (HTML)",
            Self::SpreadsheetXml => "an XML table of Excel 2003 (SpreadsheetML)",
            Self::Document => "a text document",
            Self::Numbers => "a workbook of Numbers",
            Self::Pdf => "a PDF",
        })
    }
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
            Self::Foreign(_) => "foreign",
            Self::WithoutValue { .. } => "without_value",
            Self::Damaged(_) => "damaged",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_has_a_name_of_its_own_for_programs() {
        let names = [
            (ReadError::Empty, "empty"),
            (ReadError::TooLarge, "too_large"),
            (ReadError::TooManyRows, "too_many_rows"),
            (ReadError::Encrypted, "encrypted"),
            (ReadError::Encoding, "encoding"),
            (ReadError::Unknown, "unknown"),
            (ReadError::Foreign(Foreign::WebPage), "foreign"),
            (ReadError::WithoutValue { sheet: "A".into(), cell: "C5".into() }, "without_value"),
            (ReadError::Damaged("its end is missing".into()), "damaged"),
        ];
        for (error, name) in names {
            assert_eq!(error.code(), name, "{error}");
        }
    }
}
