//! The form as it stands in the page.

use domain::QuoteForm;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, HtmlInputElement};

use crate::frame::FrameFields;

/// Ticks the answer `value` to the question `name`, as if somebody had.
pub(super) fn tick(form: &HtmlFormElement, name: &str, value: &str) {
    let answer = form.query_selector(&format!("[name=\"{name}\"][value=\"{value}\"]")).ok().flatten();
    if let Some(answer) = answer.and_then(|answer| answer.dyn_into::<HtmlInputElement>().ok()) {
        answer.set_checked(true);
    }
}

/// What a form holds at this moment, whoever filled it in.
pub(super) struct Filled(Option<FormData>);

impl Filled {
    pub(super) fn of(form: &HtmlFormElement) -> Self {
        Self(FormData::new_with_form(form).ok())
    }

    pub(super) fn text(&self, name: &str) -> String {
        self.0.as_ref().and_then(|data| data.get(name).as_string()).unwrap_or_default()
    }

    /// What is told of the device.
    pub(super) fn quote_form(&self) -> QuoteForm {
        let faults = self.0.as_ref().map(|data| data.get_all("faults[]")).unwrap_or_default();
        QuoteForm {
            device_type: self.text("device_type"),
            brand: self.text("brand"),
            model: self.text("model"),
            storage: self.text("storage"),
            ram: self.text("ram"),
            condition: self.text("condition"),
            function_status: self.text("function_status"),
            faults: faults.iter().filter_map(|value| value.as_string()).collect(),
            repair_history: self.text("repair_history"),
            purchase_channel: self.text("purchase_channel"),
        }
    }

    /// The host's wishes, which stand in hidden fields.
    pub(super) fn frame(&self) -> FrameFields {
        FrameFields {
            merchant: self.text("merchant"),
            locale: self.text("locale"),
            theme: self.text("theme"),
            accent: self.text("accent"),
            product_price: self.text("product_price"),
            product_name: self.text("product_name"),
        }
    }
}
