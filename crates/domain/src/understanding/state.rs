//! What works and what was repaired, told in several places of a row.

use super::accessories::lacks_a_keyboard;
use super::asides;
use super::battery::of_the_battery;
use super::beside_others::{adds_nothing, names_no_fault, says_nothing_beside_others};
use super::function_cell::{
    is_of_its_use, is_to_be_repaired, says_only_that_it_is_broken, unclear_parts, without,
};
use super::grades;
use super::mended::{
    made, says_only_that_it_is_mended, says_only_that_none_was_made, without_what_was_mended,
};
use super::question::Answered;
use super::remarks::{Remark, is_all_that_works, of_a_remark, says_that_all_works};
use super::spelling::is_blank;
use super::two_languages;
use super::written::Written;
use crate::words::{Clause, clauses, faults_of_parts, read};
use crate::{Category, FaultKind, Field, FunctionStatus, Grade};

/// What the places of a row say together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// The text for the function status; empty where nothing is said.
    pub(crate) function: String,
    /// The text for the repairs.
    pub(crate) repairs: String,
    /// What is said that may be a fault, or may not, and that no person has answered.
    pub(crate) unclear: Vec<String>,
    /// Whether the function is told by another place than its own.
    pub(crate) from_elsewhere: bool,
}

impl State {
    /// Reads the cell of the function status, that of the repairs, the battery's health, remarks, and what stood in
    /// other cells beside their own words.
    pub(crate) fn read(
        function: &str,
        written: &Written,
        others: &[String],
        category: Option<Category>,
    ) -> Self {
        let Written { form, notes, battery, answers, faults_only, past } = written;
        // 客户弃修, 在保: what is broken stands elsewhere, or is asked.
        let was_declined = says_only_that_none_was_made(function);
        let says_nothing = was_declined || asides::are_all(&function.to_lowercase());
        let function = if says_nothing { "" } else { function };
        let repairs = form.repair_history.as_str();
        let mut state = Self::default();
        let normal = function == FunctionStatus::NORMAL;
        if normal && battery.is_empty() && notes.is_empty() && others.is_empty() {
            return Self { function: function.to_owned(), repairs: repairs.to_owned(), ..state };
        }
        let answer = |text: &str| {
            let of_this = |it: &&Answered| it.field == Field::FunctionStatus && it.text == text;
            answers.iter().find(of_this).map(|it| it.answer.as_str())
        };
        let mut told = Vec::new();
        let (mut works, mut of_parts, mut vague) = (false, Vec::new(), Vec::new());
        let mut repaired = Vec::new();
        let mut unclear = |text: &str, told: &mut Vec<String>, works: &mut bool| match answer(text) {
            Some(FunctionStatus::NORMAL) => *works = true,
            Some(faults) => told.push(faults.to_owned()),
            None => state.unclear.push(text.to_owned()),
        };
        // The words for the grade are read apart: with what follows, 9成新 后盖 is a new part.
        let (of_notes, notes) = grades::among(&two_languages::apart(notes));
        let battery = of_the_battery(battery).unwrap_or_default();
        // What was broken before a repair, and works now, is no fault.
        let works_now =
            [function, repairs, notes.as_str()].into_iter().flat_map(clauses).any(is_all_that_works);
        let past = match () {
            () if works_now => String::new(),
            () if is_blank(function) => without_what_was_mended(past, &[repairs, &notes]),
            // The other cells say what is broken now. Water stays in.
            () => of_water(past),
        };
        for text in others.iter().map(String::as_str).chain([notes.as_str(), battery.as_str(), past.as_str()])
        {
            for clause in clauses(text) {
                works |= says_that_all_works(clause);
                if category == Some(Category::Tablet) && lacks_a_keyboard(clause) {
                    continue;
                }
                match of_a_remark(clause) {
                    Remark::Fault => told.push(clause.to_owned()),
                    Remark::Unclear | Remark::Repair if says_only_that_something_is_wrong(clause) => {
                        vague.push(clause);
                    }
                    Remark::Repair => repaired.push(clause.to_owned()),
                    Remark::Works => works = true,
                    Remark::Unclear | Remark::OfAPart if adds_nothing(clause, &clauses(text)) => {}
                    Remark::Unclear => unclear(clause, &mut told, &mut works),
                    Remark::OfAPart => of_parts.push(clause),
                    Remark::Nothing => {}
                }
            }
        }
        // The partner takes no `&`.
        let (of_function, function) =
            grades::among(&apart(&two_languages::apart(&function.replace('&', " and "))));
        // What was never unpacked works.
        let is_sealed = [form.condition.as_str(), &form.model].into_iter().any(says_it_is_sealed)
            || clauses(&notes).into_iter().any(begins_with_sealed)
            || clauses(repairs).into_iter().any(says_the_box_is_sealed);
        works |= is_sealed || [of_notes, of_function].contains(&grades::Said::Grade(Grade::New, Vec::new()));
        // Below 故障说明, nothing or words about the looks name no fault.
        let names_none = *faults_only && !was_declined && names_no_fault(&function);
        works |= names_none;
        let is_left = function.chars().any(char::is_alphanumeric) || function.trim().len() < 2;
        let function = if names_none || !is_left { String::new() } else { function };
        let function = if *faults_only { of_bare_parts(&function) } else { function };
        let mended: Vec<&str> = match is_blank(&made(repairs)) {
            true => Vec::new(),
            false => clauses(&function).into_iter().filter(|it| says_only_that_it_is_mended(it)).collect(),
        };
        works |= !mended.is_empty();
        let function = if mended.is_empty() { function.clone() } else { without(&function, &mended) };
        let aside = says_nothing_beside_others(&function);
        let function = if aside.is_empty() { function } else { without(&function, &aside) };
        let function = function.as_str();
        let asked = unclear_parts(function);
        let function = match asked.iter().any(|text| answer(text).is_some()) {
            true => without(function, &asked),
            false => function.to_owned(),
        };
        for text in asked {
            unclear(text, &mut told, &mut works);
        }
        let function = function.as_str();
        // Where a device is says nothing of what works, so the other places count.
        let elsewhere = works || !told.is_empty();
        // A cell that says only that something is wrong is told more by another place.
        let silent = is_blank(function) && elsewhere
            || elsewhere && is_of_its_use(function)
            || elsewhere && says_only_that_it_was_never_opened(function)
            || !told.is_empty() && says_only_that_it_is_broken(function);
        let own = if silent { "" } else { function };
        // Among faults, what is said of another part may be one too.
        if own.is_empty() && !told.is_empty() {
            for clause in of_parts {
                unclear(clause, &mut told, &mut works);
            }
        }
        // Another place that says only that something is wrong adds nothing to a fault with a name.
        if !vague.is_empty() && told.is_empty() && !names_a_fault(own) {
            for clause in vague {
                unclear(clause, &mut told, &mut works);
            }
        }
        state.from_elsewhere = own.is_empty() && (!told.is_empty() || works);
        state.function = match (own, told.is_empty()) {
            ("", true) if works => FunctionStatus::NORMAL.to_owned(),
            ("", _) => told.join("、"),
            (own, true) => own.to_owned(),
            (own, false) => format!("{own}、{}", told.join("、")),
        };
        // A question about all that is said, such as about nothing.
        if let Some(answer) = answer(&state.function) {
            answer.clone_into(&mut state.function);
        }
        let repairs = made(&two_languages::apart(repairs));
        let own = if !repaired.is_empty() && is_blank(&repairs) { "" } else { repairs.as_str() };
        if !own.is_empty() {
            repaired.retain(|clause| !says_only_that_it_is_mended(clause));
        }
        repaired.splice(..0, (!own.is_empty()).then(|| own.to_owned()));
        state.repairs = repaired.join("、");
        state
    }
}

