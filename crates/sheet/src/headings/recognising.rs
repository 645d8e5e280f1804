//! Recognises the columns of a list, by their headings first.

use domain::{Field, tidied};

use super::asked::{Asked, is_of_a_part};
use super::cells::{Cells, place};
use super::columns::Columns;
use super::locks::Lock;
use super::meaning::Meaning;
use super::says::{self, Yes};
use super::whether::asks_about_the_whole;
use super::{FEW_CELLS, MOST_CELLS, Mapping};
use crate::table::TableRow;

impl Mapping {
    /// Recognises columns by their headings, in Chinese or English and in any order. Letter case, spaces,
    /// marks and text in brackets do not matter. Of two columns for the same field, the first counts.
    pub fn recognise(headings: &TableRow) -> Self {
        Self::by(headings, &Cells::default())
    }

    pub(super) fn by(headings: &TableRow, cells: &Cells) -> Self {
        let columns = Columns::new(headings, cells);
        let mut mapping = Self::default();
        mapping.of_fields(&columns);
        mapping.of_names(&columns);
        mapping.of_states(&columns);
        let first = |wanted: Meaning| columns.of(|it| *it == wanted).first().copied();
        mapping.notes = columns.of(|it| *it == Meaning::Notes);
        mapping.battery = first(Meaning::Battery);
        mapping.chip = first(Meaning::Chip);
        let lock = |column: usize| (column, Lock::of(&columns.plain(column)));
        mapping.locks = columns.of(|it| *it == Meaning::Lock).into_iter().map(lock).collect();
        mapping.of_the_grade(&columns);
        mapping.of_ticks(&columns);
        mapping.told_by_cells(&columns);
        mapping.of_a_question(&columns);
        mapping.of_remarks(&columns);
        mapping.of_what_is_now(&columns);
        mapping.of_the_model(&columns);
        for column in columns.all() {
            mapping.of_one_thing(column, &columns);
        }
        mapping
    }

    /// Fields that headings name.
    fn of_fields(&mut self, columns: &Columns<'_>) {
        for field in Field::OF_A_DEVICE {
            let mut named = columns.of(|it| *it == Meaning::Field(field));
            named.retain(|column| !columns.cells.contradict(*column, field));
            self.fields[place(field)] = columns.cells.best(&named, field);
        }
        // A column for several fields holds each that has no column of its own.
        for column in columns.of(|it| matches!(it, Meaning::Fields(_))) {
            if let Some(Meaning::Fields(fields)) = &columns.meanings[column] {
                for field in *fields {
                    self.fields[place(*field)].get_or_insert(column);
                }
            }
        }
    }

    /// Columns with the name of a thing: its kind, its brand or its model, which the cells tell.
    fn of_names(&mut self, columns: &Columns<'_>) {
        let cells = columns.cells;
        let own = columns.of(|it| *it == Meaning::OwnName);
        // Item: 1, 2, 3 counts the lines.
        let names = columns.of(|it| *it == Meaning::Name).into_iter().chain(own);
        for column in names.filter(|column| !cells.are_numbers(*column)) {
            let is_kind = columns.tells(column, Field::DeviceType);
            // 类别名称 says 电子设备 of all that 资产名称 calls 手机 or 打印机.
            let share = |column| cells.share(column, Field::DeviceType);
            let more = self.fields[place(Field::DeviceType)].is_none_or(|other| share(column) > share(other));
            if is_kind && more {
                self.fields[place(Field::DeviceType)] = Some(column);
                continue;
            }
            let field = match () {
                () if is_kind => Field::DeviceType,
                () if columns.tells(column, Field::Brand) => Field::Brand,
                () => Field::Model,
            };
            self.fields[place(field)].get_or_insert(column);
        }
        // 规格 of a list without another column for the model.
        if self.fields[place(Field::Model)].is_none() {
            let several = columns.of(|it| matches!(it, Meaning::Fields(_)));
            self.fields[place(Field::Model)] =
                several.into_iter().find(|column| columns.tells(*column, Field::Model));
        }
    }

    /// Columns with a state: the grade or the function, which the cells tell.
    fn of_states(&mut self, columns: &Columns<'_>) {
        let cells = columns.cells;
        let told = |column: usize| cells.share(column, Field::FunctionStatus);
        // 使用状况 beside 检测意见, whose cells tell what works.
        let is_told_better = |state: usize| {
            columns
                .all()
                .any(|other| columns.is_open(other) && told(other) >= MOST_CELLS && told(other) > told(state))
        };
        for column in columns.of(|it| *it == Meaning::State) {
            let field = match () {
                // 机器情况 has all in one cell.
                () if columns.tells(column, Field::Model) => Field::Model,
                () if columns.tells(column, Field::Condition) || cells.are_rated(column) => Field::Condition,
                // Ready to deploy, in use, 不需用: such a state is a remark.
                () if cells.columns() > 0 && cells.share(column, Field::FunctionStatus) == 0.0 => continue,
                () if is_told_better(column) => continue,
                () => Field::FunctionStatus,
            };
            self.fields[place(field)].get_or_insert(column);
        }
    }

