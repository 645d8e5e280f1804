//! How a text about the functions of a device is read.

use domain::{Device, Failure, Fault, FieldError, Problem, QuoteForm, Term};

/// How a text is read: `sound`, `unclear`, `unnamed` (something is broken, but not what), or the faults:
/// codes of the list, and `other` for a fault in the person's words. `+ repaired` where it names a repair.
pub(crate) fn outcome(text: &str) -> String {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: text.into(),
        ..QuoteForm::default()
    };
    let request = match form.parse() {
        Ok(request) => request,
        Err(Failure::InvalidInput { fields }) => {
            return match fields[..] {
                [FieldError { problem: Problem::Unclear, .. }] => "unclear".into(),
                [FieldError { problem: Problem::NoFaultNamed, .. }] => "unnamed".into(),
                ref other => format!("{other:?}"),
            };
        }
        Err(other) => return format!("{other:?}"),
    };
    let device = Device::new(&request, None, None);
    assert_eq!(device.to_form().parse().as_ref(), Ok(&request), "{text}: read again, it is another request");
    let code = |fault: &Fault| fault.kind().map_or("other", Term::code);
    let faults: Vec<&str> = request.function_status().faults().iter().map(code).collect();
    let faults = if faults.is_empty() { "sound".to_owned() } else { faults.join(" ") };
    match request.repair_history() {
        Some(_) => format!("{faults} + repaired"),
        None => faults,
    }
}

/// Checks that each text is read so.
pub(crate) fn each(expected: &str, texts: &[&str]) {
    let wrong: Vec<String> = texts
        .iter()
        .filter(|text| outcome(text) != expected)
        .map(|text| format!("{text}: {}", outcome(text)))
        .collect();
    assert!(wrong.is_empty(), "not {expected}: {wrong:#?}");
}
