//! The first sheet: how many rows have a price, and the value of all devices together.

use std::collections::BTreeMap;

use domain::{Category, Grade, Moment, Money, ProviderName, Term};
use rust_xlsxwriter::{Chart, ChartType, Worksheet, XlsxError};

use super::formats::{Formats, yuan};
use super::words::{ReportLanguage, Word};
use super::{Outcome, ReportRow};

/// The most brands with a separate bar; all others share one.
const MOST_BRANDS: usize = 10;
/// The fewest rows from one table to the next: beside each is a chart of this height.
const APART: u32 = 17;

/// A number of rows, and their total worth.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    rows: u32,
    worth: Money,
}

/// The sums of the rows so far.
#[derive(Debug, Default)]
pub(super) struct Summary {
    priced: Sum,
    waiting: u32,
    failed: u32,
    open: u32,
    sandbox: bool,
    /// The buyers that were asked, in the order of the settings; of a list that asks one, whose prices there are.
    buyers: Vec<ProviderName>,
    /// Whether several buyers are compared.
    compares: bool,
    by_brand: BTreeMap<String, Sum>,
    by_grade: BTreeMap<Grade, Sum>,
    by_category: BTreeMap<Category, Sum>,
}

impl Summary {
    /// A summary of no rows yet, for a report that compares these buyers, if it does.
    pub(super) fn of<'a>(compared: impl Iterator<Item = &'a ProviderName>) -> Self {
        let buyers: Vec<_> = compared.cloned().collect();
        Self { compares: !buyers.is_empty(), buyers, ..Self::default() }
    }

    /// How many rows wait for an answer.
    pub(super) fn waiting(&self) -> u32 {
        self.waiting
    }

    pub(super) fn add(&mut self, row: &ReportRow) {
        let quote = match &row.outcome {
            Outcome::Priced(quote) => quote,
            Outcome::Waiting(_) => return self.waiting += 1,
            Outcome::Failed(_) => return self.failed += 1,
            Outcome::Open => return self.open += 1,
        };
        self.sandbox |= quote.sandbox;
        if !self.buyers.contains(&quote.provider) {
            self.buyers.push(quote.provider.clone());
        }
        let grade = Grade::find(&quote.device.condition);
        let sums = [
            Some(&mut self.priced),
            Some(self.by_brand.entry(quote.device.brand.clone()).or_default()),
            Some(self.by_category.entry(quote.device.device_type).or_default()),
            grade.map(|grade| self.by_grade.entry(grade).or_default()),
        ];
        for sum in sums.into_iter().flatten() {
            sum.rows += 1;
            sum.worth = sum.worth + quote.price.final_price();
        }
    }

    pub(super) fn write(
        &self,
        sheet: &mut Worksheet,
        formats: &Formats,
        language: &dyn ReportLanguage,
        made_at: Moment,
    ) -> Result<(), XlsxError> {
        let word = |word| language.word(word);
        sheet.set_name(word(Word::Summary))?.set_column_width(0, 26)?.set_column_width(1, 18)?;
        sheet.set_column_width(2, 16)?;
        sheet.write_string_with_format(0, 0, word(Word::MadeAt), &formats.heading)?;
        formats.time(sheet, 0, 1, made_at)?;
        sheet.write_string_with_format(1, 0, word(Word::Total), &formats.heading)?;
        sheet.write_number_with_format(1, 1, yuan(self.priced.worth), &formats.money)?;
        if self.sandbox {
            sheet.write_string_with_format(2, 0, word(Word::Sandbox), &formats.warning)?;
        }
        let buyers = self.buyers.iter().map(ProviderName::as_str).collect::<Vec<_>>().join(", ");
        if !buyers.is_empty() {
            let name = if self.compares { Word::BuyersAsked } else { Word::Buyer };
            sheet.write_string_with_format(3, 0, word(name), &formats.heading)?;
            sheet.write_string(3, 1, buyers)?;
        }
        let outcomes = [
            (word(Word::Priced), self.priced),
            (word(Word::Waiting), Sum { rows: self.waiting, ..Sum::default() }),
            (word(Word::NotPriced), Sum { rows: self.failed, ..Sum::default() }),
            (word(Word::NotAsked), Sum { rows: self.open, ..Sum::default() }),
        ];
        let outcomes = outcomes.into_iter().filter(|(_, sum)| sum.rows > 0).collect();
        let grades = self.by_grade.iter().map(|(grade, sum)| (language.grade(*grade), *sum)).collect();
        let categories = self.by_category.iter().map(|(it, sum)| (language.category(*it), *sum)).collect();
        let tables = [
            (Word::ByOutcome, outcomes, false),
            (Word::ByBrand, self.brands(language), true),
            (Word::ByGrade, grades, true),
            (Word::ByCategory, categories, true),
        ];
        let mut top = 5;
        for (title, rows, worth) in tables {
            top = table(sheet, formats, language, top, title, &rows, worth)?;
        }
        Ok(())
    }

    /// The brands with the highest worth, and the sum of all others.
    fn brands(&self, language: &dyn ReportLanguage) -> Vec<(String, Sum)> {
        let mut brands: Vec<_> =
            self.by_brand.iter().map(|(brand, sum)| (language.brand(brand), *sum)).collect();
        brands.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.worth));
        if brands.len() > MOST_BRANDS {
            let others = brands.split_off(MOST_BRANDS).into_iter().fold(Sum::default(), |all, (_, sum)| {
                Sum { rows: all.rows + sum.rows, worth: all.worth + sum.worth }
            });
            brands.push((language.word(Word::Others), others));
        }
        brands
    }
}

/// Writes a table and a chart beside it, of worth or of rows. Returns the row of the next table.
fn table(
    sheet: &mut Worksheet,
    formats: &Formats,
    language: &dyn ReportLanguage,
    top: u32,
    title: Word,
    rows: &[(String, Sum)],
    by_worth: bool,
) -> Result<u32, XlsxError> {
    if rows.is_empty() {
        return Ok(top);
    }
    for (column, heading) in [title, Word::Count, Word::Total].into_iter().enumerate() {
        let column = u16::try_from(column).unwrap_or_default();
        sheet.write_string_with_format(top, column, language.word(heading), &formats.heading)?;
    }
    let mut line = top;
    for (name, sum) in rows {
        line += 1;
        sheet.write_string(line, 0, name)?;
        sheet.write_number(line, 1, sum.rows)?;
        if sum.worth > Money::ZERO {
            sheet.write_number_with_format(line, 2, yuan(sum.worth), &formats.money)?;
        }
    }
    let name = language.word(Word::Summary);
    let values = if by_worth { 2 } else { 1 };
    let mut chart = Chart::new(ChartType::Bar);
    chart.add_series().set_categories((name.as_str(), top + 1, 0, line, 0)).set_values((
        name.as_str(),
        top + 1,
        values,
        line,
        values,
    ));
    chart.title().set_name(language.word(title).as_str());
    chart.legend().set_hidden();
    // The first at the top, as in the table.
    chart.y_axis().set_reverse();
    sheet.insert_chart(top, 4, &chart)?;
    Ok((line + 3).max(top + APART))
}
