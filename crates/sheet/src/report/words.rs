use domain::{Category, Failure, Field, FieldError, Grade, NoDevice};

use crate::questions::ListQuestion;

/// The words of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the word for what its name says")]
pub enum Word {
    Summary,
    Rows,
    Problems,
    MadeAt,
    Sandbox,
    Row,
    Outcome,
    Priced,
    Waiting,
    /// Where a row that waits is asked about, in a workbook.
    SeeQuestions,
    /// Why it has no price, in a report that is no workbook.
    NotAnswered,
    NotPriced,
    NotAsked,
    Reason,
    Price,
    Base,
    Discount,
    Deduction,
    Coefficient,
    Estimated,
    Consistent,
    Score,
    Spec,
    DeviceId,
    HandOver,
    Distance,
    Window,
    Inspection,
    QuotedAt,
    ValidUntil,
    Source,
    SandboxPrice,
    QuoteId,
    Field,
    Value,
    Mend,
    Total,
    Count,
    ByOutcome,
    ByBrand,
    ByGrade,
    ByCategory,
    Others,
    Questions,
    Question,
    Answer,
    AnswerHint,
    /// How to hand in the answers on the operator's page.
    HandInPage,
    /// How to hand in the answers at the command line.
    HandInCommand,
    Allowed,
    InRows,
    RowNumbers,
    Written,
    WrittenModel,
    QuestionId,
    LeaveOut,
    NotQuoted,
    OpenQuestions,
    Remembered,
    Buyer,
    BuyersAsked,
    Buyers,
    AllToOne,
    EachToTheBest,
    Takes,
    Parcels,
    OneParcel,
}

/// The language that a report is written in.
pub trait ReportLanguage {
    /// A word of the report.
    fn word(&self, word: Word) -> String;
    /// How many rows wait for an answer, and where they are asked about.
    fn waiting(&self, rows: u32) -> String;
    /// A field's name.
    fn field(&self, field: Field) -> String;
    /// A category's name.
    fn category(&self, category: Category) -> String;
    /// A grade's name.
    fn grade(&self, grade: Grade) -> String;
    /// A brand's name.
    fn brand(&self, brand: &str) -> String;
    /// Why a row has no price, and what to do about it.
    fn failure(&self, failure: &Failure) -> (String, String);
    /// What is wrong with a field, and how to fix it.
    fn problem(&self, error: FieldError) -> (String, String);
    /// What was understood of a cell of the list: words of the trade in this language, and any other text as it is.
    fn cell(&self, field: Field, text: &str) -> String;
    /// A question, as a sentence.
    fn question(&self, question: &ListQuestion) -> String;
    /// What may answer a question, as a sentence.
    fn allowed(&self, question: &ListQuestion) -> String;
    /// A word to choose, for the trade's word. An answer that is no word of the trade stays as it is.
    fn choice(&self, field: Field, word: &str) -> String;
    /// Why a line is not quoted.
    fn no_device(&self, why: NoDevice) -> String;
}
