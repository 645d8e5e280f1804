use pricelist::{Language, PriceList, Template, is_part};
use sheet::read_sheets;

#[test]
fn each_template_is_a_list_without_a_mistake() {
    for (template, prices) in [(Template::OnePrice, 5 * 7), (Template::ByGrade, 5 * 7)] {
        let sheets = read_sheets(&template.workbook().unwrap(), is_part).unwrap();
        let list = PriceList::parse(&sheets).unwrap();
        assert_eq!((list.devices(), list.prices()), (5, prices), "{template:?}");
        assert!(list.has_deductions() && list.has_repairs());
        assert_eq!(list.remarks(Language::English), [""; 0]);
        let examples = list.examples(10);
        assert_eq!(examples.len(), 5);
        let told: Vec<_> = examples.iter().map(|example| example.told(Language::English)).collect();
        assert!(examples.iter().all(|example| example.worked.is_ok()), "{told:?}");
    }
}

#[test]
fn examples_are_spread_over_the_list_and_told_with_their_steps() {
    let sheets = read_sheets(&Template::OnePrice.workbook().unwrap(), is_part).unwrap();
    let list = PriceList::parse(&sheets).unwrap();
    let told: Vec<_> = list.examples(3).iter().map(|example| example.told(Language::English)).collect();
    assert_eq!(
        told,
        [
            "苹果 iPhone 14 Pro 256GB 全新: ¥4,500 + ¥675 (Condition: new) = ¥5,175",
            "苹果 iPad Air (第五代) 64GB 九五新 外屏损坏(外屏碎裂，显示正常): ¥2,300 + ¥184 (Condition: like new) − ¥372.60 (Outer glass cracked) = ¥2,111.40",
            "索尼 Alpha 7 IV 机身 九成新 更换电池: ¥9,600 − ¥150 (Battery replaced) = ¥9,450",
        ]
    );
    assert_eq!(list.examples(0), []);
    assert_eq!(list.examples(1).len(), 1);
}
