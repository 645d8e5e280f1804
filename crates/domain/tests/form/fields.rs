//! Which fields a form needs, and what each may hold.

use domain::{
    Category, Failure, Field, Grade, NotAccepted, Problem, PurchaseChannel, QuoteForm, RepairHistory, Term,
};

use crate::forms::{phone, problems};

#[test]
fn an_empty_form_names_every_required_field_in_order() {
    use Field::*;
    let fields: Vec<_> = problems(&QuoteForm::default()).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, [DeviceType, Brand, Model, Storage, Condition, FunctionStatus]);
    let required: Vec<_> = Field::ALL.iter().copied().filter(|field| field.is_required()).collect();
    assert_eq!(required, fields);
}

#[test]
fn a_computer_needs_its_memory_and_a_phone_does_not() {
    assert!(phone().parse().is_ok());
    let laptop = QuoteForm { device_type: "笔记本".into(), ..phone() };
    assert_eq!(problems(&laptop), [(Field::Ram, Problem::Missing)]);
    assert!(QuoteForm { ram: "16GB".into(), ..laptop }.parse().is_ok());
}

#[test]
fn a_form_offers_each_repair_and_each_place_of_purchase_that_it_reads() {
    assert_eq!(RepairHistory::listed().count(), 5);
    for repair in RepairHistory::listed() {
        let form = QuoteForm { repair_history: repair.code().into(), ..phone() };
        assert_eq!(form.parse().unwrap().repair_history(), Some(&RepairHistory::Listed(repair)));
        assert_eq!(RepairHistory::parse(repair.word()), Ok(Some(RepairHistory::Listed(repair))));
    }
    assert_eq!(PurchaseChannel::listed().count(), 6);
    for place in PurchaseChannel::listed() {
        let form = QuoteForm { purchase_channel: place.code().into(), ..phone() };
        assert_eq!(form.parse().unwrap().purchase_channel(), Some(&PurchaseChannel::Listed(place)));
    }
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
fn each_field_of_a_form_has_its_own_text() {
    let mut form = QuoteForm::default();
    for field in Field::OF_A_DEVICE {
        assert_eq!(form.text(field), "");
        field.name().clone_into(form.text_mut(field).unwrap());
    }
    for field in Field::OF_A_DEVICE {
        assert_eq!(form.text(field), field.name());
    }
    assert_eq!(form.text(Field::Keyword), "");
    assert_eq!(form.text_mut(Field::Keyword), None);
}

#[test]
fn a_request_has_what_the_form_says() {
    let form = QuoteForm {
        ram: "8GB".into(),
        repair_history: "换电池".into(),
        purchase_channel: "官网".into(),
        ..phone()
    };
    let request = form.parse().unwrap();
    assert_eq!(
        (request.category(), request.brand(), request.model()),
        (Category::Phone, "苹果", "iPhone 14 Pro")
    );
    assert_eq!((request.storage(), request.ram(), request.grade()), ("256GB", Some("8GB"), Grade::Excellent));
    assert_eq!(request.repair_history().map(RepairHistory::word), Some("换电池"));
    assert_eq!(request.purchase_channel().map(PurchaseChannel::word), Some("官网"));
    assert_eq!(form.repairs().map(|it| it.to_string()).as_deref(), Some("换电池"));
    assert_eq!(request.purchase_channel().map(ToString::to_string).as_deref(), Some("官网"));
}

#[test]
fn a_scrapped_device_is_not_accepted_but_its_other_errors_come_first() {
    let form = QuoteForm { condition: "报废".into(), ..phone() };
    assert_eq!(form.parse(), Err(Failure::NotAccepted { reason: NotAccepted::Scrapped }));
    let form = QuoteForm { storage: String::new(), ..form };
    assert_eq!(problems(&form), [(Field::Storage, Problem::Missing)]);
}
