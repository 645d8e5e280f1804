//! A form whose free fields are in people's words: `iPhone13 128G 黑色` in the place of the model.

use super::written::Written;
use super::{Understood, understand};
use crate::{Failure, Field, FunctionStatus, Grade, QuoteForm, QuoteRequest, Term};

/// Reads a form as a row of a list is read: kind, brand, model, sizes and grade tell each other, and what is no part of a
/// model's name is taken out of it. What works is read as it is written, because the form asks for it.
/// Where the words contradict each other, they are read as they are written.
///
/// # Errors
/// As [`QuoteForm::parse`].
pub fn read_form(form: &QuoteForm) -> Result<QuoteRequest, Failure> {
    let asked = QuoteForm { function_status: String::new(), repair_history: String::new(), ..form.clone() };
    let Understood { form: mut read, questions, no_device, .. } =
        understand(&Written { form: asked, ..Written::default() });
    if no_device.is_some() || questions.iter().any(|question| question.field != Field::Condition) {
        return form.parse();
    }
    // The partner takes no `&`.
    let plain = |text: &str| text.replace('&', if text.is_ascii() { " and " } else { "、" });
    for fault in &mut read.faults {
        *fault = plain(fault);
    }
    let told = std::mem::take(&mut read.function_status);
    let repaired = std::mem::take(&mut read.repair_history);
    read.function_status = joined(&plain(&form.function_status), &told);
    if read.function_status == FunctionStatus::FAULTY && !told.is_empty() {
        read.faults.push(told);
    }
    read.repair_history = match (plain(&form.repair_history).trim(), repaired.as_str()) {
        (own, "") => own.to_owned(),
        ("", told) => told.to_owned(),
        (own, told) => format!("{own}、{told}"),
    };
    // A grade beside other words is none of the list: the words may be faults.
    if !form.condition.trim().is_empty() && Grade::find(&form.condition).is_none() {
        read.condition.clone_from(&form.condition);
    }
    if let Some(name) = as_apple_writes_it(&read.model) {
        read.model = name;
    }
    read.parse()
}

/// The name of an iPhone as its maker and the catalogues write it: `iphone13promax` is `iPhone 13 Pro Max`. Without a
/// catalogue, other names stay as they are written.
fn as_apple_writes_it(model: &str) -> Option<String> {
    const LEVELS: [(&str, &str); 6] =
        [("promax", " Pro Max"), ("pro", " Pro"), ("plus", " Plus"), ("mini", " mini"), ("e", "e"), ("", "")];
    let plain: String = model.to_ascii_lowercase().chars().filter(|letter| *letter != ' ').collect();
    let rest = plain.strip_prefix("iphone")?;
    let level = rest.trim_start_matches(|it: char| it.is_ascii_digit());
    let number = rest.strip_suffix(level).filter(|number| (1..=2).contains(&number.len()))?;
    let (_, level) = LEVELS.iter().find(|(word, _)| *word == level)?;
    Some(format!("iPhone {number}{level}"))
}

/// What works, by its own field and by another.
fn joined(own: &str, told: &str) -> String {
    match (own.trim(), told) {
        (own, "") | (own @ FunctionStatus::FAULTY, _) => own.to_owned(),
        ("" | FunctionStatus::NORMAL, told) => told.to_owned(),
        (own, told) => format!("{own}、{told}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: [&str; 7]) -> QuoteForm {
        let [device_type, brand, model, storage, ram, condition, function_status] = fields.map(str::to_owned);
        QuoteForm {
            device_type,
            brand,
            model,
            storage,
            ram,
            condition,
            function_status,
            ..QuoteForm::default()
        }
    }

    fn read(fields: [&str; 7]) -> [String; 6] {
        let request = read_form(&form(fields)).unwrap();
        [
            request.category().word(),
            request.brand(),
            request.model(),
            request.storage(),
            request.grade().word(),
            &request.function_status().to_string(),
        ]
        .map(str::to_owned)
    }

    #[test]
    fn the_words_of_a_model_tell_the_other_fields() {
        let all = ["手机", "苹果", "iPhone 13", "128GB", "九五新", "正常"];
        assert_eq!(read(["", "", "苹果 iPhone13 128G 黑色 国行", "", "", "95新", "完好"]), all);
        assert_eq!(read(["手机", "苹果", "iPhone13 95新", "128", "", "", "正常"]), all);
        assert_eq!(read(["phone", "Apple", "iPhone13 (128GB)", "128g", "", "like new", "works"]), all);
        let [.., function] = read(["手机", "苹果", "iPhone13 128G, cracked screen", "", "", "95新", "正常"]);
        assert_eq!(function, "外屏损坏(cracked screen)");
    }

    #[test]
    fn an_iphone_is_written_as_its_maker_writes_it() {
        for (model, name) in [
            ("iphone13promax", Some("iPhone 13 Pro Max")),
            ("iPhone 14 Pro", Some("iPhone 14 Pro")),
            ("IPHONE16e", Some("iPhone 16e")),
            ("iPhone SE (第三代)", None),
            ("iPhone XR", None),
            ("iPhone13,2", None),
            ("Mate60", None),
        ] {
            assert_eq!(as_apple_writes_it(model).as_deref(), name, "{model}");
        }
    }

    #[test]
    fn what_works_is_read_as_it_was_written() {
        let own = |text| read(["手机", "苹果", "iPhone 13", "128GB", "", "95新", text])[5].clone();
        assert_eq!(own("屏碎&电池不行"), "外屏损坏(屏碎)、电池老化(电池不行)");
        assert_eq!(own("屏幕有划痕"), "外屏损坏(屏幕有划痕)");
        assert_eq!((own("后盖有点翘").as_str(), own("屏碎").as_str()), ("后盖有点翘", "外屏损坏(屏碎)"));
    }

    #[test]
    fn fields_that_contradict_each_other_are_read_as_they_are_written() {
        for (brand, model, storage) in
            [("华为", "iPhone 13", "128GB"), ("苹果", "iPhone 13 256GB", "128GB"), ("𠮷", "iPhone 13", "𠮷")]
        {
            let all = read(["手机", brand, model, storage, "", "95新", "正常"]);
            assert_eq!((&*all[1], &*all[2], &*all[3]), (brand, model, storage));
        }
        let wrong = read_form(&form(["手机", "苹果", "", "", "", "A级", ""])).unwrap_err();
        let Failure::InvalidInput { fields } = wrong else { panic!("{wrong:?}") };
        let fields: Vec<Field> = fields.into_iter().map(|it| it.field).collect();
        assert_eq!(fields, [Field::Model, Field::Storage, Field::Condition, Field::FunctionStatus]);
    }
}
