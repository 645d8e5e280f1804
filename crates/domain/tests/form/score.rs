//! The condition score, and the devices that differ in one answer.

use domain::{Category, Change, Fault, Grade, QuoteForm, Term};

use crate::forms::phone;

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
