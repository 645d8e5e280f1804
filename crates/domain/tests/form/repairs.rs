//! Repairs, in their own field and among the faults.

use domain::{FunctionStatus, QuoteForm};

use crate::forms::{phone, read};

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
    assert_eq!(read("修过铰链，修过转轴，修过铰链", "").1.as_deref(), Some("修过转轴、修过铰链"));
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
