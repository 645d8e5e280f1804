//! The columns of a report, the same for all formats.

use domain::{Distance, Field, Moment, Money, ProviderName, Quote, Ratio};
use rust_decimal::Decimal;

use super::words::{ReportLanguage, Word};
use super::{Outcome, ReportRow};

/// The content of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Unknown.
    Empty,
    /// Text of the list. It is written as text even where it begins like a formula.
    Input(String),
    /// Text of the product or of the partner.
    Text(String),
    /// A number.
    Number(Decimal),
    /// An amount, written in yuan.
    Money(Money),
    /// A moment, written in UTC+8.
    Time(Moment),
    /// Yes or no.
    Flag(bool),
}

/// A column.
#[derive(Clone)]
pub(super) enum Column {
    /// The row's number in the list's file.
    Row,
    /// What was understood of the list's text in a field, with the trade's words in the report's language.
    Given(Field),
    /// The name of the model as the list has it, if it is another one.
    WrittenModel,
    /// Whether there is a price.
    Outcome,
    /// Why there is no price.
    Reason,
    /// A part of the quote.
    OfQuote(&'static OfQuote),
    /// Whose the best price is, where several buyers are asked.
    Buyer,
    /// The price of the buyer in that place, or why it gives none.
    OfBuyer(usize, ProviderName),
}

/// A column with a part of the quote. It is empty if there is no quote.
pub(super) struct OfQuote {
    heading: Word,
    /// In characters.
    width: u8,
    cell: fn(&Quote) -> Cell,
}

/// The width of a column with short text or a number, in characters.
const SHORT: u8 = 13;

/// The columns with parts of the quote, in their order.
static OF_QUOTE: [OfQuote; 19] = [
    OfQuote::new(Word::Price, SHORT, |quote| Cell::Money(quote.price.final_price())),
    OfQuote::new(Word::Base, SHORT, |quote| money(quote.price.base())),
    OfQuote::new(Word::Discount, SHORT, |quote| number(quote.price.condition_discount().map(Ratio::value))),
    OfQuote::new(Word::Deduction, SHORT, |quote| money(quote.price.function_deduction())),
    OfQuote::new(Word::Coefficient, SHORT, |quote| {
        number(quote.price.market_coefficient().map(Ratio::value))
    }),
    OfQuote::new(Word::Estimated, SHORT, |quote| Cell::Flag(quote.price.market_coefficient_estimated())),
    OfQuote::new(Word::Consistent, SHORT, |quote| quote.price.consistent().map_or(Cell::Empty, Cell::Flag)),
    OfQuote::new(Word::Score, SHORT, |quote| number(quote.device.condition_score.to_string().parse().ok())),
    OfQuote::new(Word::Spec, 24, |quote| text(quote.device.spec.clone())),
    OfQuote::new(Word::HandOver, 18, |quote| {
        text(Some(quote.recycle.iter().map(|it| it.label.as_str()).collect::<Vec<_>>().join("、")))
    }),
    OfQuote::new(Word::Distance, SHORT, |quote| {
        number(quote.recycle.iter().find_map(|it| it.store_distance_km).map(Distance::km))
    }),
    OfQuote::new(Word::Window, SHORT, |quote| {
        text(quote.recycle.iter().find_map(|it| it.door_time_window.clone()))
    }),
    OfQuote::new(Word::QuotedAt, 18, |quote| Cell::Time(quote.quoted_at)),
    OfQuote::new(Word::ValidUntil, 18, |quote| quote.valid_until.map_or(Cell::Empty, Cell::Time)),
    OfQuote::new(Word::Source, SHORT, |quote| Cell::Text(quote.source.code().to_owned())),
    OfQuote::new(Word::SandboxPrice, SHORT, |quote| Cell::Flag(quote.sandbox)),
    OfQuote::new(Word::QuoteId, 24, |quote| Cell::Text(quote.id.to_string())),
    OfQuote::new(Word::DeviceId, SHORT, |quote| text(quote.device.device_id.clone())),
    OfQuote::new(Word::Inspection, 40, |quote| text(Some(quote.quality_check.join("、")))),
];

/// All columns, in their order. With several buyers, whose the price is and the price of each follow the price.
pub(super) fn columns<'a>(buyers: impl Iterator<Item = &'a ProviderName>) -> Vec<Column> {
    let prices = buyers.enumerate().map(|(place, buyer)| Column::OfBuyer(place, buyer.clone()));
    let prices: Vec<_> = prices.collect();
    let buyer = (!prices.is_empty()).then_some(Column::Buyer);
    let (price, others) = OF_QUOTE.split_at(1);
    let given = Field::OF_A_DEVICE.into_iter().flat_map(|field| {
        let written = (field == Field::Model).then_some(Column::WrittenModel);
        [Some(Column::Given(field)), written].into_iter().flatten()
    });
    let outcome = [Column::Outcome, Column::Reason];
    [Column::Row]
        .into_iter()
        .chain(given)
        .chain(outcome)
        .chain(price.iter().map(Column::OfQuote))
        .chain(buyer)
        .chain(prices)
        .chain(others.iter().map(Column::OfQuote))
        .collect()
}

