//! Reads repairs: a word of the list, or what the clauses of a text say.

use super::{Repair, RepairHistory};
use crate::words::{Clause, clauses, is_crossed_out, read};
use crate::{PlainText, Problem, RepairKind, Term};

impl RepairHistory {
    /// Reads a word, a code or free text; `None` for a text that gives no answer, such as `未知` (unknown).
    ///
    /// # Errors
    /// As [`PlainText::parse`].
    pub fn parse(text: &str) -> Result<Option<Self>, Problem> {
        Self::read(text, Vec::new())
    }

    /// Reads the answer, and adds the repairs that were named among the faults.
    ///
    /// # Errors
    /// As [`PlainText::parse`].
    pub(crate) fn read(text: &str, more: Vec<Repair>) -> Result<Option<Self>, Problem> {
        let own = Self::of_its_field(text)?;
        // A repair that both places name is one repair.
        let known = own.as_ref().map(Self::kinds).unwrap_or_default();
        let more: Vec<Repair> =
            more.into_iter().filter(|it| it.kind.is_none() || !known.contains(&it.kind)).collect();
        if more.is_empty() {
            return Ok(own);
        }
        let own = own.filter(|own| *own != Self::Listed(RepairKind::None));
        let mut words: Vec<&str> = own.iter().map(Self::word).collect();
        for repair in &more {
            // One clause may name two repairs; its text is added once.
            if words.last() != Some(&repair.words.as_str()) {
                words.push(repair.words.as_str());
            }
        }
        let words = PlainText::parse(&words.join("、"))?;
        let kinds = own.iter().flat_map(Self::kinds).chain(more.iter().map(|repair| repair.kind));
        Ok(Some(Self::free_text(words, kinds)))
    }

    /// Reads the field by itself.
    fn of_its_field(text: &str) -> Result<Option<Self>, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let listed = RepairKind::ALL.iter().find(|kind| kind.word() == text || kind.code() == text);
        if let Some(kind) = listed {
            return Ok(Some(Self::Listed(*kind)));
        }
        if is_crossed_out(text) || RepairKind::find(text) == Some(RepairKind::None) {
            return Ok(Some(Self::Listed(RepairKind::None)));
        }
        let words = match PlainText::parse(text) {
            // Only personal data: no answer.
            Err(Problem::Missing) => return Ok(None),
            words => words?,
        };
        // Without the tables of words, the clauses say no more than the whole text.
        if !cfg!(feature = "words") {
            return Ok(Some(Self::FreeText(words, vec![RepairKind::find(text)])));
        }
        let each: Vec<(&str, Vec<Clause>)> =
            clauses(text).into_iter().map(|clause| (clause, read(clause))).collect();
        let said: Vec<Clause> = each.iter().flat_map(|(_, said)| said).copied().collect();
        if said.iter().all(|clause| *clause == Clause::Unclear) {
            return Ok(None);
        }
        // 原装 (original parts), 正常 (normal): in this field they mean that nothing was repaired.
        if said.iter().all(|clause| matches!(clause, Clause::Sound | Clause::NeverRepaired)) {
            return Ok(Some(Self::Listed(RepairKind::None)));
        }
        // 换过屏、国产屏 is one repair.
        let mut kinds: Vec<Option<RepairKind>> = Vec::new();
        for kind in each.iter().flat_map(|(clause, said)| repairs(said, clause)) {
            if kind.is_none() || !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        Ok(Some(Self::free_text(words, kinds.into_iter())))
    }

    /// Repairs in the person's words, with their kinds in one order.
    fn free_text(words: PlainText, kinds: impl Iterator<Item = Option<RepairKind>>) -> Self {
        let mut kinds: Vec<_> = kinds.collect();
        if cfg!(feature = "words") {
            kinds.sort_by_key(|kind| kind.map(RepairKind::code));
        }
        Self::FreeText(words, kinds)
    }
}

/// The repairs that a clause of the field names. A fault in this field is one that was repaired, unless
/// the clause itself names the repair.
fn repairs(said: &[Clause], text: &str) -> Vec<Option<RepairKind>> {
    let (mut repairs, mut broken) = (Vec::new(), false);
    for clause in said {
        match clause {
            Clause::Repair(kind) => repairs.push(*kind),
            Clause::Fault(_) | Clause::Unnamed | Clause::Bare => broken = true,
            Clause::Sound | Clause::Unclear | Clause::NeverRepaired => {}
        }
    }
    if repairs.is_empty() && broken {
        vec![RepairKind::find(text).or_else(|| of_parts(text))]
    } else {
        repairs
    }
}

/// The repair of the parts that a clause names.
#[cfg(feature = "words")]
fn of_parts(clause: &str) -> Option<RepairKind> {
    crate::words::repair_of_parts(clause)
}

/// Without the tables of words, no part is known.
#[cfg(not(feature = "words"))]
fn of_parts(_: &str) -> Option<RepairKind> {
    None
}
