//! The content of the page.

use std::time::Duration;

use domain::{Failure, Field, QuoteForm};
use lists::NameCounts;
use sheet::{ListQuestion, Mapping, PassedOver};

use crate::words::buyers::BuyerCalls;

/// What is known of the models of a draft.
#[derive(Clone, Debug, Default)]
pub struct ModelsPart {
    /// What became of the names.
    pub counts: NameCounts,
    /// About how many calls it takes to look up the others.
    pub calls: usize,
    /// Why the last look-up ended early.
    pub failure: Option<Failure>,
    /// Whether the provider offers no search.
    pub no_search: bool,
}

/// The content of the page.
#[derive(Clone, Debug)]
pub struct DraftPage {
    /// The key that it is kept under.
    pub key: String,
    /// The file's name.
    pub name: String,
    /// Its columns: each heading, and the first value below it.
    pub columns: Vec<(String, String)>,
    /// How many rows the spreadsheet does not show, and whether they are left out.
    pub hidden_rows: (usize, bool),
    /// The columns of the fields.
    pub mapping: Mapping,
    /// Which sheet was read, if the workbook has several.
    pub sheet: Option<String>,
    /// The questions, answered or not.
    pub questions: Vec<ListQuestion>,
    /// Why a report with answers was not taken.
    pub problem: Option<String>,
    /// How many answers are of questions that the list does not have.
    pub unused: usize,
    /// What is known of the models.
    pub models: ModelsPart,
    /// How many rows describe something.
    pub rows: u32,
    /// How many of these rows wait for an answer.
    pub waiting: u32,
    /// How many of them have no price whatever is answered.
    pub bad_rows: u32,
    /// How many different devices there are.
    pub devices: u32,
    /// How many devices have a known price, which costs no call.
    pub at_hand: u32,
    /// How many calls lists may still make today, and how many on a new day.
    pub calls: (u32, u32),
    /// The median time of today's calls; `None` before the first.
    pub call_takes: Option<Duration>,
    /// Some rows, as they were written and read.
    pub shown: Vec<ReadRow>,
    /// Which of the pages of rows that is, from 1.
    pub page: u32,
    /// The first lines that are no devices.
    pub passed_over: Vec<PassedOver>,
    /// How many there are.
    pub passed_over_in_all: u32,
    /// The calls that the list takes of each buyer's quota, if there are several, and whether all are to be asked.
    pub buyers: (Vec<BuyerCalls>, bool),
    /// The list that was made of the draft before, and whose open questions are answered now.
    pub former: Option<i64>,
    /// The unfinished list from the same file, if there is one.
    pub before: Option<i64>,
}

/// The form of the page, which its fields and buttons name.
pub(super) const FORM: &str = "draft";

/// The field that says that all buyers are asked.
pub const COMPARE: &str = "compare";

/// How many calls are made at the same time.
pub(super) const AT_ONCE: u32 = 5;

impl DraftPage {
    pub(super) fn calls_needed(&self) -> u32 {
        self.devices.saturating_sub(self.at_hand)
    }

    /// Whether there is a device to ask for or a question to ask, and all necessary columns are known.
    pub(super) fn is_ready(&self) -> bool {
        self.mapping.missing().is_empty() && self.devices + self.waiting > 0
    }
}

/// How many rows are shown at a time.
pub const ROWS_SHOWN: u32 = 25;

/// A row as it was written and as it was understood.
#[derive(Clone, Debug)]
pub struct ReadRow {
    /// Its number in the file.
    pub number: u32,
    /// All its cells, in a line.
    pub written: String,
    /// What was understood.
    pub form: QuoteForm,
    /// Fields that their own cells do not say.
    pub guessed: Vec<Field>,
    /// Fields that wait for an answer.
    pub asked: Vec<Field>,
    /// Why it has no price whatever is answered.
    pub failure: Option<Failure>,
}
