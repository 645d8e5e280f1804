//! The states of the form, before there is a price.

use domain::{CatalogueItem, Category, Failure, Field, FieldError, Problem, QuoteForm};

use crate::parts::failure_report::FailureReport;
use crate::parts::frame::FrameFields;
use crate::shopper::form_page::{Search, Widget};
use crate::shopper::step::Step;
use crate::words::{Locale, td_string};

fn phone(model: &str) -> CatalogueItem {
    CatalogueItem {
        device_type: Category::Phone,
        brand: "苹果".to_owned(),
        model: model.to_owned(),
        storages: ["128GB", "256GB", "512GB", "1TB"].map(str::to_owned).to_vec(),
        rams: Vec::new(),
    }
}

fn phones() -> Vec<CatalogueItem> {
    ["iPhone 14 Pro Max", "iPhone 14 Pro", "iPhone 14 Plus", "iPhone 14"].map(phone).to_vec()
}

pub(super) fn empty(frame: &FrameFields) -> Widget {
    let of = |brand: &str| CatalogueItem { brand: brand.to_owned(), ..phone("") };
    let popular = ["苹果", "华为", "小米"].map(of).to_vec();
    let search = Search { found: Some(phones()), popular, ..Search::default() };
    Widget { frame: frame.clone(), search, ..Widget::default() }
}

pub(super) fn filled(form: &QuoteForm, frame: &FrameFields) -> Widget {
    let chosen = Some(phone(&form.model));
    Widget { form: form.clone(), step: Step::Review, chosen, ..empty(frame) }
}

pub(super) fn invalid(form: &QuoteForm, frame: &FrameFields) -> Widget {
    let form = QuoteForm { storage: String::new(), condition: String::new(), ..form.clone() };
    let missing = |field| FieldError { field, problem: Problem::Missing };
    let fields = [Field::Storage, Field::Condition].map(missing).to_vec();
    let failure = Some(Failure::InvalidInput { fields });
    Widget { failure, step: Step::Device, ..filled(&form, frame) }
}

pub(super) fn unknown(form: &QuoteForm, frame: &FrameFields) -> Widget {
    let form = QuoteForm { model: "iPhone 14 Pro Mini".to_owned(), ..form.clone() };
    let search = Search { found: Some(phones()), nearest: true, ..Search::default() };
    let failure = Some(Failure::ModelUnknown);
    Widget { failure, search, step: Step::Device, chosen: None, ..filled(&form, frame) }
}

pub(super) fn offline(locale: Locale) -> FailureReport {
    FailureReport {
        code: "partner_unavailable".to_owned(),
        message: td_string!(locale, failure.offline).to_owned(),
        next: td_string!(locale, failure.offline_next).to_owned(),
        ..FailureReport::default()
    }
}
