use super::super::{Answered, understand};
use super::*;
use crate::QuoteForm;

fn item(kind: Category, brand: &str, model: &str, storages: &[&str], rams: &[&str]) -> CatalogueItem {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    CatalogueItem {
        device_type: kind,
        brand: brand.into(),
        model: model.into(),
        storages: texts(storages),
        rams: texts(rams),
    }
}

fn models(looked_up: &[(&str, &str, Category)]) -> Models {
    let mut models = Models::default();
    models.known.add([
        item(Category::Phone, "苹果", "iPhone 13", &["128GB", "256GB"], &[]),
        item(Category::Laptop, "苹果", "MacBook Air 13 英寸 (M2)", &["256GB"], &["8GB", "16GB"]),
        item(Category::Laptop, "苹果", "MacBook Air 15 英寸 (M2)", &["256GB"], &["8GB", "16GB"]),
        item(Category::Laptop, "华为", "MateBook 14 2023", &["512GB", "1TB"], &["16GB"]),
        item(Category::Phone, "华为", "nova 12", &["256G"], &["8GB"]),
        item(Category::Camera, "索尼", "RX100 VII", &["单机"], &[]),
        item(Category::Phone, "沙盒", "SANDBOX-DOWN", &["128GB"], &[]),
    ]);
    models.looked_up = looked_up
        .iter()
        .map(|(brand, model, category)| ModelName {
            brand: (*brand).into(),
            model: (*model).into(),
            category: Some(*category),
        })
        .collect();
    models
}

fn written(kind: &str, brand: &str, model: &str, storage: &str, ram: &str) -> Written {
    let form = QuoteForm {
        device_type: kind.into(),
        brand: brand.into(),
        model: model.into(),
        storage: storage.into(),
        ram: ram.into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    };
    Written { form, ..Written::default() }
}

fn resolved(models: &Models, written: &Written) -> Understood {
    let mut understood = understand(written);
    understood.resolve(written, &mut Resolver::new(models));
    understood
}

fn asked(understood: &Understood) -> Vec<(Field, Why)> {
    let questions = understood.all_questions(&understood.request());
    questions.into_iter().map(|question| (question.field, question.why)).collect()
}

#[test]
fn a_name_in_another_spelling_becomes_the_catalogues_and_is_marked() {
    let models = models(&[]);
    let other = resolved(&models, &written("手机", "苹果", "iphone13", "128", ""));
    assert_eq!((other.form.model.as_str(), other.guessed), ("iPhone 13", vec![Field::Model]));
    let same = resolved(&models, &written("手机", "苹果", "iPhone 13", "128GB", ""));
    assert_eq!((same.form.model.as_str(), same.guessed), ("iPhone 13", vec![]));
}

#[test]
fn a_name_that_was_not_looked_up_stays_as_it_is_written() {
    let models = models(&[]);
    let written = written("笔记本", "苹果", "MacBook Air M2", "256", "8");
    let mut resolver = Resolver::new(&models);
    let mut understood = understand(&written);
    understood.resolve(&written, &mut resolver);
    assert_eq!((understood.form.model.as_str(), asked(&understood)), ("MacBook Air M2", vec![]));
    assert_eq!(resolver.open().into_iter().map(|name| name.model).collect::<Vec<_>>(), ["MacBook Air M2"]);
}

#[test]
fn several_models_are_asked_with_their_names_and_an_answer_is_taken() {
    let models = models(&[("苹果", "MacBook Air M2", Category::Laptop)]);
    let mut written = written("笔记本", "苹果", "MacBook Air M2", "256", "8");
    let understood = resolved(&models, &written);
    assert_eq!(asked(&understood), [(Field::Model, Why::Model)]);
    let names = ["MacBook Air 13 英寸 (M2)", "MacBook Air 15 英寸 (M2)"].map(str::to_owned).to_vec();
    assert_eq!(understood.candidates, [(Field::Model, names)]);
    for (answer, model) in
        [("MacBook Air 15 英寸 (M2)", "MacBook Air 15 英寸 (M2)"), ("MacBook Air M2", "MacBook Air M2")]
    {
        let text = "MacBook Air M2".to_owned();
        written.answers = vec![Answered { field: Field::Model, text, answer: answer.into() }];
        let understood = resolved(&models, &written);
        assert_eq!((understood.form.model.as_str(), asked(&understood)), (model, vec![]));
    }
}

