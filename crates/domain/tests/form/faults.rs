//! The answer about functions: faults in one text, faults that are ticked, and texts that are refused.

use domain::{Fault, FaultKind, Field, FunctionStatus, PlainText, Problem, QuoteForm};

use crate::forms::{phone, problems};

#[test]
fn faults_are_written_with_their_detail_in_one_order() {
    let ticked = QuoteForm {
        function_status: FunctionStatus::FAULTY.into(),
        faults: vec!["battery".into(), "outer_glass".into(), "battery".into()],
        ..phone()
    };
    let written =
        QuoteForm { function_status: "碎屏、电池老化(健康度低于80%)".into(), ..phone() };
    let request = ticked.parse().unwrap();
    assert_eq!(request.function_status(), written.parse().unwrap().function_status());
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
    let written = QuoteForm { function_status: text, ..phone() };
    assert_eq!(problems(&written), [(Field::FunctionStatus, Problem::TooLong)]);
}

#[test]
fn a_status_by_itself_has_20_faults_and_repairs_at_most() {
    let names: Vec<String> =
        (0..=FunctionStatus::MOST).map(|number| format!("part {number} broken")).collect();
    let status = |count: usize| {
        FunctionStatus::parse(FunctionStatus::FAULTY, names[..count].iter().map(String::as_str))
            .map(|status| status.faults().len())
    };
    assert_eq!(status(FunctionStatus::MOST), Ok(FunctionStatus::MOST));
    assert_eq!(status(FunctionStatus::MOST + 1), Err(Problem::TooMany));
    let with_repairs = |repairs: usize| {
        let text = names[..15].join("、") + &"、修过转轴".repeat(repairs);
        FunctionStatus::parse(&text, std::iter::empty()).map(|status| status.faults().len())
    };
    assert_eq!((with_repairs(5), with_repairs(6)), (Ok(15), Err(Problem::TooMany)));
}

#[test]
fn the_longest_text_that_20_faults_need_is_accepted_and_a_longer_one_refused() {
    let fault = |number: usize| format!("生物识别故障({number:02}{})", "长".repeat(PlainText::MAX_CHARS - 2));
    let text: String = (0..FunctionStatus::MOST).map(|number| fault(number) + "、").collect();
    assert_eq!((fault(0).chars().count(), text.chars().count()), (Fault::LONGEST, FunctionStatus::LONGEST));
    let status =
        |text: &str| FunctionStatus::parse(text, std::iter::empty()).map(|status| status.faults().len());
    assert_eq!(status(&text), Ok(FunctionStatus::MOST));
    assert_eq!(status(&(text + "、")), Err(Problem::TooLong));
    let ticked = |fault: &str| FunctionStatus::parse(FunctionStatus::FAULTY, std::iter::once(fault)).is_ok();
    assert!(ticked(&fault(0)) && !ticked(&(fault(0) + "、")));
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
