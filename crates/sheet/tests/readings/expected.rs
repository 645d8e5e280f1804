//! What `readings.json` says of each list.

use std::collections::BTreeMap;

use domain::Field;
use serde::Deserialize;

/// The right reading of a list.
#[derive(Debug, Deserialize)]
pub(crate) struct Reading {
    pub(crate) rows: Vec<Row>,
    /// Refusing the list is right too, if the message has a word of each group.
    #[serde(default)]
    pub(crate) or_refused_saying: Vec<Vec<String>>,
    /// What has to be said, a word of each group.
    #[serde(default)]
    pub(crate) tells: Vec<Vec<String>>,
    /// No more different devices than that.
    pub(crate) most_calls: Option<usize>,
}

/// The right reading of a row.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    pub(crate) row: u32,
    /// Why it is no device.
    pub(crate) skip: Option<String>,
    /// Whether the report has to say that it was not quoted.
    #[serde(default)]
    pub(crate) tell: bool,
    #[serde(default)]
    may_ask: Vec<String>,
    #[serde(flatten)]
    words: BTreeMap<String, Option<Words>>,
}

/// One right word, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    /// `null` among them: the list may say nothing, too.
    Any(Vec<Option<String>>),
}

/// The fields as `readings.json` names them.
pub(crate) const FIELDS: [(&str, Field); 8] = [
    ("type", Field::DeviceType),
    ("brand", Field::Brand),
    ("model", Field::Model),
    ("storage", Field::Storage),
    ("ram", Field::Ram),
    ("condition", Field::Condition),
    ("function", Field::FunctionStatus),
    ("repairs", Field::RepairHistory),
];

impl Row {
    /// The right words of a field; none where the list says nothing.
    pub(crate) fn words(&self, name: &str) -> Vec<&str> {
        match self.words.get(name).and_then(Option::as_ref) {
            Some(Words::One(word)) => vec![word],
            Some(Words::Any(words)) => words.iter().map(|word| word.as_deref().unwrap_or_default()).collect(),
            None => Vec::new(),
        }
    }

    /// Whether a person would ask for the field.
    pub(crate) fn asks(&self, name: &str) -> bool {
        self.words(name) == ["ask"]
    }

    /// Whether asking for the field is right.
    pub(crate) fn may_ask(&self, name: &str) -> bool {
        self.asks(name) || self.may_ask.iter().any(|field| field == name)
    }
}
