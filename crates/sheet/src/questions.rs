//! Questions of a device list: what could not be told, grouped into as few questions as possible.

use std::collections::HashMap;

use domain::{Category, Field, Why};
use serde::{Deserialize, Serialize};

use crate::given::Given;
use crate::question_id::{QuestionId, normal};

/// How many numbers of rows a question names.
const ROWS_NAMED: usize = 5;

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
