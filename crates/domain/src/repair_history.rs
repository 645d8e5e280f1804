//! Repairs: words of a list or any other text, since shops use words of their own and the partner takes
//! any text.

mod reading;

use std::fmt;

use crate::{PlainText, Problem, RepairKind, Score, Term};

/// One repair in the person's own words, with its kind where the list has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Repair {
    kind: Option<RepairKind>,
    words: PlainText,
}

impl Repair {
    /// # Errors
    /// As [`PlainText::parse`].
    pub(crate) fn new(kind: Option<RepairKind>, words: &str) -> Result<Self, Problem> {
        Ok(Self { kind, words: PlainText::parse(words)? })
    }

    /// Sorts repairs and removes those that occur twice, so that the same repairs make the same request
    /// in whatever order they were given.
    pub(crate) fn settle(repairs: &mut Vec<Self>) {
        // The browser only checks whether a form can be sent. It needs no order, and its code is smaller
        // without a sort.
        if cfg!(feature = "words") {
            repairs.sort_by(|a, b| a.rank().cmp(&b.rank()));
            repairs.dedup_by(|a, b| if a.kind.is_some() { a.kind == b.kind } else { a == b });
        }
    }

    /// Sort key: smallest penalty first, repairs of no list last.
    fn rank(&self) -> (bool, Score, Option<&'static str>, &str) {
        let penalty = self.kind.map_or(Score::ZERO, RepairKind::penalty);
        (self.kind.is_none(), penalty, self.kind.map(RepairKind::code), self.words.as_str())
    }
}

/// Repairs, as a word of the list or in the person's own words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RepairHistory {
    /// A word of the list.
    Listed(RepairKind),
    /// Any other text, which is sent to the partner as it is, and the kinds of repair that it names:
    /// `None` for one that the list does not have.
    FreeText(PlainText, Vec<Option<RepairKind>>),
}

impl RepairHistory {
    /// The kinds of repair that a form offers, in order.
    pub fn listed() -> impl Iterator<Item = RepairKind> {
        RepairKind::ALL.iter().copied()
    }

    /// The repairs as text, which is also what a provider is sent.
    pub fn word(&self) -> &str {
        match self {
            Self::Listed(kind) => kind.word(),
            Self::FreeText(text, _) => text.as_str(),
        }
    }

    /// The kinds of repair, each once for each time it is named; `None` for one that the list does not have. Empty
    /// where nothing was repaired.
    pub fn kinds(&self) -> Vec<Option<RepairKind>> {
        match self {
            Self::Listed(RepairKind::None) => Vec::new(),
            Self::Listed(kind) => vec![Some(*kind)],
            Self::FreeText(_, kinds) => kinds.clone(),
        }
    }

    /// How much all repairs together take off the condition score. A repair of no list counts as much
    /// as a new screen.
    pub fn penalty(&self) -> Score {
        let other = RepairKind::Screen.penalty();
        let penalties = self.kinds().into_iter().map(|kind| kind.map_or(other, RepairKind::penalty));
        penalties.fold(Score::ZERO, Score::plus)
    }
}

impl fmt::Display for RepairHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
