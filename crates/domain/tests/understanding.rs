//! Whatever a person writes, it is understood or asked, and what is understood stays so.

use domain::{QuoteForm, Written, no_device, tidied, told_by, understand};
use proptest::prelude::*;

/// Any text, or pieces of what people write, in any order.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "苹果",
        "iPhone13",
        "128G",
        "12+512",
        " ",
        "/",
        "(",
        ")",
        "\"",
        "黑色",
        "国行",
        "SSD",
        "内存",
        "95新",
        "A级",
        "屏碎",
        "İ",
        "1T",
        "Redmi",
        "第五代",
        "-",
        "i7-1365U",
        "正常",
        "，",
        "𠮷",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())]
}

proptest! {
    #[test]
    fn no_text_breaks_the_reading(kind in text(), model in text(), storage in text(), grade in text(), notes in text()) {
        let form = QuoteForm {
            device_type: kind,
            brand: storage.clone(),
            ram: storage.clone(),
            condition: grade.clone(),
            function_status: grade,
            model,
            storage,
            ..QuoteForm::default()
        };
        let understood = understand(&Written { form, notes: notes.clone(), battery: notes.clone(), ..Written::default() });
        let _ = understood.request();
        let _ = no_device([notes.as_str()].into_iter());
        let _ = told_by(&notes);
    }

    #[test]
    fn a_tidied_text_is_tidy(text in text()) {
        let tidy = tidied(&text);
        prop_assert_eq!(&tidied(&tidy), &tidy);
    }
}
