//! Whatever the cells of a list say, it is refused, or each of its prices is above 0 and its steps add up.

use domain::Money;
use pricelist::Language;
use proptest::prelude::*;

use crate::books::parsed;

/// Pieces of what people write, in any cell.
fn cell() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "类型",
        "品牌",
        "型号",
        "容量",
        "内存",
        "价格",
        "九成新",
        "八成新",
        "成色",
        "比例",
        "故障",
        "金额",
        "维修",
        "生效日期",
        "2026-01-31",
        "手机",
        "笔记本",
        "苹果",
        "iPhone 13",
        "iphone13 128G",
        "128GB",
        "12+256",
        "机身",
        "3000",
        "¥3,000.5",
        "0.1",
        "10%",
        "1",
        "100%",
        "-",
        "-5",
        "外屏损坏",
        "更换屏幕",
        "屏碎",
        "\u{feff}",
        "İ",
        "″",
        "99999999999999999999999999999999999",
        "",
    ]);
    prop_oneof![8 => piece.prop_map(str::to_owned), 1 => any::<String>().prop_map(|text| text.replace([',', '\n', '\r'], " "))]
}

fn rows(most: usize) -> impl Strategy<Value = String> {
    let row = prop::collection::vec(cell(), 0..8).prop_map(|cells| cells.join(","));
    prop::collection::vec(row, 0..most).prop_map(|rows| rows.join("\n"))
}

/// A sheet that begins well.
fn below(headings: &'static str) -> impl Strategy<Value = String> {
    rows(4).prop_map(move |rows| format!("{headings}\n{rows}"))
}

/// Rows of devices whose cells may fit.
fn devices() -> impl Strategy<Value = String> {
    let of = |words: &'static [&'static str]| prop::sample::select(words);
    let row = (
        of(&["手机", "手机", "平板"]),
        of(&["苹果", "小米", "Apple"]),
        of(&["iPhone 13", "iPhone 14", "小米 14", "iPad 9"]),
        of(&["128GB", "256", "1T"]),
        of(&["", "8GB"]),
        of(&["3000", "0.01", "", "¥1,999.99"]),
    );
    let row = row.prop_map(|(kind, brand, model, storage, memory, price)| {
        [kind, brand, model, storage, memory, price].join(",")
    });
    let headings = "类型,品牌,型号,容量,内存,价格";
    prop::collection::vec(row, 1..4).prop_map(move |rows| format!("{headings}\n{}", rows.join("\n")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_list_is_refused_or_its_prices_are_above_0(
        first in prop_oneof![rows(6), below("类型,品牌,型号,容量,九成新"), devices()],
        discounts in prop_oneof![Just("成色,比例\n八成新,0.333\n五成新,1%".to_owned()), below("成色,比例")],
        deductions in prop_oneof![Just("故障,金额,比例\n外屏损坏,,33.33%\n电池老化,0.01,".to_owned()), below("故障,金额,比例")],
    ) {
        // An empty first sheet is refused before.
        let first = format!("价格表\n{first}");
        match parsed(&[("价格", &first), ("折扣", &discounts), ("扣减", &deductions)]) {
            Err(mistakes) => {
                prop_assert!(mistakes.count() > 0);
                for mistake in mistakes.listed() {
                    prop_assert!(!mistake.told(Language::Chinese).chars().any(char::is_control));
                }
            }
            Ok(list) => for example in list.examples(10) {
                if let Ok(worked) = &example.worked {
                    let sum = worked.steps.iter().fold(worked.base, |sum, step| sum + step.amount);
                    prop_assert!(worked.price > Money::ZERO && sum == worked.price, "{worked:?}");
                }
            },
        }
    }
}
