//! The steps of a price in a buyer's own words.

use serde::{Deserialize, Serialize};

use crate::{Money, Problem};

/// A short text of a buyer in both languages, each of 1 to 60 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Label {
    #[serde(rename = "zh-CN")]
    chinese: Box<str>,
    #[serde(rename = "en")]
    english: Box<str>,
}

/// One step from the base to the final price, as a buyer explains it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelledStep {
    /// What the step is for.
    pub label: Label,
    /// What it adds, in fen; negative when it takes off.
    pub amount: Money,
}

impl Label {
    /// The longest text, in characters.
    pub const MAX_CHARS: usize = 60;

    /// Trims and checks both texts.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::TooLong`], and [`Problem::ForbiddenCharacter`] for a line break or another
    /// control character.
    pub fn parse(chinese: &str, english: &str) -> Result<Self, Problem> {
        Ok(Self { chinese: text(chinese)?, english: text(english)? })
    }

    /// The text in Chinese.
    pub fn chinese(&self) -> &str {
        &self.chinese
    }

    /// The text in English.
    pub fn english(&self) -> &str {
        &self.english
    }
}

fn text(text: &str) -> Result<Box<str>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        Err(Problem::Missing)
    } else if text.chars().any(char::is_control) {
        Err(Problem::ForbiddenCharacter)
    } else if text.chars().count() > Label::MAX_CHARS {
        Err(Problem::TooLong)
    } else {
        Ok(text.into())
    }
}

/// A label as JSON has it, not yet checked.
#[derive(Deserialize)]
struct Written {
    #[serde(rename = "zh-CN")]
    chinese: String,
    #[serde(rename = "en")]
    english: String,
}

impl TryFrom<Written> for Label {
    type Error = Problem;

    fn try_from(Written { chinese, english }: Written) -> Result<Self, Problem> {
        Self::parse(&chinese, &english)
    }
}
