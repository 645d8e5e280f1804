//! The devices that are asked about.

use domain::{CatalogueItem, Device, QuoteForm, QuoteRequest};

/// A device of the catalogue without faults, in the grade 九成新; `None` if the model has no storage.
pub(super) fn of_catalogue(item: &CatalogueItem) -> Option<QuoteRequest> {
    let form = QuoteForm {
        device_type: domain::Term::word(item.device_type).to_owned(),
        brand: item.brand.clone(),
        model: item.model.clone(),
        storage: item.storages.first()?.clone(),
        ram: item.rams.first().cloned().unwrap_or_default(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    form.parse().ok()
}

/// The same device, but of a model that no catalogue has.
pub(super) fn unknown_model(device: &QuoteRequest) -> QuoteRequest {
    let form = QuoteForm { model: "No Such Model Xq7".into(), ..Device::new(device, None, None).to_form() };
    form.parse().unwrap_or_else(|_| device.clone())
}

/// The name of a device in the report.
pub(super) fn name(device: &QuoteRequest) -> String {
    format!(
        "{} {} {} {}",
        device.brand(),
        device.model(),
        device.storage(),
        domain::Term::word(device.grade())
    )
}
