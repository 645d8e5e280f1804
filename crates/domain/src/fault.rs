//! What works and what does not (`function_status`).
//!
//! A fault has a detail, because "broken screen" may mean the outer glass or the display, and the
//! price at inspection depends on which.

use std::fmt;

use crate::redaction::{is_only_blanks, redacted};
use crate::words::{Clause, clauses, is_crossed_out, read, without_odd_brackets};
use crate::{FaultKind, PlainText, Problem, Repair, Score, Term};

/// One fault of a device.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// A fault of the list, with the detail that was given; `None` stands for the list's own detail.
    Listed(FaultKind, Option<PlainText>),
    /// Any other fault, in the person's words.
    Other(PlainText),
}

impl Fault {
    /// The longest text of one fault, in characters: the list's longest word and a detail in brackets.
    pub const LONGEST: usize = FaultKind::LONGEST_WORD + PlainText::MAX_CHARS + 2;

    /// Reads `word`, `code` or `word(detail)`; `None` for other text.
    fn of_the_list(text: &str) -> Result<Option<Self>, Problem> {
        let (word, detail) = match text.split_once(['(', '（']) {
            // Only the last bracket: the detail itself may end with one.
            Some((word, rest)) => (word, Some(rest.strip_suffix([')', '）']).unwrap_or(rest))),
            None => (text, None),
        };
        let Some(kind) = FaultKind::find(word) else { return Ok(None) };
        let detail = match detail.map(|detail| PlainText::parse(&without_odd_brackets(detail))) {
            None | Some(Err(Problem::Missing)) => None,
            Some(detail) => Some(detail?),
        };
        Ok(Some(Self::Listed(kind, detail.filter(|detail| detail.as_str() != kind.detail()))))
    }

    /// A fault in the person's own words. Where its kind is in the list, the words are its detail.
    fn in_own_words(kind: Option<FaultKind>, text: &str) -> Result<Self, Problem> {
        let text = PlainText::parse(&without_odd_brackets(text))?;
        Ok(match kind {
            Some(kind) => Self::Listed(kind, Some(text)),
            None => Self::Other(text),
        })
    }

    /// Its kind; `None` for a fault that is not in the list.
    pub fn kind(&self) -> Option<FaultKind> {
        match self {
            Self::Listed(kind, _) => Some(*kind),
            Self::Other(_) => None,
        }
    }

    fn penalty(&self) -> Score {
        match self {
            Self::Listed(kind, _) => kind.penalty(),
            Self::Other(_) => Score::from_tenths(15),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listed(kind, detail) => {
                write!(f, "{}({})", kind.word(), detail.as_ref().map_or(kind.detail(), PlainText::as_str))
            }
            Self::Other(text) => write!(f, "{text}"),
        }
    }
}

/// Whether everything works, or which faults there are. No faults means that everything works.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FunctionStatus(Vec<Fault>);

impl FunctionStatus {
    /// The partner's word for "everything works".
    pub const NORMAL: &'static str = "正常";
    /// What the form sends when the faults are ticked in fields of their own.
    pub const FAULTY: &'static str = "faulty";
    /// The most faults of one device. A text with more describes no device.
    pub const MOST: usize = 20;
    /// The longest text of all faults together, in characters, with one separator after each.
    pub const LONGEST: usize = Self::MOST * (Fault::LONGEST + 1);

