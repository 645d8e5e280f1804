//! What identifies a list, and the company whose list it is, without a name.

use sha2::{Digest, Sha256};
use sheet::{Answers, Source, TableRow};

/// The fingerprint of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Of the list with a person's answers.
    pub answered: [u8; 32],
    /// Of the list as the file has it. The same if there are no answers.
    pub unanswered: [u8; 32],
}

impl Fingerprint {
    /// SHA-256 of the account that the list is quoted for, the columns that a person assigned (empty if they were
    /// recognised), the SHA-256 of the file, and a person's answers, if there are any.
    pub fn of(account: &str, columns: &str, content: &[u8; 32], answers: &Answers) -> Self {
        let parts = [account.as_bytes(), columns.as_bytes(), content];
        let unanswered = hash(parts.into_iter());
        let answers = answers.iter().filter(|(_, source, _)| *source == Source::Person);
        let answers: Vec<String> = answers.map(|(id, _, text)| format!("{id}={text}")).collect();
        let answered = if answers.is_empty() {
            unanswered
        } else {
            hash(parts.into_iter().chain(answers.iter().map(String::as_bytes)))
        };
        Self { answered, unanswered }
    }
}

/// Tells companies apart, without a name: SHA-256 of the account and of the headings of the company's list. A company
/// exports its lists with the same headings each time, and another company has others, unless both use our template.
pub fn company(account: &str, headings: &TableRow) -> [u8; 32] {
    hash([account.as_bytes()].into_iter().chain(headings.cells.iter().map(|cell| cell.trim().as_bytes())))
}

fn hash<'a>(parts: impl Iterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
