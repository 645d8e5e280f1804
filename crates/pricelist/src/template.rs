//! A list to fill in.

use domain::{Category, FaultKind, Grade, RepairKind, Term};
use rust_decimal::Decimal;
use sheet::{BlankCell, BlankColumn, BlankSheet, ReportError, blank_workbook};

use crate::names::{Column, Part};

/// How the prices of a template are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// One price, with the sheet of discounts.
    OnePrice,
    /// A column for each grade.
    ByGrade,
}

impl Template {
    /// The workbook (.xlsx): headings in both languages, drop-downs, and examples that are a list without a mistake.
    ///
    /// # Errors
    /// When the workbook cannot be made.
    pub fn workbook(self) -> Result<Vec<u8>, ReportError> {
        let discounts = (self == Self::OnePrice).then(discounts);
        let sheets = [Some(self.devices()), discounts, Some(deductions()), Some(repairs())];
        blank_workbook(&sheets.into_iter().flatten().collect::<Vec<_>>())
    }

    fn devices(self) -> BlankSheet {
        let mut columns = vec![
            column(Column::Type, words::<Category>(|_| true)),
            column(Column::Brand, Vec::new()),
            column(Column::Model, Vec::new()),
            column(Column::Storage, Vec::new()),
            column(Column::Memory, Vec::new()),
        ];
        match self {
            Self::OnePrice => columns.push(column(Column::Price, Vec::new())),
            Self::ByGrade => {
                columns.extend(Grade::ALL.iter().map(|grade| column(Column::Of(*grade), Vec::new())));
            }
        }
        let examples = [
            ("手机", "苹果", "iPhone 14 Pro", "256GB", "", 4_500),
            ("手机", "华为", "Mate 60 Pro", "512GB", "12GB", 4_200),
            ("平板", "苹果", "iPad Air (第五代)", "64GB", "", 2_300),
            ("笔记本", "联想", "ThinkPad X1 Carbon Gen 11", "512GB", "16GB", 5_800),
            ("相机", "索尼", "Alpha 7 IV", "机身", "", 9_600),
        ];
        let rows = examples.map(|(kind, brand, model, storage, memory, price)| {
            let mut cells: Vec<BlankCell> = [kind, brand, model, storage, memory].map(text).to_vec();
            match self {
                Self::OnePrice => cells.push(BlankCell::Yuan(Decimal::from(price))),
                Self::ByGrade => cells.extend(
                    SHARES.map(|(_, hundredths)| BlankCell::Yuan(Decimal::from(price * hundredths / 100))),
                ),
            }
            cells
        });
        let from = BlankCell::Text(Column::ValidFrom.heading());
        BlankSheet {
            name: "价格 Prices".into(),
            // The day is filled in beside it.
            above: vec![vec![from, BlankCell::Empty]],
            columns,
            rows: rows.to_vec(),
        }
    }
}

/// What each grade is worth, in hundredths of 九成新.
const SHARES: [(Grade, i64); 7] = [
    (Grade::New, 115),
    (Grade::LikeNew, 108),
    (Grade::Excellent, 100),
    (Grade::Good, 85),
    (Grade::Fair, 70),
    (Grade::Worn, 55),
    (Grade::Poor, 40),
];

fn discounts() -> BlankSheet {
    let row = |(grade, hundredths): (Grade, i64)| {
        vec![text(grade.word()), BlankCell::Share(Decimal::new(hundredths, 2))]
    };
    BlankSheet {
        name: part(Part::Discounts),
        above: Vec::new(),
        columns: vec![column(Column::Grade, words::<Grade>(|_| true)), column(Column::Ratio, Vec::new())],
        rows: SHARES.map(row).to_vec(),
    }
}

fn deductions() -> BlankSheet {
    let rows = [
        (FaultKind::OuterGlass, None, Some(15)),
        (FaultKind::Display, None, Some(40)),
        (FaultKind::Battery, Some(300), None),
        (FaultKind::Camera, None, Some(12)),
        (FaultKind::Buttons, Some(200), None),
    ];
    takes_off(
        Part::Deductions,
        words::<FaultKind>(|_| true),
        &rows.map(|(kind, amount, share)| (kind.word(), amount, share)),
    )
}

fn repairs() -> BlankSheet {
    let rows = [
        (RepairKind::Battery, Some(150), None),
        (RepairKind::Screen, None, Some(20)),
        (RepairKind::Housing, None, Some(10)),
    ];
    let words = words::<RepairKind>(|kind| kind != RepairKind::None);
    takes_off(Part::Repairs, words, &rows.map(|(kind, amount, share)| (kind.word(), amount, share)))
}

fn takes_off(of: Part, words: Vec<&'static str>, rows: &[(&str, Option<i64>, Option<i64>)]) -> BlankSheet {
    let row = |(word, amount, share): &(&str, Option<i64>, Option<i64>)| {
        let amount = amount.map_or(BlankCell::Empty, |yuan| BlankCell::Yuan(Decimal::from(yuan)));
        let share =
            share.map_or(BlankCell::Empty, |hundredths| BlankCell::Share(Decimal::new(hundredths, 2)));
        vec![text(word), amount, share]
    };
    BlankSheet {
        name: part(of),
        above: Vec::new(),
        columns: vec![
            column(of.first(), words),
            column(Column::Amount, Vec::new()),
            column(Column::Percent, Vec::new()),
        ],
        rows: rows.iter().map(row).collect(),
    }
}

fn column(column: Column, words: Vec<&'static str>) -> BlankColumn {
    BlankColumn { heading: column.heading(), words }
}

fn words<T: Term>(wanted: impl Fn(T) -> bool) -> Vec<&'static str> {
    T::ALL.iter().copied().filter(|word| wanted(*word)).map(Term::word).collect()
}

fn part(part: Part) -> String {
    let (chinese, english) = part.names();
    format!("{chinese} {english}")
}

fn text(text: &str) -> BlankCell {
    if text.is_empty() { BlankCell::Empty } else { BlankCell::Text(text.to_owned()) }
}
