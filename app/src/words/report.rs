//! The words of a device list's report.

use domain::{Category, Failure, Field, FieldError, Grade, NoDevice, Problem};
use sheet::{ListQuestion, ReportLanguage, Word};

use super::failure::{Explanation, explain};
use super::strings::{Locale, td_string};
use super::{batch_text, devices, fields, models, questions, report_cells, times};

/// The language of a report.
#[derive(Clone, Copy, Debug)]
pub struct ReportWords(pub Locale);

/// Where a row that waits for an answer is asked about.
fn see_questions(locale: Locale) -> String {
    td_string!(locale, report.see_questions, sheet = td_string!(locale, report.questions))
}

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
            Word::Waiting => td_string!(locale, report.waiting),
            Word::SeeQuestions => return see_questions(locale),
            Word::NotAnswered => td_string!(locale, report.not_answered),
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
            Word::Questions => td_string!(locale, report.questions),
            Word::Question => td_string!(locale, report.question),
            Word::Answer => td_string!(locale, report.answer),
            Word::AnswerHint => td_string!(locale, report.answer_hint),
            Word::HandInPage => {
                let (lists, hand_in) = (td_string!(locale, lists.title), td_string!(locale, lists.hand_in));
                return td_string!(locale, report.hand_in_page, lists = lists, hand_in = hand_in);
            }
            Word::HandInCommand => td_string!(locale, report.hand_in_command),
            Word::Allowed => td_string!(locale, report.allowed),
            Word::InRows => td_string!(locale, report.in_rows),
            Word::RowNumbers => td_string!(locale, report.row_numbers),
            Word::WrittenModel => td_string!(locale, report.written_model),
            Word::Written => td_string!(locale, report.written),
            Word::QuestionId => td_string!(locale, report.question_id),
            Word::LeaveOut => td_string!(locale, question.leave_out),
            Word::NotQuoted => td_string!(locale, report.not_quoted_lines),
            Word::Remembered => td_string!(locale, report.remembered),
            Word::OpenQuestions => td_string!(locale, report.open_questions),
            Word::Buyer => td_string!(locale, report.buyer),
            Word::BuyersAsked => td_string!(locale, report.buyers_asked),
            Word::Buyers => td_string!(locale, report.buyers),
            Word::AllToOne => td_string!(locale, report.all_to_one),
            Word::EachToTheBest => td_string!(locale, report.each_to_the_best),
            Word::Takes => td_string!(locale, report.takes),
            Word::Parcels => td_string!(locale, report.parcels),
            Word::OneParcel => td_string!(locale, report.one_parcel),
        };
        text.to_owned()
    }

    fn waiting(&self, rows: u32) -> String {
        let rows = batch_text::rows_wait(self.0, rows);
        td_string!(self.0, report.then_see, what = rows, see = see_questions(self.0))
    }

    fn field(&self, field: Field) -> String {
        fields::column(self.0, field).to_owned()
    }

    fn category(&self, category: Category) -> String {
        devices::category(self.0, category).to_owned()
    }

    fn grade(&self, grade: Grade) -> String {
        devices::grade(self.0, grade).to_owned()
    }

    fn brand(&self, brand: &str) -> String {
        models::brand(self.0, brand).to_owned()
    }

    fn failure(&self, failure: &Failure) -> (String, String) {
        let locale = self.0;
        let Explanation { title, next } = explain(locale, failure);
        // The form's text says that the answers are still there, but a list is run again.
        let mend = match failure {
            Failure::InvalidInput { .. } => {
                let happened = td_string!(locale, report.invalid_input).to_owned();
                return (happened, td_string!(locale, report.invalid_input_mend).to_owned());
            }
            Failure::ModelUnknown => td_string!(locale, report.model_unknown_mend).to_owned(),
            Failure::QuotaExhausted { resets_at } => {
                td_string!(locale, report.quota_exhausted_mend, time = times::time(locale, *resets_at))
            }
            Failure::RateLimited { .. } | Failure::PartnerUnavailable => {
                td_string!(locale, report.again_mend).to_owned()
            }
            Failure::PartnerRefused => td_string!(locale, report.partner_refused_mend).to_owned(),
            Failure::Expired => td_string!(locale, report.expired_mend).to_owned(),
            Failure::NotAllowed => td_string!(locale, report.not_allowed_mend).to_owned(),
            Failure::Internal { request_id } => {
                td_string!(locale, report.internal_mend, id = request_id.clone())
            }
            Failure::NotAccepted { .. } | Failure::NotFound => next,
        };
        (title, mend)
    }

    fn problem(&self, error: FieldError) -> (String, String) {
        let locale = self.0;
        // What the catalogue has of it.
        let is_model = error.field == Field::Model;
        let what = match error.problem {
            Problem::Missing => td_string!(locale, report.missing),
            Problem::TooLong => td_string!(locale, report.too_long),
            Problem::ForbiddenCharacter => td_string!(locale, report.forbidden),
            Problem::NotListed if is_model => td_string!(locale, report.model_unlisted),
            Problem::NotListed => td_string!(locale, report.not_listed),
            Problem::NoFaultNamed => td_string!(locale, report.no_fault),
            Problem::Unclear if is_model => td_string!(locale, report.model_several),
            Problem::Unclear => td_string!(locale, report.unclear),
            Problem::TooMany => td_string!(locale, report.too_many),
        };
        let field = fields::column(locale, error.field);
        // The form's text is about choosing and ticking, but a list is typed.
        let mend = match error.problem {
            Problem::Missing if error.field == Field::Ram => fields::problem(locale, error),
            Problem::Missing => td_string!(locale, report.missing_mend, field = field),
            Problem::NotListed | Problem::Unclear if is_model => {
                td_string!(locale, report.model_mend).to_owned()
            }
            Problem::NotListed => td_string!(locale, report.not_listed_mend, field = field),
            Problem::NoFaultNamed => td_string!(locale, report.no_fault_mend).to_owned(),
            Problem::Unclear => td_string!(locale, report.unclear_mend).to_owned(),
            Problem::TooMany => td_string!(locale, report.too_many_mend).to_owned(),
            Problem::TooLong | Problem::ForbiddenCharacter => fields::problem(locale, error),
        };
        (what.to_owned(), mend)
    }

    fn question(&self, question: &ListQuestion) -> String {
        questions::question(self.0, question)
    }

    fn allowed(&self, question: &ListQuestion) -> String {
        questions::allowed(self.0, question)
    }

    fn cell(&self, field: Field, text: &str) -> String {
        report_cells::cell(self.0, field, text)
    }

    fn choice(&self, field: Field, word: &str) -> String {
        questions::choice(self.0, field, word)
    }

    fn no_device(&self, why: NoDevice) -> String {
        questions::no_device(self.0, why).to_owned()
    }
}