impl OfQuote {
    const fn new(heading: Word, width: u8, cell: fn(&Quote) -> Cell) -> Self {
        Self { heading, width, cell }
    }
}

impl Column {
    pub(super) fn heading(&self, language: &dyn ReportLanguage) -> String {
        match self {
            Self::Row => language.word(Word::Row),
            Self::Given(field) => language.field(*field),
            Self::WrittenModel => language.word(Word::WrittenModel),
            Self::Outcome => language.word(Word::Outcome),
            Self::Reason => language.word(Word::Reason),
            Self::OfQuote(part) => language.word(part.heading),
            Self::Buyer => language.word(Word::Buyer),
            Self::OfBuyer(_, buyer) => buyer.as_str().to_owned(),
        }
    }

    /// The width in characters, for its usual content.
    pub(super) fn width(&self) -> u8 {
        match self {
            Self::Row => 7,
            Self::Given(field) => {
                if *field == Field::Model {
                    24
                } else {
                    SHORT
                }
            }
            Self::WrittenModel => 24,
            Self::Outcome | Self::Buyer | Self::OfBuyer(..) => SHORT,
            Self::Reason => 40,
            Self::OfQuote(part) => part.width,
        }
    }

    /// The cell of a row. `waits` is the reason of a row that waits for an answer.
    pub(super) fn cell(&self, row: &ReportRow, waits: Word, language: &dyn ReportLanguage) -> Cell {
        match (self, &row.outcome) {
            (Self::Row, _) => Cell::Number(row.number.into()),
            (Self::Given(field), _) => input(&language.cell(*field, row.form.text(*field))),
            (Self::WrittenModel, _) => input(row.written_model.as_deref().unwrap_or_default()),
            (Self::Outcome, outcome) => Cell::Text(language.word(match outcome {
                Outcome::Priced(_) => Word::Priced,
                Outcome::Waiting(_) => Word::Waiting,
                Outcome::Failed(_) => Word::NotPriced,
                Outcome::Open => Word::NotAsked,
            })),
            (Self::Reason, Outcome::Waiting(_)) => Cell::Text(language.word(waits)),
            (Self::Reason, Outcome::Failed(failure)) => Cell::Text(language.failure(failure).0),
            (Self::OfQuote(part), Outcome::Priced(quote)) => (part.cell)(quote),
            (Self::Buyer, Outcome::Priced(quote)) => Cell::Text(quote.provider.as_str().to_owned()),
            (Self::OfBuyer(place, _), _) => match row.buyers.get(*place) {
                Some((_, Outcome::Priced(quote))) => Cell::Money(quote.price.final_price()),
                Some((_, Outcome::Failed(failure))) => Cell::Text(language.failure(failure).0),
                Some((_, Outcome::Waiting(_) | Outcome::Open)) | None => Cell::Empty,
            },
            (Self::Reason, Outcome::Priced(_) | Outcome::Open) => Cell::Empty,
            (Self::OfQuote(_) | Self::Buyer, Outcome::Waiting(_) | Outcome::Failed(_) | Outcome::Open) => {
                Cell::Empty
            }
        }
    }
}

/// A cell with text of the list.
pub(super) fn input(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Input(text.to_owned()) }
}

fn money(amount: Option<Money>) -> Cell {
    amount.map_or(Cell::Empty, Cell::Money)
}

fn number(number: Option<Decimal>) -> Cell {
    number.map_or(Cell::Empty, Cell::Number)
}

fn text(text: Option<String>) -> Cell {
    text.filter(|text| !text.is_empty()).map_or(Cell::Empty, Cell::Text)
}
