//! Which forms are accepted, which are refused and why, and that no typed text is lost.

use domain::{
    Category, Change, Failure, Fault, FaultKind, Field, FieldError, FunctionStatus, Grade, NotAccepted,
    PlainText, Problem, PurchaseChannel, QuoteForm, RepairHistory, Term,
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
fn faults_and_repairs_lower_the_score() {
    let score = |faults: &str, repairs: &str| {
        let form = QuoteForm { function_status: faults.into(), repair_history: repairs.into(), ..phone() };
        form.parse().unwrap().score().to_string()
    };
    assert_eq!(score("正常", ""), "9.0");
    for (fault, expected) in [
        ("按键故障", "8.2"),
        ("外屏损坏", "7.5"),
        ("屏幕损坏", "6.5"),
        ("账号锁", "5.0"),
        ("无法开机", "4.0"),
        ("转轴松", "7.5"),
        ("无法开机、账号锁", "0.0"),
    ] {
        assert_eq!(score(fault, ""), expected, "{fault}");
    }
    for (repair, expected) in [
        ("无维修", "9.0"),
        ("更换电池", "8.7"),
        ("更换外壳", "8.7"),
        ("更换屏幕", "8.2"),
        ("主板维修", "7.5"),
        ("修过转轴", "8.2"),
        ("换过电池、换过屏", "7.9"),
    ] {
        assert_eq!(score("正常", repair), expected, "{repair}");
    }
    let lens = QuoteForm { device_type: "相机".into(), function_status: "镜头损坏".into(), ..phone() };
    assert_eq!(lens.parse().unwrap().score().to_string(), "7.0");
}

#[test]
fn each_change_of_a_device_differs_in_one_answer() {
    let form = QuoteForm { function_status: "进水、电池老化".into(), ..phone() };
    let request = form.parse().unwrap();
    let changes = request.changes();
    let possible = Category::Phone.features().faults;
    assert_eq!(changes.len(), Grade::ALL.len() - 1 + possible.len());
    for (change, other) in changes {
        assert_ne!(other, request, "{change:?}");
        let kinds = |request: &domain::QuoteRequest| -> Vec<_> {
            request.function_status().faults().iter().filter_map(Fault::kind).collect()
        };
        let (before, after) = (kinds(&request), kinds(&other));
        match change {
            Change::Grade(grade) => assert!(other.grade() == grade && before == after),
            Change::Without(kind) => assert!(before.contains(&kind) && !after.contains(&kind)),
            Change::With(kind) => {
                assert!(!before.contains(&kind) && after.contains(&kind) && possible.contains(&kind));
            }
        }
    }
}

#[test]
fn a_scrapped_device_is_not_accepted_but_its_other_errors_come_first() {
    let form = QuoteForm { condition: "报废".into(), ..phone() };
    assert_eq!(form.parse(), Err(Failure::NotAccepted { reason: NotAccepted::Scrapped }));
    let form = QuoteForm { storage: String::new(), ..form };
    assert_eq!(problems(&form), [(Field::Storage, Problem::Missing)]);
}

#[test]
fn faults_are_written_with_their_detail_in_one_order() {
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

fn read(function_status: &str, repair_history: &str) -> (String, Option<String>) {
    let form = QuoteForm {
        function_status: function_status.into(),
        repair_history: repair_history.into(),
        ..phone()
    };
    let request = form.parse().unwrap_or_else(|failure| panic!("{function_status}: {failure}"));
    (request.function_status().to_string(), request.repair_history().map(ToString::to_string))
}

#[test]
fn all_words_for_sound_make_the_same_request() {
    for text in [
        "Normal",
        "OK",
        "无",
        "良好",
        "正常、",
        "完好",
        "/",
        "正常，其他也没问题",
        "Fully working",
        "一切正常。",
    ] {
        let form = QuoteForm { function_status: text.into(), ..phone() };
        assert_eq!(form.parse(), phone().parse(), "{text}");
    }
}

#[test]
fn a_repair_among_the_faults_counts_as_a_repair() {
    let repaired = |text: &str, history: &str| (text.to_owned(), Some(history.to_owned()));
    assert_eq!(read("换过电池", ""), repaired("正常", "换过电池"));
    assert_eq!(read("正常，换过电池、换屏", ""), repaired("正常", "换过电池、换屏"));
    assert_eq!(read("正常但换过电池", ""), repaired("正常", "换过电池"));
    assert_eq!(read("battery replaced", ""), repaired("正常", "battery replaced"));
    assert_eq!(read("换过电池、屏幕损坏", ""), repaired("屏幕损坏(有坏点或条纹)", "换过电池"));
    assert_eq!(read("换过电池", "更换电池"), repaired("正常", "更换电池"), "said twice, it is one");
    assert_eq!(read("换过电池", "无维修"), repaired("正常", "换过电池"));
    assert_eq!(read("换过电池", "更换屏幕"), repaired("正常", "更换屏幕、换过电池"));
    let score = |text: &str| {
        QuoteForm { function_status: text.into(), ..phone() }.parse().unwrap().score().to_string()
    };
    assert_eq!((score("换过电池"), score("正常、")), ("8.7".to_owned(), "9.0".to_owned()));
}

#[test]
fn words_for_none_mean_no_repair_and_words_for_unknown_mean_no_answer() {
    for none in [
        "/",
        "无",
        "无拆修",
        "未拆修",
        "none",
        "No repairs",
        "没修过",
        "原装",
        "original",
        "电池没换过",
        "无维修痕迹",
    ] {
        assert_eq!(read("正常", none).1.as_deref(), Some("无维修"), "{none}");
    }
    for unknown in ["", "未知", "?", "不清楚", "unknown"] {
        assert_eq!(read("正常", unknown).1, None, "{unknown}");
    }
}

#[test]
fn repairs_among_the_faults_count_once_and_are_sorted() {
    assert_eq!(read("换过电池，换过电池", "").1.as_deref(), Some("换过电池"));
    assert_eq!(read("换屏、换电池", ""), read("换电池、换屏", ""));
    assert_eq!(
        read("正常", "battery replaced and no other repairs").1.as_deref(),
        Some("battery replaced and no other repairs")
    );
    for (named, history) in [("换过电池", Some("换过电池")), ("Normal", None)] {
        let form = QuoteForm {
            function_status: FunctionStatus::FAULTY.into(),
            faults: vec![named.into()],
            ..phone()
        };
        let request = form.parse().unwrap();
        assert!(request.function_status().is_normal(), "{named}");
        assert_eq!(request.repair_history().map(ToString::to_string).as_deref(), history);
    }
    let several = QuoteForm {
        function_status: FunctionStatus::FAULTY.into(),
        faults: vec!["屏碎,电池不行".into()],
        ..phone()
    };
    assert_eq!(several.parse().unwrap().function_status().faults().len(), 2);
}

#[test]
fn several_faults_in_one_text_are_several() {
    for text in
        ["屏碎,电池不行", "屏碎 电池不行", "屏碎/电池不行", "屏碎，电池不行，其他正常", "屏碎和电池不行"]
    {
        let form = QuoteForm { function_status: text.into(), ..phone() };
        let request = form.parse().unwrap();
        let kinds: Vec<_> = request.function_status().faults().iter().filter_map(Fault::kind).collect();
        assert_eq!(kinds, [FaultKind::OuterGlass, FaultKind::Battery], "{text}");
        assert_eq!(request.function_status().to_string(), "外屏损坏(屏碎)、电池老化(电池不行)");
    }
}

#[test]
fn an_answer_without_a_statement_is_refused_as_unclear() {
    for text in ["未知", "?", "？", "不清楚", "正常?", "-", "屏碎，其他不清楚", "unknown", "N/A", "无拆修"]
    {
        let form = QuoteForm { function_status: text.into(), ..phone() };
        assert_eq!(problems(&form), [(Field::FunctionStatus, Problem::Unclear)], "{text}");
    }
    for text in ["有故障", "broken", "不正常"] {
        let form = QuoteForm { function_status: text.into(), ..phone() };
        assert_eq!(problems(&form), [(Field::FunctionStatus, Problem::NoFaultNamed)], "{text}");
    }
}

#[test]
fn a_device_has_20_faults_at_most() {
    let faults = |count: usize| QuoteForm {
        function_status: FunctionStatus::FAULTY.into(),
        faults: (0..count).map(|number| format!("part {number} broken")).collect(),
        ..phone()
    };
    assert!(faults(FunctionStatus::MOST).parse().is_ok());
    assert_eq!(problems(&faults(FunctionStatus::MOST + 1)), [(Field::FunctionStatus, Problem::TooMany)]);
    assert_eq!(problems(&faults(4_500)), [(Field::FunctionStatus, Problem::TooMany)]);
    let text = (0..4_500).map(|number| format!("part {number} broken")).collect::<Vec<_>>().join("、");
    let told = QuoteForm { function_status: text, ..phone() };
    assert_eq!(problems(&told), [(Field::FunctionStatus, Problem::TooLong)]);
}

#[test]
fn faults_come_back_from_their_own_text_whatever_brackets_and_lengths_they_have() {
    let longest = "长".repeat(PlainText::MAX_CHARS);
    for faults in [
        vec![format!("转轴{}", "松".repeat(98)); 1],
        vec![format!("屏碎{}", "了".repeat(95))],
        vec![format!("屏幕损坏({longest})"), format!("声音故障（{longest}）")],
        vec!["屏幕损坏(右上(角))".into(), "进水".into()],
        vec!["屏幕损坏(右(上)".into(), "进水".into(), "转轴松(左".into(), "右)铰链响".into()],
        vec!["转轴松(左，右)".into(), "屏幕损坏(绿线，坏点)".into()],
        vec!["屏幕损坏)".into(), "屏幕损坏(".into(), "电池老化()".into()],
        vec!["转轴松，铰链响".into()],
        (0..20).map(|number| format!("屏幕损坏({number:02}{})", "长".repeat(98))).collect(),
        (0..20).map(|number| format!("转轴{number:02}{}", "松".repeat(96))).collect(),
    ] {
        let form =
            QuoteForm { function_status: FunctionStatus::FAULTY.into(), faults: faults.clone(), ..phone() };
        let request = form.parse().unwrap_or_else(|failure| panic!("{faults:?}: {failure}"));
        let device = domain::Device::new(&request, None, None);
        assert_eq!(device.to_form().parse().as_ref(), Ok(&request), "{faults:?} as one text");
        let each: Vec<String> = request.function_status().faults().iter().map(ToString::to_string).collect();
        assert!(each.iter().all(|fault| fault.chars().count() <= Fault::LONGEST), "{each:?}");
        let again = QuoteForm { faults: each, ..form };
        assert_eq!(again.parse(), Ok(request), "{faults:?} one by one");
    }
}

#[test]
fn faults_that_were_ticked_before_all_works_was_chosen_do_not_count() {
    let form = QuoteForm { faults: vec!["water".into()], ..phone() };
    assert!(form.parse().unwrap().function_status().is_normal());
}

#[test]
fn personal_data_is_removed_before_a_request_is_made() {
    let form = QuoteForm {
        model: "iPhone 14 Pro 13800138000".into(),
        repair_history: "修过主板，问李师傅 490154203237518".into(),
        function_status: "转轴松，电话13800138000".into(),
        ..phone()
    };
    let request = form.parse().unwrap();
    let told = format!("{request:?}");
    assert!(!told.contains("138001") && !told.contains("490154"), "{told}");
    assert_eq!(request.model(), "iPhone 14 Pro …");
}

#[test]
fn a_field_with_only_personal_data_counts_as_empty() {
    for personal in ["13800138000", "+44 7700 900123", "电话 13800138000", "微信：zhangsan88", "…"] {
        let form = |field: Field| {
            let mut form = phone();
            personal.clone_into(form.text_mut(field).unwrap());
            form
        };
        for field in [Field::Brand, Field::Model, Field::Storage] {
            assert_eq!(problems(&form(field)), [(field, Problem::Missing)], "{personal}");
        }
        assert_eq!(
            problems(&form(Field::FunctionStatus)),
            [(Field::FunctionStatus, Problem::Unclear)],
            "{personal}"
        );
        for field in [Field::RepairHistory, Field::PurchaseChannel] {
            assert_eq!(form(field).parse(), phone().parse(), "{personal}");
        }
        assert_eq!(read(&format!("屏碎，{personal}"), "").0, "外屏损坏(屏碎)", "{personal}");
        assert_eq!(read(&format!("正常，{personal}"), "").0, "正常", "{personal}");
    }
}

#[test]
fn a_text_of_marks_only_is_unclear() {
    for text in ["、", "，。", "13800138000、"] {
        let form = QuoteForm { function_status: text.into(), ..phone() };
        assert_eq!(problems(&form), [(Field::FunctionStatus, Problem::Unclear)], "{text}");
    }
}

#[test]
fn faulty_without_a_named_fault_is_refused() {
    let form = QuoteForm { function_status: FunctionStatus::FAULTY.into(), ..phone() };
    assert_eq!(problems(&form), [(Field::FunctionStatus, Problem::NoFaultNamed)]);
}

#[test]
fn a_fault_that_the_category_cannot_have_does_not_count() {
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
