//! The form's steps: on a narrow page, one screen each; on a wide one, all at once.

use domain::{Failure, Field, FieldError, QuoteForm};

use crate::words::{Locale, td_string};

/// Questions that are answered together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Which device, and its storage and memory.
    #[default]
    Device,
    /// How it looks.
    Looks,
    /// What works and what does not.
    Function,
    /// Repairs and place of purchase, which need no answer.
    History,
    /// All answers, each with a button to change it.
    Review,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 5] = [Self::Device, Self::Looks, Self::Function, Self::History, Self::Review];

    /// Its name in addresses and style sheets.
    pub fn code(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Looks => "looks",
            Self::Function => "function",
            Self::History => "history",
            Self::Review => "review",
        }
    }

    /// The step of that name.
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// The step that asks for `field`.
    pub fn of(field: Field) -> Self {
        match field {
            Field::DeviceType
            | Field::Brand
            | Field::Model
            | Field::Storage
            | Field::Ram
            | Field::Keyword => Self::Device,
            Field::Condition => Self::Looks,
            Field::FunctionStatus => Self::Function,
            Field::RepairHistory | Field::PurchaseChannel => Self::History,
        }
    }

    /// The step before; none before the first.
    pub fn before(self) -> Option<Self> {
        Self::ALL.into_iter().take_while(|step| *step < self).last()
    }

    /// The step after; none after the last.
    pub fn after(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }

    /// The step to show if this one is requested: the first earlier step with wrong answers, and what is
    /// wrong there; otherwise this step.
    pub fn reach(self, form: &QuoteForm) -> (Self, Vec<FieldError>) {
        let Err(Failure::InvalidInput { mut fields }) = form.parse() else { return (self, Vec::new()) };
        let open = fields.iter().map(|error| Self::of(error.field)).min().unwrap_or(self);
        if open >= self {
            return (self, Vec::new());
        }
        fields.retain(|error| Self::of(error.field) == open);
        (open, fields)
    }

    /// How far the form is, such as "2 of 5".
    pub fn progress(self, locale: Locale) -> String {
        let of = Self::ALL.len().to_string();
        td_string!(locale, form.progress, number = self.number().to_string(), of = of)
    }

    /// Counted from one.
    pub fn number(self) -> usize {
        1 + Self::ALL.iter().take_while(|step| **step < self).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> QuoteForm {
        QuoteForm {
            device_type: "手机".into(),
            brand: "苹果".into(),
            model: "iPhone 14 Pro".into(),
            storage: "256GB".into(),
            ..QuoteForm::default()
        }
    }

    #[test]
    fn a_question_that_needs_an_answer_is_not_passed() {
        let (step, errors) = Step::Review.reach(&form());
        assert_eq!((step, errors.len()), (Step::Looks, 1));
        let (step, errors) = Step::Review.reach(&QuoteForm::default());
        assert_eq!(step, Step::Device);
        assert!(errors.iter().all(|error| Step::of(error.field) == Step::Device));
    }

    #[test]
    fn wrong_answers_of_later_steps_are_not_in_the_way() {
        assert_eq!(Step::Looks.reach(&form()), (Step::Looks, Vec::new()));
        assert_eq!(Step::Device.reach(&QuoteForm::default()), (Step::Device, Vec::new()));
        let complete =
            QuoteForm { condition: "九成新".into(), function_status: "正常".into(), ..form() };
        assert_eq!(Step::Review.reach(&complete), (Step::Review, Vec::new()));
    }

    #[test]
    fn steps_have_names_neighbours_and_numbers() {
        for step in Step::ALL {
            assert_eq!(Step::find(step.code()), Some(step));
        }
        assert_eq!((Step::Device.before(), Step::Review.after()), (None, None));
        assert_eq!((Step::Looks.before(), Step::Looks.after()), (Some(Step::Device), Some(Step::Function)));
        assert_eq!(Step::Review.number(), 5);
        assert_eq!(Step::find("price"), None);
    }
}
