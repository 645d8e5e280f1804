//! Several buyers in a report: what each pays for all its devices, and what the best price of each device comes to.

use std::collections::BTreeSet;

use domain::{Money, ProviderName};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::formats::{Formats, yuan};
use super::words::{ReportLanguage, Word};
use super::{Outcome, ReportRow};

/// The buyers of a report, as its first row has them: all rows have the same ones.
pub(super) fn of_rows<'a>(first: Option<&'a ReportRow>) -> impl Iterator<Item = &'a ProviderName> + use<'a> {
    first.into_iter().flat_map(|row| row.buyers.iter().map(|(buyer, _)| buyer))
}

/// How many devices a buyer takes, and what it pays for them.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    devices: u32,
    worth: Money,
}

impl Sum {
    fn add(&mut self, price: Money) {
        self.devices += 1;
        self.worth = self.worth + price;
    }
}

/// The sums of the rows so far.
#[derive(Debug, Default)]
pub(super) struct Buyers {
    /// If all goes to one buyer.
    each: Vec<(ProviderName, Sum)>,
    /// If each device goes to the buyer with the best price.
    best: Sum,
    /// The buyers with the best prices.
    with_best: BTreeSet<ProviderName>,
}

impl Buyers {
    pub(super) fn of(buyers: impl Iterator<Item = ProviderName>) -> Self {
        Self { each: buyers.map(|buyer| (buyer, Sum::default())).collect(), ..Self::default() }
    }

    pub(super) fn add(&mut self, row: &ReportRow) {
        if let Outcome::Priced(quote) = &row.outcome {
            self.best.add(quote.price.final_price());
            self.with_best.insert(quote.provider.clone());
        }
        for ((_, sum), (_, outcome)) in self.each.iter_mut().zip(&row.buyers) {
            if let Outcome::Priced(quote) = outcome {
                sum.add(quote.price.final_price());
            }
        }
    }

    /// The sheet with the sums; `None` if only one buyer was asked.
    pub(super) fn sheet(
        &self,
        workbook: &mut Workbook,
        formats: &Formats,
        language: &dyn ReportLanguage,
    ) -> Result<Option<Worksheet>, XlsxError> {
        if self.each.is_empty() {
            return Ok(None);
        }
        let word = |word| language.word(word);
        let mut sheet = workbook.new_worksheet_with_low_memory()?;
        sheet.set_name(word(Word::Buyers))?;
        for (column, width) in [(0, 48), (1, 18), (2, 18), (3, 18)] {
            sheet.set_column_width(column, width)?;
        }
        let headings = [Word::AllToOne, Word::Takes, Word::Total];
        let mut line = heading(&mut sheet, formats, language, 0, &headings)?;
        for (buyer, sum) in &self.each {
            line = sums(&mut sheet, formats, line, buyer.as_str(), sum)?;
        }
        let headings = [Word::EachToTheBest, Word::Takes, Word::Total, Word::Parcels];
        line = heading(&mut sheet, formats, language, line + 1, &headings)?;
        let parcels = u32::try_from(self.with_best.len()).unwrap_or(u32::MAX);
        sheet.write_number(line, 3, parcels)?;
        let names = self.with_best.iter().map(ProviderName::as_str).collect::<Vec<_>>().join(", ");
        line = sums(&mut sheet, formats, line, &names, &self.best)?;
        sheet.write_string(line + 1, 0, word(Word::OneParcel))?;
        Ok(Some(sheet))
    }
}

/// Writes a line of headings. Returns the next line.
fn heading(
    sheet: &mut Worksheet,
    formats: &Formats,
    language: &dyn ReportLanguage,
    line: u32,
    words: &[Word],
) -> Result<u32, XlsxError> {
    for (column, word) in (0..).zip(words) {
        sheet.write_string_with_format(line, column, language.word(*word), &formats.heading)?;
    }
    Ok(line + 1)
}

/// Writes a line with a sum. Returns the next line.
fn sums(
    sheet: &mut Worksheet,
    formats: &Formats,
    line: u32,
    name: &str,
    sum: &Sum,
) -> Result<u32, XlsxError> {
    sheet.write_string(line, 0, name)?.write_number(line, 1, sum.devices)?;
    sheet.write_number_with_format(line, 2, yuan(sum.worth), &formats.money)?;
    Ok(line + 1)
}
