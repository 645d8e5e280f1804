//! Personal data is removed from every field.

use domain::{Field, Problem, QuoteForm};

use crate::forms::{phone, problems, read};

#[test]
fn personal_data_is_removed_before_a_request_is_made() {
    let form = QuoteForm {
        model: "iPhone 14 Pro 13800138000".into(),
        repair_history: "修过主板，问李师傅 490154203237518".into(),
        function_status: "转轴松，电话13800138000".into(),
        ..phone()
    };
    let request = form.parse().unwrap();
    let written = format!("{request:?}");
    assert!(!written.contains("138001") && !written.contains("490154"), "{written}");
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
