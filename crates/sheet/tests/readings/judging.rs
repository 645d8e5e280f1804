//! Compares what was read with what is right.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use domain::{Field, RepairHistory, Score};

use crate::expected::{FIELDS, Reading, Row};
use crate::reading::{Outcome, Read, read_list};

/// Rows by how they were read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Figures {
    rows: usize,
    right: usize,
    asked: usize,
    /// A price for another device, grade or function, or a row that vanished without a word.
    pub(crate) silently_wrong: usize,
}

impl Figures {
    pub(crate) fn add(&mut self, other: Self) {
        self.rows += other.rows;
        self.right += other.right;
        self.asked += other.asked;
        self.silently_wrong += other.silently_wrong;
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, right, asked, silently_wrong } = self;
        let wrong = rows - right;
        write!(f, "{right} of {rows} rows right ({asked} of them asked), {wrong} wrong, ")?;
        write!(f, "{silently_wrong} of these silently")
    }
}

/// How a row was read.
enum Verdict {
    Right { asked: bool },
    Wrong(String),
    Silent(String),
}

/// The figures of a list, and what is wrong with it.
pub(crate) fn judge(list: &str, bytes: &[u8], reading: &Reading) -> (Figures, Vec<String>) {
    judged(list, read_list(bytes), reading)
}

/// The figures of a list that was read, and what is wrong with it.
pub(crate) fn judged(list: &str, read: Result<Read, String>, reading: &Reading) -> (Figures, Vec<String>) {
    let rows = reading.rows.len();
    let read = match read {
        Ok(read) => read,
        Err(message) if says(&message, &reading.or_refused_saying) => {
            return (Figures { rows, right: rows, asked: rows, silently_wrong: 0 }, Vec::new());
        }
        Err(message) => {
            return (Figures { rows, ..Figures::default() }, vec![format!("{list}: refused: {message}")]);
        }
    };
    let mut figures = Figures { rows, ..Figures::default() };
    let mut complaints = Vec::new();
    for row in &reading.rows {
        let complaint = match verdict(row, read.rows.get(&row.row)) {
            Verdict::Right { asked } => {
                figures.right += 1;
                figures.asked += usize::from(asked);
                continue;
            }
            Verdict::Wrong(why) => why,
            Verdict::Silent(why) => {
                figures.silently_wrong += 1;
                format!("SILENTLY: {why}")
            }
        };
        let asked = read.questions.get(&row.row).map(|it| it.join("; ")).unwrap_or_default();
        complaints.push(format!("{list} row {}: {complaint}; asked: {asked:?}", row.row));
    }
    complaints.extend(of_the_whole(reading, &read).into_iter().map(|why| format!("{list}: {why}")));
    (figures, complaints)
}

/// What is wrong with the list as a whole.
fn of_the_whole(reading: &Reading, read: &Read) -> Vec<String> {
    let mut complaints = Vec::new();
    let known: BTreeSet<u32> = reading.rows.iter().map(|row| row.row).collect();
    for (number, outcome) in &read.rows {
        if !known.contains(number) && !matches!(outcome, Outcome::PassedOver) {
            complaints.push(format!("row {number} is no row of the list: {outcome:?}"));
        }
    }
    if !says(&read.said, &reading.tells) && !reading.tells.is_empty() {
        complaints.push(format!("{:?} does not tell {:?}", read.said, reading.tells));
    }
    let priced = read.rows.values().filter_map(|outcome| match outcome {
        Outcome::Priced(words) => Some(words),
        Outcome::Asked(_) | Outcome::PassedOver => None,
    });
    let calls = priced.collect::<BTreeSet<&BTreeMap<Field, String>>>().len();
    if reading.most_calls.is_some_and(|most| calls > most) {
        complaints.push(format!("{calls} calls"));
    }
    complaints
}

/// Whether a message has a word of each group. Of a pattern (`re:`), the groups have a plain word too.
fn says(message: &str, groups: &[Vec<String>]) -> bool {
    let has = |word: &String| match word.strip_prefix("re:") {
        Some(_) => ["line 3", "row 3"].iter().any(|place| message.contains(place)),
        None => message.contains(word.as_str()),
    };
    !groups.is_empty() && groups.iter().all(|group| group.iter().any(has))
}

fn verdict(row: &Row, outcome: Option<&Outcome>) -> Verdict {
    match (&row.skip, outcome) {
        (Some(_), Some(Outcome::PassedOver)) => Verdict::Right { asked: false },
        (Some(_), None) if !row.tell => Verdict::Right { asked: false },
        (Some(why), None) => Verdict::Wrong(format!("it is not said that it was not quoted ({why})")),
        (Some(why), Some(Outcome::Asked(fields))) => {
            Verdict::Wrong(format!("asks for {fields:?}, but is {why}"))
        }
        (Some(why), Some(Outcome::Priced(words))) => {
            Verdict::Silent(format!("priced as {words:?}, but is {why}"))
        }
        (None, None) => Verdict::Silent("vanished".into()),
        (None, Some(Outcome::PassedOver)) => Verdict::Wrong("passed over".into()),
        (None, Some(Outcome::Asked(fields))) => asked(row, fields),
        (None, Some(Outcome::Priced(words))) => priced(row, words),
    }
}

fn asked(row: &Row, fields: &[Field]) -> Verdict {
    let named = |name: &str| FIELDS.iter().any(|(it, field)| *it == name && fields.contains(field));
    for (name, _) in FIELDS {
        if named(name) && !row.may_ask(name) {
            return Verdict::Wrong(format!(
                "asks for {name}, which is {:?}; fields {fields:?}",
                row.words(name)
            ));
        }
        if row.asks(name) && !named(name) {
            return Verdict::Wrong(format!("does not ask for {name}, but {fields:?}"));
        }
    }
    if fields.is_empty() {
        Verdict::Wrong("no field is named".into())
    } else {
        Verdict::Right { asked: true }
    }
}

fn priced(row: &Row, words: &BTreeMap<Field, String>) -> Verdict {
    for (name, field) in FIELDS {
        let said = words.get(&field).map_or("", String::as_str);
        let right = row.words(name);
        let agrees = match field {
            Field::FunctionStatus => right.iter().any(|it| parts(it) == parts(said)),
            Field::RepairHistory if right.is_empty() => repairs(said) == repairs(""),
            Field::RepairHistory => right.iter().any(|it| repairs(said) == repairs(it)),
            Field::DeviceType
            | Field::Brand
            | Field::Model
            | Field::Storage
            | Field::Ram
            | Field::Condition
            | Field::PurchaseChannel
            | Field::Keyword => right.contains(&said) || (right.is_empty() && said.is_empty()),
        };
        if !agrees {
            return Verdict::Silent(format!("{name} is {right:?}, and was read as {said:?}"));
        }
    }
    Verdict::Right { asked: false }
}

fn parts(text: &str) -> BTreeSet<&str> {
    text.split('、').collect()
}

/// What the repairs take off the condition score; no repair takes nothing.
fn repairs(text: &str) -> Option<Score> {
    let repairs = RepairHistory::parse(text).ok()?;
    Some(repairs.map_or(Score::ZERO, |it| it.penalty()))
}
