//! The shopper's answers in words, each of which can be changed on its own.

use domain::{
    Category, FaultKind, Field, FunctionStatus, Grade, PurchaseChannel, QuoteForm, RepairHistory, Term,
};

use crate::words::{self, Locale, td_string};

/// One answer in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    /// The question.
    pub(crate) question: &'static str,
    /// The answer; empty if none was given.
    pub(crate) answer: String,
    /// Its field.
    pub(crate) field: Field,
}

/// All answers of a form, in its order.
pub(crate) fn answered(locale: Locale, form: &QuoteForm) -> Vec<Answered> {
    let category = Category::find(&form.device_type);
    let storage = words::storage(locale, category.unwrap_or(Category::Phone));
    let device = match (form.brand.trim(), form.model.trim()) {
        ("", "") => String::new(),
        (brand, model) => words::device(locale, brand, model),
    };
    let rows = [
        (td_string!(locale, form.model), device, Field::Model),
        (storage, form.storage.clone(), Field::Storage),
        (td_string!(locale, form.ram), form.ram.clone(), Field::Ram),
        (td_string!(locale, quote.looks), grade(locale, &form.condition), Field::Condition),
        (td_string!(locale, quote.works), functions(locale, form), Field::FunctionStatus),
        (td_string!(locale, form.repairs), repairs(locale, form), Field::RepairHistory),
        (td_string!(locale, form.channel), channel(locale, &form.purchase_channel), Field::PurchaseChannel),
    ];
    rows.into_iter().map(|(question, answer, field)| Answered { question, answer, field }).collect()
}

fn grade(locale: Locale, text: &str) -> String {
    Grade::find(text).map_or_else(|| text.to_owned(), |grade| words::grade(locale, grade).to_owned())
}

fn functions(locale: Locale, form: &QuoteForm) -> String {
    let named = form.faults.iter().map(String::as_str);
    let Ok(status) = FunctionStatus::parse(&form.function_status, named) else { return String::new() };
    if status.is_normal() {
        return td_string!(locale, form.all_works).to_owned();
    }
    let named = |kind: FaultKind| words::fault(locale, kind).to_owned();
    let faults: Vec<String> =
        status.faults().iter().map(|fault| fault.kind().map_or_else(|| fault.to_string(), named)).collect();
    faults.join(td_string!(locale, language.list))
}

fn repairs(locale: Locale, form: &QuoteForm) -> String {
    match form.repairs() {
        Some(RepairHistory::Listed(kind)) => words::repair(locale, kind).to_owned(),
        Some(told) => told.word().to_owned(),
        None => form.repair_history.clone(),
    }
}

fn channel(locale: Locale, text: &str) -> String {
    match PurchaseChannel::parse(text) {
        Ok(Some(PurchaseChannel::Listed(kind))) => words::channel(locale, kind).to_owned(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_back_in_the_readers_words() {
        let form = QuoteForm {
            device_type: "手机".into(),
            brand: "苹果".into(),
            model: "iPhone 14 Pro".into(),
            storage: "256GB".into(),
            condition: "九成新".into(),
            function_status: "faulty".into(),
            faults: vec!["water".into(), "battery".into()],
            purchase_channel: "地摊".into(),
            ..QuoteForm::default()
        };
        let told: Vec<String> = answered(Locale::en, &form)
            .into_iter()
            .map(|row| format!("{}: {}", row.question, row.answer))
            .collect();
        assert_eq!(
            told,
            [
                "Model: Apple iPhone 14 Pro",
                "Storage: 256GB",
                "Memory: ",
                "Looks: Excellent",
                "Functions: Battery health below 80 %, or swollen; Has been wet inside",
                "Repairs: ",
                "Bought from: 地摊",
            ]
        );
        assert!(answered(Locale::en, &QuoteForm::default()).iter().all(|row| row.answer.is_empty()));
    }
}
