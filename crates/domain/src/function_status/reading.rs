//! Reads the answer to "what works": the clauses of a text, and faults that were ticked.

use super::FunctionStatus;
use crate::redaction::{is_only_blanks, redacted};
use crate::words::{Clause, clauses, is_crossed_out, read};
use crate::{Fault, Problem, Repair};

impl FunctionStatus {
    /// Reads the answer: `正常`, the faults as text, or [`Self::FAULTY`] with the faults in `named`.
    /// Faults of the text and of `named` are added; a fault that occurs twice counts once.
    ///
    /// # Errors
    /// As for [`Self::read`].
    pub fn parse<'a>(text: &str, named: impl Iterator<Item = &'a str>) -> Result<Self, Problem> {
        Self::read(text, named).map(|(status, _)| status)
    }

    /// Reads the answer, and the repairs that it names: a repair is not a fault (decision 21 of the
    /// partner's protocol). Any word that says that everything works means 正常.
    ///
    /// # Errors
    /// [`Problem::Missing`] when there is no answer, [`Problem::Unclear`] when it does not say whether
    /// everything works, [`Problem::NoFaultNamed`] when it says that something is broken but not what,
    /// [`Problem::TooMany`], and the errors of [`crate::PlainText::parse`].
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
}

/// What the clauses that were read so far say.
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
    /// Adds what a clause says.
    fn take(&mut self, clause: &str) -> Result<(), Problem> {
        let clause = &*redacted(clause);
        // A phone number says nothing about the device.
        if is_only_blanks(clause) {
            return Ok(());
        }
        match Fault::of_the_list(clause)? {
            Some(fault) => self.faults.push(fault),
            None => {
                let all = read(clause);
                // Nor does what is missing in the box: 无充电器.
                #[cfg(feature = "words")]
                if all[..] != [Clause::Sound]
                    && crate::understanding::lacks_an_extra(&clause.trim().to_lowercase())
                {
                    return Ok(());
                }
                for said in all {
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
        // Sorted, so that the same faults make the same request in whatever order they were given.
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
