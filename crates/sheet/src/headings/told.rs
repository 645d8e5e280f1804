//! Fields whose columns only the cells tell.

use domain::{Field, tidied};

use super::asked::is_of_a_part;
use super::cells::place;
use super::columns::Columns;
use super::meaning::Meaning;
use super::ticks::names_a_grade;
use super::{FEW_CELLS, HALF, MOST_CELLS, Mapping};

impl Mapping {
    /// Gives fields without a column those columns whose headings are not known, but whose cells tell the field.
    pub(super) fn told_by_cells(&mut self, columns: &Columns<'_>) {
        let (cells, meanings) = (columns.cells, &columns.meanings);
        let fields = [
            Field::Model,
            Field::DeviceType,
            Field::Brand,
            Field::Condition,
            Field::Storage,
            Field::FunctionStatus,
        ];
        for field in fields {
            if self.fields[place(field)].is_some() {
                continue;
            }
            // A description may be of the faults.
            let is_open = |meaning: &Option<Meaning>| match meaning {
                None => true,
                // Details may be the model's.
                Some(_) if field == Field::Model => true,
                Some(meaning) => field == Field::FunctionStatus && *meaning == Meaning::Name,
            };
            let is_free =
                |column: &usize| !self.holds(*column) || field == Field::Model && self.notes.contains(column);
            let free = columns.all().filter(|column| is_open(&meanings[*column]) && is_free(column));
            // Nothing else looks like the names of models, and like sizes or kits.
            let least = if matches!(field, Field::Model | Field::Storage) { HALF } else { MOST_CELLS };
            let is_of_it =
                |column: &usize| field != Field::FunctionStatus || !is_of_a_part(columns.heading(*column));
            let told: Vec<usize> =
                free.filter(|column| is_of_it(column) && cells.share(*column, field) >= least).collect();
            match cells.best(&told, field) {
                // 处置原因 may tell faults, and much besides: it is read as remarks.
                Some(column) if field == Field::FunctionStatus && meanings[column].is_none() => {
                    self.notes.push(column);
                }
                best => {
                    self.fields[place(field)] = best;
                    self.notes.retain(|column| best != Some(*column));
                }
            }
        }
        if self.fields[place(Field::Storage)].is_none() {
            let is_open = |column: &usize| meanings[*column].is_none() && !self.holds(*column);
            self.fields[place(Field::Storage)] =
                columns.all().filter(is_open).find(|column| cells.are_sizes(*column));
        }
        // 8GB, 16GB beside a column of storage.
        if self.fields[place(Field::Ram)].is_none() && self.fields[place(Field::Storage)].is_some() {
            let is_open = |column: &usize| meanings[*column].is_none() && !self.holds(*column);
            self.fields[place(Field::Ram)] =
                columns.all().filter(is_open).find(|column| cells.are_memories_with_a_unit(*column));
        }
        self.of_two_for_sizes(columns);
        // 内存 of a list without another column for sizes: storage or memory, by its cells.
        if self.fields[place(Field::Storage)].is_none()
            && let Some(column) = self.fields[place(Field::Ram)]
            && cells.share(column, Field::Storage) > 0.0
        {
            self.fields[place(Field::Storage)] = Some(column);
        }
    }

    /// 规格 with memories beside 配置 with storages: each may have both sizes.
    fn of_two_for_sizes(&mut self, columns: &Columns<'_>) {
        if self.fields[place(Field::Storage)] != self.fields[place(Field::Ram)] {
            return;
        }
        let cells = columns.cells;
        let of_sizes = columns.of(|it| matches!(it, Meaning::Fields(fields) if fields.contains(&Field::Ram)));
        let Some(memory) = of_sizes.iter().copied().find(|column| cells.are_memories(*column)) else {
            return;
        };
        let has_storages = |column: &usize| {
            *column != memory && (cells.are_sizes(*column) || cells.share(*column, Field::Storage) > 0.0)
        };
        if let Some(storage) = of_sizes.iter().copied().find(has_storages) {
            self.fields[place(Field::Storage)] = Some(storage);
            self.fields[place(Field::Ram)] = Some(memory);
        }
    }

