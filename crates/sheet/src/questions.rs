//! Questions of a device list: what could not be told, grouped into as few questions as possible.

use std::collections::HashMap;
use std::fmt;

use domain::{Category, Field, Question, Term, Understood, Why, choice, half_width, redacted};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::answers::{Answers, Given};
use crate::table::TableRow;

/// How many numbers of rows a question names.
const ROWS_NAMED: usize = 5;

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

fn normal(text: &str) -> String {
    half_width(text).to_lowercase().split_whitespace().collect()
}

/// A question of a list, which one answer settles in all its rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListQuestion {
    /// Its name.
    pub id: QuestionId,
    /// The field.
    pub field: Field,
    /// Why it is asked.
    pub why: Why,
    /// What cannot be told, as it was written, without personal data. Empty where nothing was written.
    pub text: String,
    /// The device, where the answer depends on it; else empty.
    pub about: String,
    /// Whether the answer is to give storage and memory, such as `512GB/16GB`.
    pub with_memory: bool,
    /// The kind of device, as far as it is known.
    pub category: Option<Category>,
    /// Answers to choose from, in the trade's words.
    pub options: Vec<String>,
    /// Whether another text may be an answer too.
    pub is_open: bool,
    /// How many rows have it.
    pub rows: u32,
    /// The numbers of the first of these.
    pub first: Vec<u32>,
    /// The first row as it was written, without personal data.
    pub example: String,
    /// What it was answered with.
    pub given: Option<Given>,
}

impl ListQuestion {
    /// Whether it has no answer that can be used.
    pub fn is_unanswered(&self) -> bool {
        self.given.as_ref().is_none_or(|given| !given.is_allowed)
    }

    /// The name under which its answer is kept for the company's next list, if it is: a grade of its own, without letter
    /// case and spaces.
    pub fn remembered_as(&self) -> Option<String> {
        (self.field == Field::Condition && !self.text.is_empty()).then(|| normal(&self.text))
    }
}

/// The questions of a list, those in most rows first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Questions {
    all: Vec<ListQuestion>,
    places: HashMap<QuestionId, usize>,
}

impl Questions {
    /// All questions, answered or not.
    pub fn all(&self) -> &[ListQuestion] {
        &self.all
    }

    /// The questions without an answer.
    pub fn open(&self) -> impl Iterator<Item = &ListQuestion> {
        self.all.iter().filter(|question| question.is_unanswered())
    }

    /// The question of that name.
    pub fn get(&self, id: &QuestionId) -> Option<&ListQuestion> {
        self.places.get(id).map(|place| &self.all[*place])
    }

    /// Adds a question of a row, or the row to the question if it was asked before.
    pub fn add(&mut self, question: ListQuestion) {
        let known = *self.places.entry(question.id.clone()).or_insert(self.all.len());
        let Some(all) = self.all.get_mut(known) else {
            return self.all.push(question);
        };
        all.rows += question.rows;
        all.with_memory |= question.with_memory;
        let room = ROWS_NAMED.saturating_sub(all.first.len());
        all.first.extend(question.first.into_iter().take(room));
    }

    /// Puts those in most rows first; among equals, the order of the list stays.
    pub(crate) fn sort(&mut self) {
        self.all.sort_by_key(|question| std::cmp::Reverse(question.rows));
        self.places = self.all.iter().enumerate().map(|(place, it)| (it.id.clone(), place)).collect();
    }
}

/// The questions of a row. Where storage and memory are both asked, one question is for both.
pub(crate) fn of_row(
    row: &TableRow,
    understood: &Understood,
    questions: &[Question],
    answers: &Answers,
) -> Vec<ListQuestion> {
    let category = Category::find(&understood.form.device_type);
    let asks = |field| questions.iter().any(|question| question.field == field);
    let both = asks(Field::Storage) && asks(Field::Ram);
    let questions = questions.iter().filter(|question| !(both && question.field == Field::Ram));
    let of = |question: &Question| {
        let text = redacted(&question.text).into_owned();
        let about = about(row, understood, question);
        let id = QuestionId::of(question.field, &text, &about);
        let choice = choice(question.field, category);
        let candidates = understood.candidates.iter().find(|(field, _)| *field == question.field);
        ListQuestion {
            given: answers.given(&id, question, category),
            id,
            field: question.field,
            why: question.why,
            text,
            about,
            with_memory: both && question.field == Field::Storage,
            category,
            options: candidates.map_or(choice.words, |(_, words)| words.clone()),
            is_open: choice.is_open,
            rows: 1,
            first: vec![row.number],
            example: row.said(),
        }
    };
    questions.map(of).collect()
}

/// The device that the answer is about. What a grade or a remark means is the same for all devices.
fn about(row: &TableRow, understood: &Understood, question: &Question) -> String {
    let form = &understood.form;
    match question.field {
        Field::DeviceType | Field::Brand | Field::Model | Field::Storage | Field::Ram => {
            let name = format!("{} {}", form.brand, form.model);
            let is_named = !form.model.is_empty();
            if is_named { redacted(name.trim()).into_owned() } else { row.said() }
        }
        Field::Condition
        | Field::FunctionStatus
        | Field::RepairHistory
        | Field::PurchaseChannel
        | Field::Keyword => String::new(),
    }
}
