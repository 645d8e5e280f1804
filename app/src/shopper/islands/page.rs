//! Reads and changes the page: its form, the chosen model, the step in its address, and its events for the
//! host page.

use domain::{CatalogueItem, Category, QuoteForm, Term};
use js_sys::{Object, Reflect};
use leptos::prelude::*;
use web_sys::wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CustomEvent, CustomEventInit, Element, FormData, HtmlElement, HtmlFormElement, HtmlInputElement,
    UrlSearchParams,
};

use super::asking::Asking;
use super::dom::{each, find, value};
use crate::parts::wishes::WISHES;
use crate::shopper::step::Step;
use crate::words::Locale;

/// The language that the server drew the page in.
pub(super) fn language() -> Locale {
    #[cfg(feature = "ssr")]
    return use_context().unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    document()
        .document_element()
        .and_then(|page| crate::words::language::named(&page.get_attribute("lang")?))
        .unwrap_or_default()
}

/// The step that the server drew, and whether it drew the waiting page, which it does only for samples, whose
/// islands never start.
pub(super) fn as_drawn() -> (Step, Asking) {
    #[cfg(feature = "ssr")]
    return use_context().unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    {
        let step =
            find::<Element>("#tradein-form").and_then(|form| Step::find(&form.get_attribute("data-step")?));
        (step.unwrap_or_default(), Asking::Not)
    }
}

/// The step in the page's address; the first if it names none.
pub(super) fn step_in_address() -> Step {
    let query = window().location().search().unwrap_or_default();
    let step = UrlSearchParams::new_with_str(&query).ok().and_then(|query| query.get("step"));
    step.and_then(|step| Step::find(&step)).unwrap_or_default()
}

/// Puts the step into the page's address: as a new entry in the browser's history, or in place of the current
/// one.
pub(super) fn remember_step(step: Step, of_its_own: bool) {
    let search = window().location().search().unwrap_or_default();
    let (Ok(query), Ok(history)) = (UrlSearchParams::new_with_str(&search), window().history()) else {
        return;
    };
    query.delete("mend");
    query.set("step", step.code());
    let address = format!("?{}", String::from(query.to_string()));
    let _ = match of_its_own {
        true => history.push_state_with_url(&JsValue::NULL, "", Some(&address)),
        false => history.replace_state_with_url(&JsValue::NULL, "", Some(&address)),
    };
}

/// The step that an element belongs to.
pub(super) fn step_around(element: &Element) -> Option<Step> {
    let screen = element.closest(".step").ok()??;
    Step::ALL.into_iter().find(|step| screen.class_list().contains(&format!("step-{}", step.code())))
}

/// Writes every answer into the review, in the words of the form. Each place there names the elements that
/// contain its answer.
pub(super) fn read_back() {
    let category = category().map(Category::code).unwrap_or_default();
    each("[data-answer]", |place| {
        let mut told = String::new();
        each(&place.get_attribute("data-answer").unwrap_or_default(), |answer| {
            let text = in_words(&answer, category).unwrap_or_default();
            if !told.is_empty() && !text.is_empty() {
                told.push_str(&place.get_attribute("data-joint").unwrap_or_default());
            }
            told.push_str(&text);
        });
        if place.has_attribute("data-optional")
            && let Some(row) = place.parent_element()
        {
            let _ = row.toggle_attribute_with_force("hidden", told.is_empty());
        }
        let unsaid = || place.get_attribute("data-unsaid").unwrap_or_default();
        place.set_text_content(Some(&if told.is_empty() { unsaid() } else { told }));
    });
}

/// An answer in words: the typed text, or the text beside a ticked box. `None` for an answer that no device
/// of the category can have.
fn in_words(answer: &Element, category: &str) -> Option<String> {
    let Some(label) = answer.closest("label.choice").ok()? else {
        let typed = answer.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
        return typed.or_else(|| answer.text_content());
    };
    let fits = label.get_attribute("data-fits").is_none_or(|fits| fits.split(' ').any(|fit| fit == category));
    let part = |selector| label.query_selector(selector).ok().flatten();
    // The name of an answer, without its explanation.
    let words = part("strong").or_else(|| part(".choice-text"))?.text_content()?;
    fits.then_some(words)
}

/// Removes all messages about wrong fields.
pub(super) fn clear_problems() {
    each(".problem", |line| line.set_text_content(None));
    each(".as-told", |old| old.remove());
}

