//! A form that is valid, and what is read from a form.

use domain::{Failure, Field, FieldError, Problem, QuoteForm};

/// A valid form: a phone on which everything works.
pub(crate) fn phone() -> QuoteForm {
    QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    }
}

/// The invalid fields of a form, and what is wrong with each.
pub(crate) fn problems(form: &QuoteForm) -> Vec<(Field, Problem)> {
    match form.parse() {
        Err(Failure::InvalidInput { fields }) => {
            fields.into_iter().map(|FieldError { field, problem }| (field, problem)).collect()
        }
        other => panic!("expected invalid input, got {other:?}"),
    }
}

/// The status and the repairs that are read from these two fields.
pub(crate) fn read(function_status: &str, repair_history: &str) -> (String, Option<String>) {
    let form = QuoteForm {
        function_status: function_status.into(),
        repair_history: repair_history.into(),
        ..phone()
    };
    let request = form.parse().unwrap_or_else(|failure| panic!("{function_status}: {failure}"));
    (request.function_status().to_string(), request.repair_history().map(ToString::to_string))
}
