use pricelist::{Language, Mistakes, PriceList};

use crate::books::{DEDUCTIONS, DEVICES, DISCOUNTS, REPAIRS, parsed};

/// The places and codes of what is wrong.
fn wrong(of: &[(&str, &str)]) -> Vec<String> {
    let mistakes = parsed(of).err().unwrap_or_default();
    mistakes.listed().iter().map(|it| format!("{} {}", it.place(), it.kind.code())).collect()
}

fn devices(rows: &str) -> String {
    format!("类型,品牌,型号,容量,内存,价格\n{rows}")
}

#[test]
fn all_that_is_wrong_is_told_at_once_by_cell() {
    let rows = devices(
        "手机,苹果,iPhone 13,128GB,,三千
手表,苹果,Watch S9,64GB,,100
手机,,iPhone 13,,,
手机,苹果,iphone13 黑色,128G,,2900
手机,苹果,iPhone 14&15,128GB,,-5
手机,小米,小米 14,国行,,12.345
平板,苹果,妙控键盘,256GB,,200",
    );
    let discounts = "成色,比例\n九九九新,90%\n九成新,0.9\n八成新,85\n八成新,0.8\n七成新,";
    let deductions = "故障,金额,比例\n屏有点旧,10,\n外屏损坏,10,5%\n电池老化,,\n进水,a,\n按键故障,,1\n外屏损坏 outer glass,5,";
    let repairs = "维修,金额,单位\n换心,1,";
    assert_eq!(
        wrong(&[("价格", &rows), ("折扣", discounts), ("扣减", deductions), ("维修", repairs)]),
        [
            "价格!F2 no_amount",
            "价格!A3 unknown_type",
            "价格!B4 missing",
            "价格!C5 twice",
            "价格!C6 unfit",
            "价格!F6 no_amount",
            "价格!D7 unclear_size",
            "价格!F7 no_amount",
            "价格!C8 no_device",
            "折扣!A2 unknown_grade",
            "折扣!A5 twice",
            "折扣!B3 not_the_grade_of_prices",
            "折扣!B4 no_share",
            "折扣!B6 missing",
            "扣减!A2 unknown_fault",
            "扣减!A7 twice",
            "扣减!B3 not_one_of",
            "扣减!B4 not_one_of",
            "扣减!B5 no_amount",
            "扣减!C6 no_share",
            "维修!C1 unknown_column",
            "维修!A2 unknown_repair",
        ]
    );
}

#[test]
fn headings_are_needed_and_have_to_be_known() {
    assert_eq!(wrong(&[("价格", "价格表\n苹果,3000")]), ["价格!A1 no_headings"]);
    assert_eq!(
        wrong(&[("价格", "品牌,型号,九戌新,型号\n苹果,iPhone 13,3000,")]),
        [
            "价格!C1 unknown_column",
            "价格!D1 column_twice",
            "价格!A1 no_column",
            "价格!A1 no_column",
            "价格!A1 no_prices",
        ]
    );
    assert_eq!(wrong(&[("价格", "类型,品牌,型号,容量,九成新")]), ["价格!A1 no_devices"]);
}

#[test]
fn there_is_one_kind_of_prices() {
    assert_eq!(wrong(&[("价格", DEVICES)]), ["价格!F1 no_discounts"]);
    let both = "类型,品牌,型号,容量,价格,九成新\n手机,苹果,iPhone 13,128GB,1,1";
    assert_eq!(wrong(&[("价格", both)]), ["价格!E1 two_kinds_of_prices"]);
    let by_grade = "类型,品牌,型号,容量,九成新\n手机,苹果,iPhone 13,128GB,1";
    assert_eq!(wrong(&[("价格", by_grade), ("折扣", DISCOUNTS)]), ["折扣!A1 discounts_beside_grades"]);
    let twice = [("价格", by_grade), ("扣减", DEDUCTIONS), ("Deductions", DEDUCTIONS)];
    assert_eq!(wrong(&twice), ["Deductions!A1 sheet_twice"]);
}

#[test]
fn a_day_has_to_be_one_and_a_title_is_no_day() {
    let from = |line: &str| wrong(&[("价格", &format!("{line}\n{DEVICES}")), ("折扣", DISCOUNTS)]);
    assert_eq!(from("生效日期 Valid from,下周一"), ["价格!B1 no_day"]);
    assert_eq!(from("生效日期：下周一"), ["价格!A1 no_day"]);
    for right in ["生效日期：2026-01-31", "本店价格表", "生效日期,", "valid from, ,2026/1/31"] {
        assert_eq!(from(right), [""; 0], "{right}");
    }
}

#[test]
fn both_cells_of_a_device_that_is_there_twice_are_told() {
    let rows = format!("{DEVICES}\n手机,Apple,iphone13,128G,,2900");
    let mistakes = parsed(&[("价格", &rows), ("折扣", DISCOUNTS), ("维修", REPAIRS)]).err().unwrap();
    let told = |language| mistakes.listed()[0].told(language);
    assert_eq!(told(Language::English), "价格!C8: C2 says the same before");
    assert_eq!(told(Language::Chinese), "价格!C8：与 C2 重复");
}

#[test]
fn many_mistakes_are_counted_and_the_first_are_listed() {
    let rows: String = (0..80).map(|number| format!("手机,苹果,iPhone {number},128GB,,x\n")).collect();
    let mistakes = parsed(&[("价格", &devices(&rows)), ("折扣", DISCOUNTS)]).err().unwrap();
    assert_eq!((mistakes.count(), mistakes.listed().len()), (80, Mistakes::LISTED));
}

#[test]
fn every_mistake_has_words_in_both_languages() {
    let has_chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    let rows = devices("手机,苹果,iPhone 13,128GB,,三千\n手机,,iPhone 13,128GB,,1");
    let mistakes = parsed(&[("价格", &rows), ("扣减", "故障,金额\nx,y")]).err().unwrap();
    for mistake in mistakes.listed() {
        assert!(has_chinese(&mistake.kind.told(Language::Chinese)));
        assert!(mistake.to_string().starts_with(&mistake.place()));
    }
    assert_eq!(PriceList::parse(&[]).err().unwrap().count(), 1);
}