/// Removes the messages about the keyword, beside its field and at the top of the form, because a new search
/// begins.
pub(super) fn clear_keyword_problem() {
    each(".problem[data-field=keyword]", |line| line.set_text_content(None));
    each(".as-told:has([href='#keyword'])", |old| old.remove());
}

/// Whether an input method is composing a word now, as marked by `public/islands.js`.
pub(super) fn is_composing() -> bool {
    find::<Element>("[data-composing]").is_some()
}

/// Whether the server drew the form without models that it should show, because it knew none.
pub(super) fn is_unasked() -> bool {
    find::<Element>(".finder[data-unasked]").is_some()
}

/// Whether the form names that model in its text fields, as a shop's page fills it in, without a storage. A
/// storage would be lost when the model is chosen.
pub(super) fn is_in_form(item: &CatalogueItem) -> bool {
    value("#model-text") == item.model
        && value("#brand-text") == item.brand
        && value("#storage-text").is_empty()
}

/// The address within the page where a field is corrected: its answers, or its text field if there are none.
pub(super) fn place(field: &str) -> String {
    let answers = find::<Element>(&format!("#{field}"));
    if answers.is_some() { format!("#{field}") } else { format!("#{field}-text") }
}

/// The address of `page` with the host page's settings as its query.
pub(super) fn with_wishes(page: &str, form: &HtmlFormElement) -> String {
    let (Ok(data), Ok(query)) = (FormData::new_with_form(form), UrlSearchParams::new()) else {
        return page.to_owned();
    };
    for name in WISHES {
        if let Some(wish) = data.get(name).as_string() {
            query.append(name, &wish);
        }
    }
    format!("{page}?{}", String::from(query.to_string()))
}

/// Reports to the host page why there is no price, through `public/embed/frame.js`.
pub(super) fn tell_host(code: &str, message: &str) {
    let detail = Object::new();
    for (name, value) in [("type", "error"), ("code", code), ("message", message)] {
        let _ = Reflect::set(&detail, &name.into(), &value.into());
    }
    let init = CustomEventInit::new();
    init.set_detail(&detail);
    if let Ok(event) = CustomEvent::new_with_event_init_dict("tradein:post", &init) {
        let _ = document().dispatch_event(&event);
    }
}

/// Reads every field of the form, including what the server or the browser filled in.
pub(super) fn quote_form(form: &HtmlFormElement) -> QuoteForm {
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

/// The chosen category.
pub(super) fn category() -> Option<Category> {
    Category::find(&find::<HtmlInputElement>("[name=device_type]:checked")?.value())
}

/// Whether a model is chosen, before or after the page was drawn.
pub(super) fn has_chosen() -> bool {
    find::<Element>(".chosen").is_some()
}

/// Ticks a category.
pub(super) fn tick(category: Category) {
    if let Some(answer) = find::<HtmlInputElement>(&format!("[name=device_type][value={}]", category.word()))
    {
        answer.set_checked(true);
    }
}

/// The separator of the sizes in a result's button.
pub(super) const SEPARATOR: char = '|';

/// The model of a result's button.
pub(super) fn item(button: &HtmlElement) -> Option<CatalogueItem> {
    let value = button.get_attribute("value")?;
    let mut parts = value.splitn(3, '/');
    let sizes = |name: &str| {
        let text = button.get_attribute(name).unwrap_or_default();
        text.split(SEPARATOR).filter(|size| !size.is_empty()).map(str::to_owned).collect()
    };
    Some(CatalogueItem {
        device_type: Category::find(parts.next()?)?,
        brand: parts.next()?.to_owned(),
        model: parts.next()?.to_owned(),
        storages: sizes("data-storages"),
        rams: sizes("data-rams"),
    })
}

/// Clears the chosen or typed device and, if `keyword`, the keyword too.
pub(super) fn forget_device(keyword: bool) {
    let fields = if keyword { ".by-hand input, #keyword" } else { ".by-hand input" };
    each(fields, |field| {
        if let Some(field) = field.dyn_ref::<HtmlInputElement>() {
            field.set_value("");
        }
    });
}

/// Shows the search, or hides it and disables its fields, so that they are not sent.
pub(super) fn show_search(shown: bool) {
    if let Some(finder) = find::<HtmlElement>(".finder") {
        finder.set_hidden(!shown);
        let _ = finder.toggle_attribute_with_force("disabled", !shown);
    }
    if let Some(drawn) = find::<Element>(".as-drawn") {
        drawn.remove();
    }
}
