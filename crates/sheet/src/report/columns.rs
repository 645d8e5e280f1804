//! The columns of a report, once for all formats.

use domain::{Field, Moment, Money, Price, Quote, Source};
use rust_decimal::Decimal;

use super::words::{ReportLanguage, Word};
use super::{Outcome, ReportRow};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing: it is not known.
    Empty,
    /// Text that came with the list: whatever it begins with, it is no formula.
    Input(String),
    /// Text of ours or the partner's.
    Text(String),
    /// A number.
    Number(Decimal),
    /// An amount, in yuan where it is written.
    Money(Money),
    /// A moment, in UTC+8 where it is written.
    Time(Moment),
    /// Yes or no.
    Flag(bool),
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(super) enum Column {
    Given(Field),
    Own(Word),
}

/// What follows the list's own columns.
const OWN: [Word; 21] = [
    Word::Outcome,
    Word::Reason,
    Word::Price,
    Word::Base,
    Word::Discount,
    Word::Deduction,
    Word::Coefficient,
    Word::Estimated,
    Word::Consistent,
    Word::Score,
    Word::Spec,
    Word::HandOver,
    Word::Distance,
    Word::Window,
    Word::QuotedAt,
    Word::ValidUntil,
    Word::Source,
    Word::SandboxPrice,
    Word::QuoteId,
    Word::DeviceId,
    Word::Inspection,
];

/// All columns, in their order.
pub(super) fn columns() -> Vec<Column> {
    let first = [Column::Own(Word::Row)];
    let given = Field::OF_A_DEVICE.map(Column::Given);
    first.into_iter().chain(given).chain(OWN.map(Column::Own)).collect()
}

impl Column {
    pub(super) fn heading(self, language: &dyn ReportLanguage) -> String {
        match self {
            Self::Given(field) => language.field(field),
            Self::Own(word) => language.word(word),
        }
    }

    /// In characters, as wide as what usually stands in it.
    pub(super) fn width(self) -> u8 {
        match self {
            Self::Own(Word::Row) => 7,
            Self::Given(Field::Model) | Self::Own(Word::QuoteId | Word::Spec) => 24,
            Self::Own(Word::QuotedAt | Word::ValidUntil | Word::HandOver) => 18,
            Self::Own(Word::Reason | Word::Inspection) => 40,
            _ => 13,
        }
    }

    pub(super) fn cell(self, row: &ReportRow, language: &dyn ReportLanguage) -> Cell {
        match self {
            Self::Given(field) => input(row.form.text(field)),
            Self::Own(Word::Row) => Cell::Number(row.number.into()),
            Self::Own(Word::Outcome) => Cell::Text(language.word(match row.outcome {
                Outcome::Priced(_) => Word::Priced,
                Outcome::Failed(_) => Word::NotPriced,
                Outcome::Open => Word::NotAsked,
            })),
            Self::Own(Word::Reason) => match &row.outcome {
                Outcome::Failed(failure) => Cell::Text(language.failure(failure).0),
                _ => Cell::Empty,
            },
            Self::Own(word) => match &row.outcome {
                Outcome::Priced(quote) => of_quote(word, quote),
                _ => Cell::Empty,
            },
        }
    }
}

pub(super) fn input(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Input(text.to_owned()) }
}

fn of_quote(word: Word, quote: &Quote) -> Cell {
    let money = |amount: Option<Money>| amount.map_or(Cell::Empty, Cell::Money);
    let number = |number: Option<Decimal>| number.map_or(Cell::Empty, Cell::Number);
    let text = |text: Option<String>| text.filter(|text| !text.is_empty()).map_or(Cell::Empty, Cell::Text);
    let price: &Price = &quote.price;
    match word {
        Word::Price => Cell::Money(price.final_price()),
        Word::Base => money(price.base()),
        Word::Discount => number(price.condition_discount().map(|it| it.value())),
        Word::Deduction => money(price.function_deduction()),
        Word::Coefficient => number(price.market_coefficient().map(|it| it.value())),
        Word::Estimated => Cell::Flag(price.market_coefficient_estimated()),
        Word::Consistent => price.consistent().map_or(Cell::Empty, Cell::Flag),
        Word::Score => number(quote.device.condition_score.to_string().parse().ok()),
        Word::Spec => text(quote.device.spec.clone()),
        Word::DeviceId => text(quote.device.device_id.clone()),
        Word::HandOver => {
            text(Some(quote.recycle.iter().map(|it| it.label.as_str()).collect::<Vec<_>>().join("、")))
        }
        Word::Distance => number(quote.recycle.iter().find_map(|it| it.store_distance_km).map(|it| it.km())),
        Word::Window => text(quote.recycle.iter().find_map(|it| it.door_time_window.clone())),
        Word::Inspection => text(Some(quote.quality_check.join("、"))),
        Word::QuotedAt => Cell::Time(quote.quoted_at),
        Word::ValidUntil => quote.valid_until.map_or(Cell::Empty, Cell::Time),
        Word::Source => Cell::Text(source(quote.source).to_owned()),
        Word::SandboxPrice => Cell::Flag(quote.sandbox),
        Word::QuoteId => Cell::Text(quote.id.to_string()),
        _ => Cell::Empty,
    }
}

/// The name in the contract.
fn source(source: Source) -> &'static str {
    match source {
        Source::Partner => "partner",
        Source::Cache => "cache",
        Source::Stale => "stale",
    }
}
