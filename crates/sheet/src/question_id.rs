//! The names of questions.

use std::fmt;

use domain::{Field, half_width};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The name of a question within its list and those like it: the same question has the same name again, whatever the
/// order of the rows. It is made of what is asked, so an answer finds its question in a list that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct QuestionId(String);

impl QuestionId {
    /// How each begins.
    const BEGIN: &'static str = "q-";
    /// How many letters follow.
    const LETTERS: usize = 12;

    /// The name of the question about a field, by the text that it asks about and by the device. Letter case, width and
    /// spaces do not matter.
    pub fn of(field: Field, text: &str, about: &str) -> Self {
        let mut hash = Sha256::new();
        for part in [field.name(), &normal(text), &normal(about)] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let letters = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        Self(format!("{}{}", Self::BEGIN, &letters[..Self::LETTERS]))
    }

    /// A text that is such a name.
    pub fn read(text: &str) -> Option<Self> {
        let letters = text.trim().strip_prefix(Self::BEGIN)?;
        let is_name = letters.len() == Self::LETTERS && letters.bytes().all(|it| it.is_ascii_hexdigit());
        is_name.then(|| Self(text.trim().to_owned()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text without what does not matter: letter case, width and spaces.
pub(crate) fn normal(text: &str) -> String {
    half_width(text).to_lowercase().split_whitespace().collect()
}
