//! Reads a form: each field into its type, or the invalid fields with what is wrong.

#[cfg(not(feature = "words"))]
use std::borrow::Cow;

use super::QuoteRequest;
use crate::{
    Category, Failure, FaultKind, Field, FieldError, FunctionStatus, Grade, NotAccepted, PlainText, Problem,
    PurchaseChannel, QuoteForm, RepairHistory, Term,
};

impl QuoteForm {
    /// Parses the form.
    ///
    /// # Errors
    /// [`Failure::InvalidInput`] with every invalid field, in the order of the form;
    /// [`Failure::NotAccepted`] for a scrapped device.
    pub fn parse(&self) -> Result<QuoteRequest, Failure> {
        let scrapped = Grade::means_scrapped(&self.condition);
        let mut errors = Errors(Vec::new());

        let category = errors.required(Field::DeviceType, term::<Category>(&self.device_type));
        let brand = errors.required(Field::Brand, PlainText::parse(&trades_word(Field::Brand, &self.brand)));
        let model = errors.required(Field::Model, PlainText::parse(&self.model));
        let storage =
            errors.required(Field::Storage, PlainText::parse(&trades_word(Field::Storage, &self.storage)));
        let ram = if category.is_some_and(Category::requires_memory) {
            errors.required(Field::Ram, PlainText::parse(&trades_word(Field::Ram, &self.ram)))
        } else {
            errors.optional(Field::Ram, &self.ram, |text| PlainText::parse(&trades_word(Field::Ram, text)))
        };
        // A scrapped device has no grade. It is refused below, after the other fields were checked; the
        // grade that is set here is not used.
        let grade = if scrapped { Ok(Grade::Poor) } else { term(&self.condition) };
        let grade = errors.required(Field::Condition, grade);
        // The form hides faults that no device of its category can have. One that was ticked before the
        // category changed does not count.
        let fits = |fault: &&str| match (category, FaultKind::find(fault)) {
            (Some(category), Some(kind)) => kind.applies_to(category),
            _ => true,
        };
        let named = || self.faults.iter().map(String::as_str).filter(|fault| !fault.trim().is_empty());
        // All are counted, also those that are left out below. The server keeps at most `MOST` + 1 faults
        // of a form, so a form with more could otherwise pass once some of these are left out.
        let function_status = match named().nth(FunctionStatus::MOST) {
            Some(_) => Err(Problem::TooMany),
            None => FunctionStatus::read(&self.function_status, named().filter(fits)),
        };
        let function_status = errors.required(Field::FunctionStatus, function_status);
        let (function_status, repairs) = function_status.unzip();
        // The server reads each form again.
        #[cfg(feature = "words")]
        let function_status = function_status.map(|status: FunctionStatus| match category {
            Some(category) => status.of(category),
            None => status,
        });
        let repairs = RepairHistory::read(&self.repair_history, repairs.unwrap_or_default());
        let repair_history = errors.required(Field::RepairHistory, repairs).flatten();
        let channel = PurchaseChannel::parse(&self.purchase_channel);
        let purchase_channel = errors.required(Field::PurchaseChannel, channel).flatten();

        let complete = || {
            Some(QuoteRequest {
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

    /// The repairs that are named in their own field or among the faults; `None` where there are none or
    /// they cannot be read.
    pub fn repairs(&self) -> Option<RepairHistory> {
        let status = FunctionStatus::read(&self.function_status, self.faults.iter().map(String::as_str));
        let repairs = status.map(|(_, repairs)| repairs).unwrap_or_default();
        RepairHistory::read(&self.repair_history, repairs).ok().flatten()
    }
}

/// The text of a field in the trade's words, where they are known: `Apple` is 苹果, `256g` is 256GB. The browser has no
/// tables, and leaves it as it is.
#[cfg(feature = "words")]
use crate::understanding::trades_word;
#[cfg(not(feature = "words"))]
fn trades_word(_: Field, text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn term<T: Term>(text: &str) -> Result<T, Problem> {
    if text.trim().is_empty() { Err(Problem::Missing) } else { T::find(text).ok_or(Problem::NotListed) }
}

/// The invalid fields so far, in the order of the form, and what is wrong with each.
struct Errors(Vec<FieldError>);

impl Errors {
    /// The answer; `None` after noting what is wrong with it.
    fn required<T>(&mut self, field: Field, answer: Result<T, Problem>) -> Option<T> {
        answer.map_err(|problem| self.0.push(FieldError { field, problem })).ok()
    }

    /// The answer to a field that may be empty.
    fn optional<T>(
        &mut self,
        field: Field,
        text: &str,
        parse: impl FnOnce(&str) -> Result<T, Problem>,
    ) -> Option<T> {
        if text.trim().is_empty() { None } else { self.required(field, parse(text)) }
    }
}