#[test]
fn a_name_that_the_catalogue_does_not_have_is_said_unless_another_brand_has_it() {
    let models = models(&[
        ("苹果", "iPhone 99", Category::Phone),
        ("苹果", "SANDBOX-DOWN", Category::Phone),
        ("谷歌", "Pixel 7", Category::Phone),
    ]);
    let unknown = resolved(&models, &written("手机", "苹果", "iPhone 99", "128", ""));
    assert_eq!(asked(&unknown), [(Field::Model, Why::UnknownModel)]);
    assert_eq!(unknown.candidates, [(Field::Model, vec!["iPhone 13".to_owned()])]);
    assert!(unknown.request().is_err(), "it costs no call");
    let unlike = resolved(&models, &written("手机", "谷歌", "Pixel 7", "128", ""));
    assert_eq!(unlike.candidates, [(Field::Model, vec![])]);
    assert!(resolved(&models, &written("手机", "苹果", "SANDBOX-DOWN", "128", "")).request().is_ok());
}

#[test]
fn one_size_is_taken_several_are_asked_and_another_is_never_quoted() {
    let models = models(&[]);
    let size = |written: Written, field: Field| {
        let understood = resolved(&models, &written);
        (understood.form.text(field).to_owned(), understood.guessed.contains(&field), asked(&understood))
    };
    // The catalogue writes 256G.
    let (storage, guessed, questions) = size(written("手机", "华为", "nova 12", "", ""), Field::Storage);
    assert_eq!((storage.as_str(), guessed, questions), ("256GB", true, vec![]));
    let (storage, guessed, questions) = size(written("相机", "索尼", "RX100 VII", "", ""), Field::Storage);
    assert_eq!((storage.as_str(), guessed, questions), ("单机", true, vec![]));
    let (ram, guessed, questions) = size(written("笔记本", "华为", "MateBook14 2023", "512", ""), Field::Ram);
    assert_eq!((ram.as_str(), guessed, questions), ("16GB", true, vec![]));
    // The price of a phone does not need its memory.
    let (ram, guessed, questions) = size(written("手机", "华为", "nova 12", "256", ""), Field::Ram);
    assert_eq!((ram.as_str(), guessed, questions), ("", false, vec![]));

    let missing = resolved(&models, &written("手机", "苹果", "iPhone 13", "", ""));
    assert_eq!(asked(&missing), [(Field::Storage, Why::Missing)]);
    let sizes = vec!["128GB".to_owned(), "256GB".to_owned()];
    assert_eq!(missing.candidates, [(Field::Storage, sizes)]);
    // Its lens does not come off.
    let (storage, guessed, questions) =
        size(written("相机", "索尼", "RX100 VII", "机身", ""), Field::Storage);
    assert_eq!((storage.as_str(), guessed, questions), ("单机", true, vec![]));
    let other = resolved(&models, &written("手机", "苹果", "iPhone 13", "1TB", ""));
    assert_eq!(asked(&other), [(Field::Storage, Why::Size)]);
    let other = resolved(&models, &written("手机", "华为", "nova 12", "256", "12GB"));
    assert_eq!(asked(&other), [(Field::Ram, Why::Size)]);
}

#[test]
fn a_kind_that_no_cell_says_is_the_models() {
    let models = models(&[]);
    let understood = resolved(&models, &written("", "华为", "nova12", "256", ""));
    assert_eq!(understood.form.device_type, "手机");
}

#[test]
fn a_name_as_catalogues_write_it_is_asked_for_as_it_is() {
    let name =
        |kind, model: &str| ModelName { brand: "苹果".into(), model: model.into(), category: Some(kind) };
    for model in ["iPhone 14 Pro", "iPhone 13 mini", "iPhone 15", "Mate 60 Pro"] {
        assert!(name(Category::Phone, model).is_written_out(), "{model}");
    }
    assert!(name(Category::Tablet, "小米平板 6 Pro").is_written_out());
    for model in [
        "iPhone14 Pro",
        "iphone 14 pro",
        "iPhone SE",
        "14 Pro",
        "iPhone 14 pm",
        "苹果14",
        "iPhone 14 Pro 256",
    ] {
        assert!(!name(Category::Phone, model).is_written_out(), "{model}");
    }
    assert!(!name(Category::Tablet, "iPad 9").is_written_out());
    assert!(!name(Category::Laptop, "MateBook 14").is_written_out());
}
