//! Answers to the questions of a list.

use std::collections::BTreeMap;

use domain::{Answered, Category, Question, read_answer};
use serde::{Deserialize, Serialize};

use crate::given::{Given, Source, leaves_out};
use crate::question_id::QuestionId;
use crate::questions::{ListQuestion, Questions};

/// Answers by the names of their questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers(BTreeMap<QuestionId, (Source, String)>);

impl Answers {
    /// Sets an answer. An empty text takes it back. A person's answer counts over one that is remembered.
    pub fn set(&mut self, id: QuestionId, source: Source, text: &str) {
        let text = text.trim();
        if source == Source::Remembered && self.0.get(&id).is_some_and(|(other, _)| *other == Source::Person)
        {
            return;
        }
        if text.is_empty() {
            self.0.remove(&id);
        } else {
            self.0.insert(id, (source, text.to_owned()));
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All answers, by the names of their questions.
    pub fn iter(&self) -> impl Iterator<Item = (&QuestionId, Source, &str)> {
        self.0.iter().map(|(id, (source, text))| (id, *source, text.as_str()))
    }

    /// A person's answers to questions that the list does not have.
    pub fn unused<'a>(&'a self, questions: &'a Questions) -> impl Iterator<Item = &'a QuestionId> {
        let of_persons = self.0.iter().filter(|(_, (source, _))| *source == Source::Person);
        of_persons.map(|(id, _)| id).filter(|id| questions.get(id).is_none())
    }

    /// The answer to a question, if one was given.
    pub(crate) fn given(
        &self,
        id: &QuestionId,
        question: &Question,
        category: Option<Category>,
    ) -> Option<Given> {
        let (source, text) = self.0.get(id)?;
        let read = read_answer(question, category, text);
        let is_allowed = leaves_out(text) || read.is_some();
        // What was remembered and is no answer any more is forgotten.
        let is_known = is_allowed || *source == Source::Person;
        let text = match read.as_deref() {
            // In the trade's words.
            Some([one]) if !leaves_out(text) => one.answer.clone(),
            _ => text.clone(),
        };
        is_known.then_some(Given { text, source: *source, is_allowed })
    }
}

/// What an answer is for a row with the question: `None` if there is none that can be used.
pub(crate) fn answered(asked: &ListQuestion, question: &Question) -> Option<Answer> {
    let given = asked.given.as_ref().filter(|given| given.is_allowed)?;
    if leaves_out(&given.text) {
        return Some(Answer::LeaveOut);
    }
    read_answer(question, asked.category, &given.text).map(Answer::Words)
}

/// An answer, for a row.
pub(crate) enum Answer {
    /// The row is not to be quoted.
    LeaveOut,
    Words(Vec<Answered>),
}
