//! What is wrong with a list, by cell.

use domain::Problem;

use crate::cells::NotANumber;
use crate::names::Column;

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The sheet's name; `None` in a text such as CSV.
    pub sheet: Option<String>,
    /// The cell's name, such as `C5`.
    pub cell: String,
    /// What is wrong.
    pub kind: MistakeKind,
}

/// What is wrong with a cell, a row or a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MistakeKind {
    /// No row of the sheet has the headings.
    NoHeadings(Vec<Column>),
    /// There is no such column.
    NoColumn(Column),
    /// The heading is not known. With it the dealer's own words for grades, if the list is in these.
    UnknownColumn(String, Option<String>),
    /// Another column, with this cell as its heading, holds the same.
    ColumnTwice(String),
    /// There are neither columns of grades nor a price.
    NoPrices,
    /// There are columns of grades as well as one price.
    TwoKindsOfPrices,
    /// One price needs the sheet of discounts.
    NoDiscounts,
    /// Columns of grades need no sheet of discounts.
    DiscountsBesideGrades,
    /// Another sheet of this name is there.
    SheetTwice,
    /// There are no devices.
    NoDevices,
    /// There are more devices than a list may have.
    TooManyDevices,
    /// The cell is empty and may not be.
    Missing(Column),
    /// The text cannot be part of what is asked.
    Unfit(Problem),
    /// It is no kind of device that is quoted.
    UnknownType(String),
    /// It is a thing that is not quoted, such as a keyboard.
    NoDevice(String),
    /// The sizes in the row are unclear, or contradict each other.
    UnclearSize(String),
    /// It is no grade. With it the dealer's own words, if the list is in these.
    UnknownGrade(String, Option<String>),
    /// It is no fault of the list.
    UnknownFault(String),
    /// It is no repair of the list.
    UnknownRepair(String),
    /// The price of 九成新 is not that price.
    NotTheGradeOfPrices,
    /// It is no price or amount.
    NoAmount(String, NotANumber),
    /// It is no share.
    NoShare(String, NotANumber),
    /// Both an amount and a percentage, or neither.
    NotOneOf(Column, Column),
    /// The cell that says the same before.
    Twice(String),
    /// It is no day.
    NoDay(String),
}

impl MistakeKind {
    /// Its name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoHeadings(_) => "no_headings",
            Self::NoColumn(_) => "no_column",
            Self::UnknownColumn(..) => "unknown_column",
            Self::ColumnTwice(_) => "column_twice",
            Self::NoPrices => "no_prices",
            Self::TwoKindsOfPrices => "two_kinds_of_prices",
            Self::NoDiscounts => "no_discounts",
            Self::DiscountsBesideGrades => "discounts_beside_grades",
            Self::SheetTwice => "sheet_twice",
            Self::NoDevices => "no_devices",
            Self::TooManyDevices => "too_many_devices",
            Self::Missing(_) => "missing",
            Self::Unfit(_) => "unfit",
            Self::UnknownType(_) => "unknown_type",
            Self::NoDevice(_) => "no_device",
            Self::UnclearSize(_) => "unclear_size",
            Self::UnknownGrade(..) => "unknown_grade",
            Self::UnknownFault(_) => "unknown_fault",
            Self::UnknownRepair(_) => "unknown_repair",
            Self::NotTheGradeOfPrices => "not_the_grade_of_prices",
            Self::NoAmount(..) => "no_amount",
            Self::NoShare(..) => "no_share",
            Self::NotOneOf(..) => "not_one_of",
            Self::Twice(_) => "twice",
            Self::NoDay(_) => "no_day",
        }
    }
}

/// Everything that is wrong with a list: the first mistakes, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mistakes {
    listed: Vec<Mistake>,
    all: usize,
}

impl Mistakes {
    /// The most mistakes that are listed.
    pub const LISTED: usize = 50;

    /// The first of them, in the order of the sheets and rows.
    pub fn listed(&self) -> &[Mistake] {
        &self.listed
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all
    }

    pub(crate) fn add(&mut self, mistake: Mistake) {
        self.all += 1;
        if self.listed.len() < Self::LISTED {
            self.listed.push(mistake);
        }
    }
}