/// A cell below 故障说明 with the parts that it only names as broken ones: Face ID. A screen may be cracked, or not show
/// anything, so that it is asked.
fn of_bare_parts(function: &str) -> String {
    let is_one = |clause: &&str| {
        let kinds = faults_of_parts(clause);
        let is_a_screen = |kind: &FaultKind| matches!(kind, FaultKind::Display | FaultKind::OuterGlass);
        read(clause)[..] == [Clause::Bare] && !kinds.is_empty() && !kinds.iter().any(is_a_screen)
    };
    let all = clauses(function);
    if all.is_empty() || !all.iter().all(is_one) {
        return function.to_owned();
    }
    let broken =
        |clause: &str| if clause.is_ascii() { format!("{clause} faulty") } else { format!("{clause}故障") };
    all.into_iter().map(broken).collect::<Vec<_>>().join("、")
}

/// Whether a clause says that something is wrong, and not what: fault, 待报废, out for repair.
fn says_only_that_something_is_wrong(clause: &str) -> bool {
    read(clause)[..] == [Clause::Unnamed] || is_scrapped(clause) || is_to_be_repaired(clause)
}

/// Whether a clause says that a device is to be scrapped, and not what is broken: 待报废.
fn is_scrapped(clause: &str) -> bool {
    const SCRAPPED: [&str; 8] =
        ["待报废", "拟报废", "已报废", "建议报废", "申请报废", "to be scrapped", "write off", "written off"];
    Grade::means_scrapped(clause) || SCRAPPED.iter().any(|word| word.eq_ignore_ascii_case(clause.trim()))
}

