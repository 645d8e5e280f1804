//! The devices that are asked about.

use domain::{CatalogueItem, Device, Grade, QuoteForm, QuoteRequest, Term as _};
use provider::GradeWords;

/// A name that no catalogue has.
pub(super) const UNKNOWN: &str = "No Such Model Xq7";

/// A device of the catalogue without faults; `None` if the model has no storage.
pub(super) fn of_catalogue(item: &CatalogueItem, grade: Grade) -> Option<QuoteRequest> {
    let form = QuoteForm {
        device_type: item.device_type.word().to_owned(),
        brand: item.brand.clone(),
        model: item.model.clone(),
        storage: item.storages.first()?.clone(),
        ram: item.rams.first().cloned().unwrap_or_default(),
        condition: grade.word().to_owned(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    form.parse().ok()
}

/// The same device, but of a model that no catalogue has.
pub(super) fn unknown_model(device: &QuoteRequest) -> QuoteRequest {
    changed(device, |form| form.model = UNKNOWN.into())
}

/// The same device in another grade.
pub(super) fn in_grade(device: &QuoteRequest, grade: Grade) -> QuoteRequest {
    changed(device, |form| form.condition = grade.word().to_owned())
}

/// The same device with what is written here in `function_status`.
pub(super) fn with_faults(device: &QuoteRequest, faults: &str) -> QuoteRequest {
    changed(device, |form| form.function_status = faults.to_owned())
}

fn changed(device: &QuoteRequest, change: impl FnOnce(&mut QuoteForm)) -> QuoteRequest {
    let mut form = Device::new(device, None, None).to_form();
    change(&mut form);
    form.parse().unwrap_or_else(|_| device.clone())
}

/// The name of a device in the report.
pub(super) fn name(device: &QuoteRequest, words: Option<&GradeWords>) -> String {
    let grade = name_of_grade(device.grade(), words);
    format!("{} {} {} {grade}", device.brand(), device.model(), device.storage())
}

/// The name of a grade in the report: the trade's, with the buyer's own in brackets.
pub(super) fn name_of_grade(grade: Grade, words: Option<&GradeWords>) -> String {
    let own = words.and_then(|words| words.word(grade)).filter(|own| *own != grade.word());
    own.map_or_else(|| grade.word().to_owned(), |own| format!("{} ({own})", grade.word()))
}

/// A device to be refused for another reason than the device.
pub(super) fn any() -> Option<QuoteRequest> {
    let form = QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 13".into(),
        storage: "128GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    form.parse().ok()
}
