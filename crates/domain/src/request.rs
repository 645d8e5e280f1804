mod changes;

pub use changes::Change;

use crate::{
    Category, Failure, FaultKind, Field, FieldError, FunctionStatus, Grade, NotAccepted, PlainText, Problem,
    PurchaseChannel, QuoteForm, RepairHistory, Score, Term,
};

/// A device that is described well enough to be quoted. Only [`QuoteForm::parse`] makes one, so each is
/// valid.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct QuoteRequest {
    category: Category,
    brand: PlainText,
    model: PlainText,
    storage: PlainText,
    ram: Option<PlainText>,
    grade: Grade,
    function_status: FunctionStatus,
    repair_history: Option<RepairHistory>,
    purchase_channel: Option<PurchaseChannel>,
}

impl QuoteRequest {
    pub(crate) fn parse(form: &QuoteForm) -> Result<Self, Failure> {
        let scrapped = Grade::means_scrapped(&form.condition);
        let mut errors = Errors(Vec::new());

        let category = errors.required(Field::DeviceType, term::<Category>(&form.device_type));
        let brand = errors.required(Field::Brand, PlainText::parse(&form.brand));
        let model = errors.required(Field::Model, PlainText::parse(&form.model));
        let storage = errors.required(Field::Storage, PlainText::parse(&form.storage));
        let ram = if category.is_some_and(Category::requires_memory) {
            errors.required(Field::Ram, PlainText::parse(&form.ram))
        } else {
            errors.optional(Field::Ram, &form.ram, PlainText::parse)
        };
        // A scrapped device has no grade, and is refused below. Until then any grade serves.
        let grade = if scrapped { Ok(Grade::Poor) } else { term(&form.condition) };
        let grade = errors.required(Field::Condition, grade);
        // The form hides faults that no device of its category can have. One that was ticked before the
        // category changed does not count.
        let fits = |fault: &&str| match (category, FaultKind::find(fault)) {
            (Some(category), Some(kind)) => kind.applies_to(category),
            _ => true,
        };
        let named = || form.faults.iter().map(String::as_str).filter(|fault| !fault.trim().is_empty());
        // Counted before any is left out, because readers of forms cut the list after this many.
        let function_status = match named().nth(FunctionStatus::MOST) {
            Some(_) => Err(Problem::TooMany),
            None => FunctionStatus::read(&form.function_status, named().filter(fits)),
        };
        let function_status = errors.required(Field::FunctionStatus, function_status);
        let (function_status, repairs) = function_status.unzip();
        let repairs = RepairHistory::read(&form.repair_history, repairs.unwrap_or_default());
        let repair_history = errors.required(Field::RepairHistory, repairs).flatten();
        let channel = PurchaseChannel::parse(&form.purchase_channel);
        let purchase_channel = errors.required(Field::PurchaseChannel, channel).flatten();

        let complete = || {
            Some(Self {
                category: category?,
                brand: brand?,
                model: model?,
                storage: storage?,
                ram,
                grade: grade?,
                function_status: function_status?,
                repair_history,
                purchase_channel,
            })
        };
        match complete() {
            Some(_) if errors.0.is_empty() && scrapped => {
                Err(Failure::NotAccepted { reason: NotAccepted::Scrapped })
            }
            Some(request) if errors.0.is_empty() => Ok(request),
            _ => Err(Failure::InvalidInput { fields: errors.0 }),
        }
    }

    /// What kind of device.
    pub fn category(&self) -> Category {
        self.category
    }

    /// The brand.
    pub fn brand(&self) -> &str {
        self.brand.as_str()
    }

    /// The exact model.
    pub fn model(&self) -> &str {
        self.model.as_str()
    }

    /// The storage.
    pub fn storage(&self) -> &str {
        self.storage.as_str()
    }

    /// The memory.
    pub fn ram(&self) -> Option<&str> {
        self.ram.as_ref().map(PlainText::as_str)
    }

    /// The cosmetic grade.
    pub fn grade(&self) -> Grade {
        self.grade
    }

    /// What works and what does not.
    pub fn function_status(&self) -> &FunctionStatus {
        &self.function_status
    }

    /// Repairs.
    pub fn repair_history(&self) -> Option<&RepairHistory> {
        self.repair_history.as_ref()
    }

    /// Where it was bought.
    pub fn purchase_channel(&self) -> Option<&PurchaseChannel> {
        self.purchase_channel.as_ref()
    }

    /// The condition score: the grade's, less faults and repairs.
    pub fn score(&self) -> Score {
        let repairs = self.repair_history.as_ref().map_or(Score::ZERO, RepairHistory::penalty);
        self.grade.score().minus(self.function_status.penalty()).minus(repairs)
    }
}

fn term<T: Term>(text: &str) -> Result<T, Problem> {
    if text.trim().is_empty() { Err(Problem::Missing) } else { T::find(text).ok_or(Problem::NotListed) }
}

/// The invalid fields so far, in the order of the form.
struct Errors(Vec<FieldError>);

impl Errors {
    fn required<T>(&mut self, field: Field, answer: Result<T, Problem>) -> Option<T> {
        answer.map_err(|problem| self.0.push(FieldError { field, problem })).ok()
    }

    fn optional<T>(
        &mut self,
        field: Field,
        text: &str,
        parse: impl FnOnce(&str) -> Result<T, Problem>,
    ) -> Option<T> {
        if text.trim().is_empty() { None } else { self.required(field, parse(text)) }
    }
}
