//! The words of a device list's report.

use domain::{Category, Failure, Field, FieldError, Grade};
use sheet::{ReportLanguage, Word};

use crate::i18n::td_string;
use crate::refusal::{Explanation, explain};
use crate::{Locale, words};

/// A report in a language.
#[derive(Clone, Copy, Debug)]
pub struct ReportWords(pub Locale);

impl ReportLanguage for ReportWords {
    fn word(&self, word: Word) -> String {
        let locale = self.0;
        let text = match word {
            Word::Summary => td_string!(locale, report.summary),
            Word::Rows => td_string!(locale, report.rows),
            Word::Problems => td_string!(locale, report.problems),
            Word::MadeAt => td_string!(locale, report.made_at),
            Word::Sandbox => td_string!(locale, report.sandbox),
            Word::Row => td_string!(locale, report.row),
            Word::Outcome => td_string!(locale, report.outcome),
            Word::Priced => td_string!(locale, report.priced),
            Word::NotPriced => td_string!(locale, report.not_priced),
            Word::NotAsked => td_string!(locale, report.not_asked),
            Word::Reason => td_string!(locale, report.reason),
            Word::Price => td_string!(locale, report.price),
            Word::Base => td_string!(locale, report.base),
            Word::Discount => td_string!(locale, report.discount),
            Word::Deduction => td_string!(locale, report.deduction),
            Word::Coefficient => td_string!(locale, report.coefficient),
            Word::Estimated => td_string!(locale, report.estimated),
            Word::Consistent => td_string!(locale, report.consistent),
            Word::Score => td_string!(locale, report.score),
            Word::Spec => td_string!(locale, report.spec),
            Word::DeviceId => td_string!(locale, report.device_id),
            Word::HandOver => td_string!(locale, report.hand_over),
            Word::Distance => td_string!(locale, report.distance),
            Word::Window => td_string!(locale, report.window),
            Word::Inspection => td_string!(locale, report.inspection),
            Word::QuotedAt => td_string!(locale, report.quoted_at),
            Word::ValidUntil => td_string!(locale, report.valid_until),
            Word::Source => td_string!(locale, report.source),
            Word::SandboxPrice => td_string!(locale, report.sandbox_price),
            Word::QuoteId => td_string!(locale, report.quote_id),
            Word::Field => td_string!(locale, report.field),
            Word::Value => td_string!(locale, report.value),
            Word::Mend => td_string!(locale, report.mend),
            Word::Total => td_string!(locale, report.total),
            Word::Count => td_string!(locale, report.count),
            Word::ByOutcome => td_string!(locale, report.by_outcome),
            Word::ByBrand => td_string!(locale, report.by_brand),
            Word::ByGrade => td_string!(locale, report.by_grade),
            Word::ByCategory => td_string!(locale, report.by_category),
            Word::Others => td_string!(locale, report.others),
        };
        text.to_owned()
    }

    fn field(&self, field: Field) -> String {
        words::column(self.0, field).to_owned()
    }

    fn category(&self, category: Category) -> String {
        words::category(self.0, category).to_owned()
    }

    fn grade(&self, grade: Grade) -> String {
        words::grade(self.0, grade).to_owned()
    }

    fn brand(&self, brand: &str) -> String {
        words::brand(self.0, brand).to_owned()
    }

    fn failure(&self, failure: &Failure) -> (String, String) {
        let Explanation { title, next } = explain(self.0, failure);
        (title, next)
    }

    fn problem(&self, error: FieldError) -> String {
        words::problem(self.0, error)
    }
}