    /// 有没有坏的地方 of a list without another column for what works.
    fn of_a_question(&mut self, columns: &Columns<'_>) {
        let asks = |column: &usize| {
            let heading = columns.heading(*column);
            says::is_a_question(heading)
                && matches!(Yes::of(&columns.plain(*column)), Some(Yes::Works | Yes::Broken))
                && columns.is_open(*column)
                && !columns.cells.are_numbers(*column)
                && !Asked::is_of_one_thing(heading)
                && !is_of_a_part(heading)
                && !says::is_of_the_past(heading)
                && !says::is_of_its_end(heading)
        };
        let function = &mut self.fields[place(Field::FunctionStatus)];
        if function.is_none() {
            *function = columns.all().find(asks);
            self.notes.retain(|column| *function != Some(*column));
        }
    }

    /// Fault reported beside State now: what a customer reported may have been repaired since.
    fn of_what_is_now(&mut self, columns: &Columns<'_>) {
        // Most cells of 处理结果 may say 未修 only.
        let is_now = |column: &usize| {
            says::is_of_now(columns.heading(*column))
                && columns.cells.share(*column, Field::FunctionStatus) > 0.0
        };
        let Some(now) = columns.all().find(is_now) else { return };
        let is_reported = |column: usize| column != now && says::is_of_a_report(columns.heading(column));
        let function = &mut self.fields[place(Field::FunctionStatus)];
        if let Some(reported) = function.filter(|column| is_reported(*column)) {
            *function = Some(now);
            self.past.push(reported);
        }
        let reported: Vec<usize> = self.notes.iter().copied().filter(|column| is_reported(*column)).collect();
        self.notes.retain(|column| !reported.contains(column));
        self.past.extend(reported);
        if !self.past.is_empty() && !self.holds(now) {
            self.notes.push(now);
        }
    }

    /// How the grades are written.
    fn of_the_grade(&mut self, columns: &Columns<'_>) {
        let cells = columns.cells;
        let grade = &mut self.fields[place(Field::Condition)];
        if grade.is_none() {
            // Body /10
            let of_ten = |column: &usize| {
                columns.is_open(*column)
                    && columns.heading(*column).contains("10")
                    && cells.are_of_ten(*column)
            };
            *grade = columns.all().find(of_ten);
        }
        self.is_share = grade.is_some_and(|column| cells.are_shares(column));
        self.is_of_ten = grade.is_some_and(|column| cells.are_of_ten(column));
    }

    /// Other columns that tell faults and repairs.
    fn of_remarks(&mut self, columns: &Columns<'_>) {
        // Another column for the state may name a fault too.
        let of_the_state = |it: &Meaning| match it {
            Meaning::State => true,
            Meaning::Field(field) => {
                matches!(field, Field::FunctionStatus | Field::RepairHistory | Field::Condition)
            }
            Meaning::Fields(_)
            | Meaning::Name
            | Meaning::OwnName
            | Meaning::Chip
            | Meaning::Notes
            | Meaning::Battery
            | Meaning::Lock => false,
        };
        let others: Vec<usize> = columns.of(of_the_state).into_iter().filter(|it| !self.holds(*it)).collect();
        self.notes.extend(others);
        // A column whose heading is not known, and that names faults.
        let names_faults = |column: &usize| {
            matches!(columns.meanings[*column], None | Some(Meaning::Name))
                && !says::is_of_its_end(columns.heading(*column))
                && !self.holds(*column)
                && !is_of_a_part(columns.heading(*column))
                && !columns.cells.are_answers(*column)
                && columns.cells.share(*column, Field::FunctionStatus) >= FEW_CELLS
        };
        let others: Vec<usize> = columns.all().filter(names_faults).collect();
        let function = self.fields[place(Field::FunctionStatus)];
        let is_past = |column: &usize| function.is_some() && says::is_of_the_past(columns.heading(*column));
        let (past, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_past);
        self.past.extend(past);
        self.notes.extend(others);
        self.faults_only = function.is_some_and(|column| {
            says::asks_for_faults(&columns.plain(column), columns.heading(column))
                && columns.cells.filled(column) > 0
        });
    }

    /// A column about one fault or one part, and what a yes says below its heading.
    fn of_one_thing(&mut self, column: usize, columns: &Columns<'_>) {
        let heading = columns.heading(column);
        // Below Working status or 功能, yes says that it works, where most cells are yes or no.
        let is_answered = || {
            let is_the_function = self.fields[place(Field::FunctionStatus)] == Some(column);
            // Damage / repair, 故障检测: a yes may say that it is broken.
            let is = is_the_function
                && columns.cells.are_answers_mostly(column)
                && !says::speaks_of_faults(&columns.plain(column));
            is.then_some(Yes::Works)
        };
        let yes =
            asks_about_the_whole(heading).or_else(|| Yes::of(&columns.plain(column))).or_else(is_answered);
        let repairs = &mut self.fields[place(Field::RepairHistory)];
        if yes == Some(Yes::Repaired) && repairs.is_none() && columns.is_open(column) {
            *repairs = Some(column);
            self.notes.retain(|note| *note != column);
        }
        let is_free = |mapping: &Self| columns.is_open(column) && !mapping.holds(column);
        if is_free(self) && columns.cells.are_answers(column) {
            self.asked.extend(Asked::of(heading).map(|asked| (column, asked)));
        }
        if is_free(self) && is_of_a_part(heading) {
            self.parts.push((column, tidied(heading)));
        }
        if is_free(self) && !says::is_of_its_end(heading) {
            self.others.push(column);
        }
        self.yes.extend(yes.map(|yes| (column, yes)));
    }
}
