//! What the rows say of each field, by the columns that were recognised.

use domain::{Field, Written, bounded, is_a_code, tidied, told_by, understand};

use super::Mapping;
use super::asked::{battery_works, of_a_part, part_works, says_its_origin};
use super::cells::{Cells, below, place};
use super::chips::with_its_chip;
use super::elsewhere::is_a_remark;
use super::locks::of_a_lock;
use super::says::{with_yes_and_no, yes_or_no};
use super::ticks::is_a_tick;
use crate::table::{Table, TableRow};

/// Whether a cell names a model by more than its family: `Latitude` alone names none.
fn names_a_model(cell: &str) -> bool {
    told_by(cell) == Some(Field::Model) && !is_a_code(cell) && cell.bytes().any(|it| it.is_ascii_digit())
}

impl Mapping {
    /// Recognises columns by their headings and by the cells below them: of two columns for the same field, the one
    /// whose cells tell that field counts, and a column whose heading is not known may be told by its cells.
    pub fn of(table: &Table, headings: &TableRow) -> Self {
        let mut mapping = Self::by(headings, &Cells::below(table, headings));
        for row in below(table, headings) {
            let form = understand(&mapping.written(row)).form;
            let told = |field: &Field| !form.text(*field).is_empty();
            mapping.told.extend([Field::DeviceType, Field::Brand, Field::Storage].into_iter().filter(told));
        }
        mapping.told.sort_unstable();
        mapping.told.dedup();
        mapping
    }

    /// What a row's cells say of each field, and its remarks.
    pub(crate) fn written(&self, row: &TableRow) -> Written {
        let cell = |column: usize| row.cells.get(column).map_or("", String::as_str);
        let mut written = Written::default();
        for (field, column) in self.columns() {
            if let Some(place) = written.form.text_mut(field) {
                let text = tidied(cell(column));
                let text = match (field, text.as_str()) {
                    (Field::Condition, "1") if self.is_share => "100%".to_owned(),
                    (Field::Condition, points) if self.is_of_ten && points.parse::<f64>().is_ok() => {
                        format!("{points}/10")
                    }
                    (Field::Model, name) if self.rest_of_name.is_some() => {
                        let rest = tidied(self.rest_of_name.map(cell).unwrap_or_default());
                        // 小米笔记本, Xiaomi Book Pro 16 2022: the rest is the whole name.
                        if name.is_empty() || names_a_model(&rest) { rest } else { format!("{name} {rest}") }
                    }
                    _ => text,
                };
                let of_its_state = matches!(field, Field::FunctionStatus | Field::RepairHistory);
                let text = if of_its_state { self.with_yes_and_no(column, &text) } else { text };
                *place = bounded(&text, field.longest()).into_owned();
            }
        }
        if written.form.condition.is_empty() {
            written.form.condition = self.grades_ticked(cell);
        }
        let notes = self.notes.iter().map(|column| self.with_yes_and_no(*column, &tidied(cell(*column))));
        let locks = self.locks.iter().filter_map(|(column, lock)| of_a_lock(cell(*column), *lock));
        let parts = self.parts.iter().filter_map(|(column, name)| of_a_part(name, &tidied(cell(*column))));
        let others = self.others.iter().map(|column| cell(*column)).filter(|cell| is_a_remark(cell));
        let others = locks.chain(others).map(str::to_owned);
        let function = self.fields[place(Field::FunctionStatus)];
        let all_work =
            (function.is_none() && self.says_that_all_parts_work(&cell)).then(|| "功能正常".to_owned());
        let answered = self.asked.iter().filter_map(|(column, asked)| asked.answered(cell(*column)));
        let notes =
            notes.chain(others).chain(parts).chain(answered).chain(all_work).filter(|text| !text.is_empty());
        written.notes = notes.collect::<Vec<_>>().join("；");
        let past: Vec<String> = self.past.iter().map(|column| tidied(cell(*column))).collect();
        written.past = past.join("；");
        written.faults_only = self.faults_only;
        if is_a_code(&written.form.model)
            && let Some(name) =
                self.names.iter().map(|column| tidied(cell(*column))).find(|it| names_a_model(it))
        {
            written.form.model = bounded(&name, Field::Model.longest()).into_owned();
        }
        written.battery = self.battery.map(cell).unwrap_or_default().to_owned();
        if let Some(column) = self.chip {
            with_its_chip(&mut written.form, cell(column));
        }
        let storage = written.form.storage.clone();
        with_its_chip(&mut written.form, &storage);
        written
    }

    /// The grades that are ticked in a row.
    pub(super) fn grades_ticked<'a>(&self, cell: impl Fn(usize) -> &'a str) -> String {
        let ticked = self.ticked.iter().filter(|(column, _)| is_a_tick(cell(*column)));
        ticked.map(|(_, grade)| grade.as_str()).collect::<Vec<_>>().join("、")
    }

    /// Whether columns about three parts or more say that each of them works: Powers on, Display, Keyboard.
    fn says_that_all_parts_work<'a>(&self, cell: &impl Fn(usize) -> &'a str) -> bool {
        let asked: Vec<usize> = self
            .asked
            .iter()
            .filter(|(_, asked)| asked.is_of_what_works())
            .map(|(column, _)| *column)
            .collect();
        let parts: Vec<usize> = self.parts.iter().map(|(column, _)| *column).collect();
        let battery = self.battery.map(cell);
        // A part that is the first one or a new one was not tested by that.
        let is_tested = !asked.is_empty() || parts.iter().any(|column| !says_its_origin(cell(*column)));
        is_tested
            && asked.len() + parts.len() + usize::from(battery.is_some_and(|it| !it.is_empty())) >= 3
            && asked.into_iter().all(|column| yes_or_no(cell(column)) == Some(true))
            && parts.into_iter().all(|column| part_works(cell(column)))
            && battery.is_none_or(battery_works)
    }

    /// The text of a cell, with its yes or no in words.
    fn with_yes_and_no(&self, column: usize, text: &str) -> String {
        let yes = self.yes.iter().find(|(it, _)| *it == column);
        yes.map_or_else(|| text.to_owned(), |(_, yes)| with_yes_and_no(*yes, text))
    }
}
