//! What the form takes, what it turns away, and that nothing typed is lost.

use domain::{
    Category, Failure, Fault, FaultKind, Field, FieldError, FunctionStatus, NotAccepted, Problem, QuoteForm,
    Term,
};
use proptest::prelude::*;

fn phone() -> QuoteForm {
    QuoteForm {
        device_type: "手机".into(),
        brand: "苹果".into(),
        model: "iPhone 14 Pro".into(),
        storage: "256GB".into(),
        condition: "九成新".into(),
        function_status: "正常".into(),
        ..QuoteForm::default()
    }
}

fn problems(form: &QuoteForm) -> Vec<(Field, Problem)> {
    match form.parse() {
        Err(Failure::InvalidInput { fields }) => {
            fields.into_iter().map(|FieldError { field, problem }| (field, problem)).collect()
        }
        other => panic!("expected invalid input, got {other:?}"),
    }
}

#[test]
fn an_empty_form_names_every_required_field_in_order() {
    use Field::*;
    let fields: Vec<_> = problems(&QuoteForm::default()).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, [DeviceType, Brand, Model, Storage, Condition, FunctionStatus]);
}

#[test]
fn a_computer_needs_its_memory_and_a_phone_does_not() {
    assert!(phone().parse().is_ok());
    let laptop = QuoteForm { device_type: "笔记本".into(), ..phone() };
    assert_eq!(problems(&laptop), [(Field::Ram, Problem::Missing)]);
    assert!(QuoteForm { ram: "16GB".into(), ..laptop }.parse().is_ok());
}

#[test]
fn codes_words_and_aliases_mean_the_same() {
    for (device_type, condition) in [("手机", "九成新"), ("phone", "excellent"), ("Phone", "9成新")] {
        let form = QuoteForm { device_type: device_type.into(), condition: condition.into(), ..phone() };
        assert_eq!(form.parse(), phone().parse());
    }
}

#[test]
fn delimiters_of_the_signature_are_refused_where_they_stand() {
    let form = QuoteForm { model: "iPhone&storage=1TB".into(), ..phone() };
    assert_eq!(problems(&form), [(Field::Model, Problem::ForbiddenCharacter)]);
    let form = QuoteForm { repair_history: "a\nb".into(), ..phone() };
    assert_eq!(problems(&form), [(Field::RepairHistory, Problem::ForbiddenCharacter)]);
}

#[test]
fn a_scrapped_device_is_not_accepted_but_its_other_errors_come_first() {
    let form = QuoteForm { condition: "报废".into(), ..phone() };
    assert_eq!(form.parse(), Err(Failure::NotAccepted { reason: NotAccepted::Scrapped }));
    let form = QuoteForm { storage: String::new(), ..form };
    assert_eq!(problems(&form), [(Field::Storage, Problem::Missing)]);
}

#[test]
fn faults_are_told_with_their_detail_in_one_order() {
    let ticked = QuoteForm {
        function_status: FunctionStatus::FAULTY.into(),
        faults: vec!["battery".into(), "outer_glass".into(), "battery".into()],
        ..phone()
    };
    let told = QuoteForm { function_status: "碎屏、电池老化(健康度低于80%)".into(), ..phone() };
    let request = ticked.parse().unwrap();
    assert_eq!(request.function_status(), told.parse().unwrap().function_status());
    assert_eq!(
        request.function_status().to_string(),
        "外屏损坏(外屏碎裂，显示正常)、电池老化(健康度低于80%)"
    );
    assert_eq!(request.score().to_string(), "6.7");
}

#[test]
fn a_fault_of_no_list_keeps_the_persons_words() {
    let form =
        QuoteForm { function_status: "屏幕损坏（右上角有绿线）、转轴松".into(), ..phone() };
    let request = form.parse().unwrap();
    let [Fault::Listed(FaultKind::Display, Some(detail)), Fault::Other(other)] =
        request.function_status().faults()
    else {
        panic!("{:?}", request.function_status())
    };
    assert_eq!((detail.as_str(), other.as_str()), ("右上角有绿线", "转轴松"));
}

#[test]
fn announcing_faults_without_naming_one_is_asked_about() {
    let form = QuoteForm { function_status: FunctionStatus::FAULTY.into(), ..phone() };
    assert_eq!(problems(&form), [(Field::FunctionStatus, Problem::NoFaultNamed)]);
}

#[test]
fn a_fault_that_the_category_cannot_have_is_no_answer() {
    let camera = QuoteForm {
        device_type: "相机".into(),
        function_status: FunctionStatus::FAULTY.into(),
        faults: vec!["biometrics".into(), "lens".into()],
        ..phone()
    };
    let request = camera.parse().unwrap();
    assert_eq!(request.function_status().faults().len(), 1);
    let camera = QuoteForm { faults: vec!["biometrics".into()], ..camera };
    assert_eq!(problems(&camera), [(Field::FunctionStatus, Problem::NoFaultNamed)]);
}

#[test]
fn every_word_and_code_of_a_list_is_its_own() {
    fn distinct<T: Term + std::fmt::Debug>() {
        for term in T::ALL {
            assert_eq!(T::find(term.word()), Some(*term));
            assert_eq!(T::find(term.code()), Some(*term));
            for alias in term.aliases() {
                assert_eq!(T::find(alias), Some(*term), "{alias}");
            }
        }
    }
    distinct::<Category>();
    distinct::<domain::Grade>();
    distinct::<FaultKind>();
    distinct::<domain::RepairKind>();
    distinct::<domain::ChannelKind>();
}

proptest! {
    #[test]
    fn any_text_parses_or_names_its_field_and_never_panics(
        texts in proptest::collection::vec(any::<String>(), 10)
    ) {
        let form = QuoteForm {
            device_type: texts[0].clone(),
            brand: texts[1].clone(),
            model: texts[2].clone(),
            storage: texts[3].clone(),
            ram: texts[4].clone(),
            condition: texts[5].clone(),
            function_status: texts[6].clone(),
            faults: vec![texts[7].clone()],
            repair_history: texts[8].clone(),
            purchase_channel: texts[9].clone(),
        };
        if let Err(Failure::InvalidInput { fields }) = form.parse() {
            prop_assert!(!fields.is_empty());
        }
    }

    #[test]
    fn a_device_comes_back_from_its_own_form(
        brand in "[a-zA-Z\u{4e00}-\u{4eff} ]{1,20}", faults in proptest::sample::subsequence(FaultKind::ALL.to_vec(), 0..5)
    ) {
        prop_assume!(!brand.trim().is_empty());
        let possible = faults.iter().filter(|fault| fault.applies_to(Category::Phone));
        let named: Vec<String> = possible.map(|fault| fault.code().to_owned()).collect();
        let status = if named.is_empty() { FunctionStatus::NORMAL } else { FunctionStatus::FAULTY };
        let form = QuoteForm { brand, faults: named, function_status: status.into(), ..phone() };
        let request = form.parse().unwrap();
        let device = domain::Device::new(&request, None, None);
        prop_assert_eq!(device.to_form().parse().unwrap(), request);
    }
}
