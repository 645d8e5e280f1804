//! A draft in the form in which the records keep it, so that every instance has it.

use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use records::{DraftRecord, DraftSaid};
use serde::{Deserialize, Serialize};
use sheet::{Answers, Mapping, Table};

use super::Draft;
use crate::seal::Seal;

/// What a person said of a draft, in the form in which the records keep it.
#[derive(Default, Deserialize, Serialize)]
struct Said {
    #[serde(flatten)]
    answers: Answers,
    /// Absent before the draft was made a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    columns: Option<Mapping>,
}

impl Draft {
    /// The draft, for the records, sealed for its key; `None` if it cannot be sealed. This takes a moment if it is long.
    pub(crate) fn recorded(&self, key: &str, seal: &Seal) -> Option<DraftRecord> {
        Some(DraftRecord {
            name: seal.seal(key, self.name.clone().into())?,
            content: self.content,
            rows: u32::try_from(self.rows()).unwrap_or(u32::MAX),
            cells: seal.seal(key, serde_json::to_vec(&self.table).ok()?)?,
            said: self.said_so_far(key, seal)?,
        })
    }

    /// The draft that was recorded; `None` if it was sealed with another key, or by a version with another form. This takes
    /// a moment if it is long.
    pub(crate) fn of_record(key: &str, seal: &Seal, record: DraftRecord) -> Option<Self> {
        let table: Table = serde_json::from_slice(&seal.open(key, &record.cells)?).ok()?;
        let headings = table.headings().or(table.rows.first())?.clone();
        let draft = Self {
            name: recorded_name(key, seal, &record.name)?,
            content: record.content,
            headings,
            table,
            answers: Mutex::default(),
            used: Mutex::default(),
            looking: Mutex::default(),
            hidden_out: AtomicBool::new(false),
            discarded: AtomicBool::new(false),
        };
        draft.take_over(key, seal, &record.said);
        Some(draft)
    }

    /// What a person said of it so far, for the records, sealed for its key; `None` if it cannot be sealed.
    pub(crate) fn said_so_far(&self, key: &str, seal: &Seal) -> Option<DraftSaid> {
        let said = Said { answers: self.answers(), columns: self.used.lock().clone() };
        let answers = serde_json::to_vec(&said).ok()?;
        let hidden_out = self.hidden_out.load(Ordering::Relaxed);
        Some(DraftSaid { answers: seal.seal(key, answers)?, hidden_out })
    }

    /// Takes over what a person said of it at another instance. Answers that this version cannot read are asked for again.
    pub(crate) fn take_over(&self, key: &str, seal: &Seal, said: &DraftSaid) {
        let answers = seal.open(key, &said.answers).unwrap_or_default();
        let Said { answers, columns } = serde_json::from_slice(&answers).unwrap_or_default();
        *self.answers.lock() = answers;
        *self.used.lock() = columns;
        self.hidden_out.store(said.hidden_out, Ordering::Relaxed);
    }
}

/// The name of a draft that was recorded; `None` if it was sealed with another key.
pub(crate) fn recorded_name(key: &str, seal: &Seal, sealed: &[u8]) -> Option<String> {
    String::from_utf8(seal.open(key, sealed)?).ok()
}

#[cfg(test)]
mod tests {
    use sheet::{QuestionId, Source};

    use super::*;

    #[test]
    fn a_draft_that_was_recorded_is_the_same_list() {
        let table = sheet::read("资产清单\n\n品牌,型号,成色\n苹果,iPhone 15,A级\n".as_bytes()).unwrap();
        let draft = Draft::new("清单.csv", b"it", table).unwrap();
        let id = QuestionId::of(domain::Field::Condition, "A级", "");
        draft.answer(|answers| answers.set(id, Source::Person, "九成新"));
        draft.leave_hidden_out(true);
        let mut columns = draft.recognised();
        columns.set(domain::Field::Condition, None);
        draft.use_columns(columns.clone());
        let seal = Seal::by([7; 32]);
        let read = Draft::of_record("a", &seal, draft.recorded("a", &seal).unwrap()).unwrap();
        let fingerprint = |draft: &Draft| draft.fingerprint("A", &draft.recognised());
        assert_eq!(fingerprint(&read), fingerprint(&draft));
        assert_eq!((read.name(), read.rows(), read.columns()), (draft.name(), draft.rows(), draft.columns()));
        assert_eq!((read.answers(), read.hidden_rows()), (draft.answers(), draft.hidden_rows()));
        assert!(!read.answers().is_empty());
        assert_eq!(read.proposed(), columns);
        assert_ne!(read.proposed(), read.recognised());
    }

    #[test]
    fn what_another_version_wrote_is_asked_for_again() {
        let table = sheet::read("品牌,型号\n苹果,iPhone 15\n".as_bytes()).unwrap();
        let draft = Draft::new("list.csv", b"it", table).unwrap();
        let seal = Seal::by([7; 32]);
        let later = |text: &str| seal.seal("a", text.into()).unwrap();
        let said = DraftSaid { answers: later("of a later version"), hidden_out: false };
        let record = DraftRecord { said, ..draft.recorded("a", &seal).unwrap() };
        assert!(Draft::of_record("a", &seal, record.clone()).unwrap().answers().is_empty());
        assert!(Draft::of_record("b", &seal, record.clone()).is_none());
        assert!(Draft::of_record("a", &seal, DraftRecord { cells: later("[1]"), ..record }).is_none());
    }
}
