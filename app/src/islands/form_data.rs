//! The form as it stands in the page.

use domain::QuoteForm;
use web_sys::{FormData, HtmlFormElement};

/// Reads every field of the form, whoever filled it in.
pub(super) fn read(form: &HtmlFormElement) -> QuoteForm {
    let Ok(data) = FormData::new_with_form(form) else { return QuoteForm::default() };
    let text = |name: &str| data.get(name).as_string().unwrap_or_default();
    QuoteForm {
        device_type: text("device_type"),
        brand: text("brand"),
        model: text("model"),
        storage: text("storage"),
        ram: text("ram"),
        condition: text("condition"),
        function_status: text("function_status"),
        faults: data.get_all("faults[]").iter().filter_map(|value| value.as_string()).collect(),
        repair_history: text("repair_history"),
        purchase_channel: text("purchase_channel"),
    }
}

/// What stands in the search field.
pub(super) fn keyword(form: &HtmlFormElement) -> String {
    FormData::new_with_form(form).ok().and_then(|data| data.get("keyword").as_string()).unwrap_or_default()
}