    /// The model's own column where its heading says something else, and where the rest of its name stands.
    pub(super) fn of_the_model(&mut self, columns: &Columns<'_>) {
        // Make and name: the brand's column has the model too.
        if let (None, Some(column)) = (self.fields[place(Field::Model)], self.fields[place(Field::Brand)])
            && columns.tells(column, Field::Model)
        {
            self.fields[place(Field::Model)] = Some(column);
        }
        self.of_makers_only(columns);
        self.of_a_name_and_its_rest(columns);
        // A code in the place of the model, such as SM-S918B, has its name in another column.
        let is_name = |column: &usize| {
            let is_open = matches!(
                columns.meanings[*column],
                None | Some(Meaning::Name | Meaning::OwnName | Meaning::Field(Field::Model))
            );
            is_open
                && !self.fields.contains(&Some(*column))
                && columns.cells.share(*column, Field::Model) >= FEW_CELLS
        };
        self.names = columns.all().filter(is_name).collect();
    }

    /// Finds the columns of grades: two at least, with ticks and nothing else.
    pub(super) fn of_ticks(&mut self, columns: &Columns<'_>) {
        let grade = |column: usize| {
            let heading = columns.heading(column);
            (names_a_grade(heading) && columns.cells.are_ticks(column)).then(|| (column, tidied(heading)))
        };
        let ticked: Vec<_> = columns.all().filter_map(grade).collect();
        if ticked.len() >= 2 {
            self.ticked = ticked;
        }
    }

    /// Make & model with makers only, beside Item with the models.
    fn of_makers_only(&mut self, columns: &Columns<'_>) {
        let Some(makers) = self.fields[place(Field::Model)] else { return };
        // Unit: T-9002 beside SKU description.
        let may_be_other = matches!(columns.meanings[makers], Some(Meaning::Name | Meaning::OwnName))
            || columns.tells(makers, Field::Brand);
        if !may_be_other || columns.cells.share(makers, Field::Model) > 0.0 {
            return;
        }
        let may_name = |column: usize| match &columns.meanings[column] {
            None | Some(Meaning::Name | Meaning::OwnName | Meaning::Field(Field::Model)) => true,
            Some(Meaning::Fields(_)) => true,
            Some(_) => false,
        };
        let is_model =
            |column: &usize| may_name(*column) && *column != makers && columns.tells(*column, Field::Model);
        if let Some(model) = columns.all().find(is_model) {
            self.fields[place(Field::Model)] = Some(model);
            self.notes.retain(|column| *column != model);
            // 规格 has the memory only where it has the storage too.
            if self.fields[place(Field::Ram)] == Some(model)
                && self.fields[place(Field::Storage)] != Some(model)
            {
                self.fields[place(Field::Ram)] = None;
            }
        }
    }

    /// A model's name in two columns: EOS and R6 Mark II; or MacBook Air below 资产名称, and 13英寸 M3 below 规格型号.
    fn of_a_name_and_its_rest(&mut self, columns: &Columns<'_>) {
        let cells = columns.cells;
        let Some(model) = self.fields[place(Field::Model)] else { return };
        if cells.are_series(model) {
            let next = model + 1;
            let is_free = columns.is_open(next) && !self.fields.contains(&Some(next));
            self.rest_of_name = (is_free && cells.have_numbers(next)).then_some(next);
        } else if !columns.tells(model, Field::Model) && !cells.are_codes(model) {
            let is_name = |column: &usize| {
                let is_a_name = matches!(columns.meanings[*column], Some(Meaning::Name | Meaning::OwnName));
                is_a_name && columns.tells(*column, Field::Model) && !self.fields.contains(&Some(*column))
            };
            if let Some(name) = columns.all().find(is_name) {
                self.fields[place(Field::Model)] = Some(name);
                self.rest_of_name = Some(model);
            }
        }
    }
}