    /// Reads the answer: `正常`, the faults as text, or [`Self::FAULTY`] with the faults in `named`.
    /// Faults of the text and of `named` are added; a fault that occurs twice counts once.
    ///
    /// # Errors
    /// As for [`Self::read`].
    pub fn parse<'a>(text: &str, named: impl Iterator<Item = &'a str>) -> Result<Self, Problem> {
        Self::read(text, named).map(|(status, _)| status)
    }

    /// Reads the answer, and the repairs in it, which are not faults: decision 21 of the partner's
    /// protocol. Any word that says that everything works means 正常.
    ///
    /// # Errors
    /// [`Problem::Missing`] when there is no answer, [`Problem::Unclear`] when it does not say whether
    /// everything works, [`Problem::NoFaultNamed`] when it says that something is broken but not what,
    /// [`Problem::TooMany`], and the errors of [`PlainText::parse`].
    pub fn read<'a>(
        text: &str,
        named: impl Iterator<Item = &'a str>,
    ) -> Result<(Self, Vec<Repair>), Problem> {
        let text = text.trim();
        // Faults that were ticked before "everything works" was chosen no longer count.
        if text == Self::NORMAL {
            return Ok((Self(Vec::new()), Vec::new()));
        }
        let named: Vec<&str> = named.filter(|name| !name.trim().is_empty()).take(Self::MOST + 1).collect();
        if text.is_empty() && named.is_empty() {
            return Err(Problem::Missing);
        }
        if named.len() > Self::MOST {
            return Err(Problem::TooMany);
        }
        let mut said = Statements::default();
        for fault in named {
            for clause in clauses(within(fault, Fault::LONGEST)?) {
                said.take(clause)?;
            }
        }
        match text {
            Self::FAULTY if said.says_nothing() => return Err(Problem::NoFaultNamed),
            Self::FAULTY => {}
            text if is_crossed_out(text) => said.sound = true,
            text => {
                for clause in clauses(within(text, Self::LONGEST)?) {
                    said.take(clause)?;
                }
            }
        }
        said.end()
    }

    /// The faults; empty when everything works.
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }

    /// Whether everything works.
    pub fn is_normal(&self) -> bool {
        self.0.is_empty()
    }

    /// The same device with one more fault of the list.
    #[must_use]
    pub fn with(&self, kind: FaultKind) -> Self {
        let mut faults = self.0.clone();
        faults.push(Fault::Listed(kind, None));
        faults.sort_unstable();
        faults.dedup();
        Self(faults)
    }

    /// The same device without faults of that kind.
    #[must_use]
    pub fn without(&self, kind: FaultKind) -> Self {
        Self(self.0.iter().filter(|fault| fault.kind() != Some(kind)).cloned().collect())
    }

    /// How much all faults together take off the condition score.
    pub fn penalty(&self) -> Score {
        self.0.iter().fold(Score::ZERO, |sum, fault| sum.plus(fault.penalty()))
    }
}

impl fmt::Display for FunctionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_normal() {
            return f.write_str(Self::NORMAL);
        }
        for (position, fault) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("、")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

/// What the clauses of an answer have said so far.
#[derive(Default)]
struct Statements {
    faults: Vec<Fault>,
    repairs: Vec<Repair>,
    /// A clause says that something works.
    sound: bool,
    /// A clause does not say whether something works.
    unclear: bool,
    /// A clause says that something is broken, but not what.
    unnamed: bool,
}

impl Statements {
    fn take(&mut self, clause: &str) -> Result<(), Problem> {
        let clause = &*redacted(clause);
        // A phone number describes no device.
        if is_only_blanks(clause) {
            return Ok(());
        }
        match Fault::of_the_list(clause)? {
            Some(fault) => self.faults.push(fault),
            None => {
                for said in read(clause) {
                    self.note(said, clause)?;
                }
            }
        }
        if self.faults.len() + self.repairs.len() > FunctionStatus::MOST {
            return Err(Problem::TooMany);
        }
        Ok(())
    }

    /// Whether there is neither a fault nor a repair nor a word that something works. "Never repaired"
    /// says nothing about what works.
    fn says_nothing(&self) -> bool {
        self.faults.is_empty() && self.repairs.is_empty() && !self.sound
    }

    fn note(&mut self, said: Clause, clause: &str) -> Result<(), Problem> {
        match said {
            Clause::Sound => self.sound = true,
            Clause::Unclear => self.unclear = true,
            Clause::Unnamed => self.unnamed = true,
            Clause::NeverRepaired => {}
            Clause::Repair(kind) => self.repairs.push(Repair::new(kind, clause)?),
            Clause::Fault(kind) => self.faults.push(Fault::in_own_words(kind, clause)?),
            Clause::Bare => self.faults.push(Fault::in_own_words(None, clause)?),
        }
        Ok(())
    }

    /// What all clauses say together. One unclear clause makes the whole answer unclear.
    fn end(mut self) -> Result<(FunctionStatus, Vec<Repair>), Problem> {
        if self.unclear {
            return Err(Problem::Unclear);
        }
        if self.faults.is_empty() {
            match () {
                () if self.unnamed => return Err(Problem::NoFaultNamed),
                () if self.says_nothing() => return Err(Problem::Unclear),
                () => {}
            }
        }
        // In one order, so that the same faults make the same request in whatever order they came.
        self.faults.sort_unstable();
        self.faults.dedup();
        Repair::settle(&mut self.repairs);
        Ok((FunctionStatus(self.faults), self.repairs))
    }
}

/// The text, if it has no more than `longest` characters.
fn within(text: &str, longest: usize) -> Result<&str, Problem> {
    if text.trim().chars().count() > longest { Err(Problem::TooLong) } else { Ok(text) }
}