/// Whether a cell says that a device was never taken apart, and not whether it works: 未拆机.
fn says_only_that_it_was_never_opened(function: &str) -> bool {
    !function.is_empty() && clauses(function).iter().all(|clause| read(clause)[..] == [Clause::NeverRepaired])
}

/// The clauses of a text that speak of water.
fn of_water(text: &str) -> String {
    let is_water = |clause: &&str| read(clause).contains(&Clause::Fault(Some(FaultKind::Water)));
    clauses(text).into_iter().filter(is_water).collect::<Vec<_>>().join("、")
}

/// Whether a text says that a device was never unpacked.
fn says_it_is_sealed(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["未拆", "未开封", "sealed", "unopened"].iter().any(|word| lower.contains(word))
}

/// Whether a clause in the column of repairs says that the box is sealed. "Unopened" alone does not count: there, it may
/// mean that the device was not taken apart.
fn says_the_box_is_sealed(clause: &str) -> bool {
    matches!(clause.trim().to_lowercase().as_str(), "未拆封" | "未开封" | "factory sealed" | "sealed in box")
}

/// Whether a clause of a remark begins with that: sealed in box, 未拆封.
fn begins_with_sealed(clause: &str) -> bool {
    let lower = clause.to_lowercase();
    ["未拆封", "未开封", "sealed", "unopened", "factory sealed"].iter().any(|word| lower.starts_with(word))
}

/// A text with its Chinese words apart, where a space separates them: 功能全好 在保.
fn apart(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_chinese = |at: Option<usize>| {
        at.and_then(|at| letters.get(at)).is_some_and(|letter| !letter.is_ascii() && letter.is_alphabetic())
    };
    let separates =
        |at: usize| letters[at] == ' ' && is_chinese(at.checked_sub(1)) && is_chinese(Some(at + 1));
    letters.iter().enumerate().map(|(at, letter)| if separates(at) { '，' } else { *letter }).collect()
}

/// Whether a cell names a fault.
fn names_a_fault(text: &str) -> bool {
    clauses(text).into_iter().flat_map(read).any(|clause| matches!(clause, Clause::Fault(_)))
}

#[cfg(test)]
mod tests;
