use domain::{FaultKind, Grade, QuoteRequest, RepairKind};
use pricelist::{NoPrice, PriceList};

use crate::books::{DEVICES, DISCOUNTS, device, parsed, whole};

const SOUND: (&str, &str) = ("正常", "");

/// The base, the steps and the price, in yuan where they are whole.
fn price(list: &PriceList, device: &QuoteRequest) -> Result<(i64, Vec<i64>, i64), NoPrice> {
    list.price(device).map(|priced| {
        let yuan = |amount: domain::Money| amount.fen() / 100;
        let steps = priced.worked.steps.iter().map(|step| yuan(step.amount)).collect();
        (yuan(priced.worked.base), steps, yuan(priced.worked.price))
    })
}

#[test]
fn a_price_follows_from_grade_faults_and_repairs() {
    let list = whole();
    let iphone = |grade, state| price(&list, &device("苹果", "iPhone 13", ("128GB", ""), grade, state));
    assert_eq!(iphone("九成新", SOUND), Ok((3000, vec![], 3000)));
    assert_eq!(iphone("全新", SOUND), Ok((3000, vec![300], 3300)));
    assert_eq!(iphone("八成新", SOUND), Ok((3000, vec![-450], 2550)));
    // 15 % of 2,550 is 382.50.
    assert_eq!(
        iphone("八成新", ("外屏损坏、电池老化", "更换屏幕")),
        Ok((3000, vec![-450, -382, -255, -300], 1612))
    );
    assert_eq!(iphone("九成新", ("正常", "更换电池")), Ok((3000, vec![-150], 2850)));
    assert_eq!(iphone("九成新", ("正常", "无维修")), Ok((3000, vec![], 3000)));
    assert_eq!(
        iphone("九成新", ("外屏损坏(碎了)、外屏损坏(划了)", "")),
        Ok((3000, vec![-450], 2550)),
        "each kind of fault counts once"
    );
}

#[test]
fn what_the_list_does_not_price_has_no_price() {
    let list = whole();
    let iphone = |grade, state| price(&list, &device("苹果", "iPhone 13", ("128GB", ""), grade, state));
    assert_eq!(iphone("七成新", SOUND), Err(NoPrice::Grade(Grade::Fair)));
    assert_eq!(iphone("九成新", ("进水", "")), Err(NoPrice::Fault(Some(FaultKind::Water))));
    assert_eq!(iphone("九成新", ("转轴松了", "")), Err(NoPrice::Fault(None)));
    assert_eq!(iphone("九成新", ("正常", "主板维修")), Err(NoPrice::Repair(Some(RepairKind::Mainboard))));
    assert_eq!(iphone("九成新", ("无法开机", "")), Err(NoPrice::Nothing));
    let unknown = |model, storage| price(&list, &device("苹果", model, (storage, ""), "九成新", SOUND));
    assert_eq!(unknown("iPhone 13", "512GB"), Err(NoPrice::Unknown));
    assert_eq!(unknown("iPhone 13 Pro", "128GB"), Err(NoPrice::Unknown));
    assert_eq!(unknown("iPhone 13 256G", "128GB"), Err(NoPrice::Unknown), "two storages");
    assert_eq!(
        price(&list, &device("华为", "iPhone 13", ("128GB", ""), "九成新", SOUND)),
        Err(NoPrice::Unknown)
    );
}

#[test]
fn a_device_is_found_however_it_is_written() {
    let list = whole();
    for (brand, model, storage) in [
        ("Apple", "iphone13", "128"),
        ("苹果", "苹果 iPhone13 黑色 国行", "128G"),
        ("apple", "13", "128GB"),
        ("苹果", "ＩＰＨＯＮＥ　１３", "128 gb"),
    ] {
        let priced = list.price(&device(brand, model, (storage, ""), "九成新", SOUND)).unwrap();
        assert_eq!((priced.model, priced.storage), ("iPhone 13", "128GB"), "{brand} {model} {storage}");
    }
    assert!(list.price(&device("索尼", "A7M4", ("单机身", ""), "九成新", SOUND)).is_ok());
}

#[test]
fn memory_tells_devices_apart_where_the_list_has_it() {
    let list = whole();
    let xiaomi =
        |storage, memory| price(&list, &device("小米", "小米14", (storage, memory), "九成新", SOUND));
    assert_eq!(xiaomi("256GB", "8GB"), Ok((2600, vec![], 2600)));
    assert_eq!(xiaomi("256GB", "12"), Ok((2800, vec![], 2800)));
    assert_eq!(xiaomi("12+256", ""), Ok((2800, vec![], 2800)));
    assert_eq!(xiaomi("256GB", ""), Err(NoPrice::WhichMemory));
    assert_eq!(xiaomi("256GB", "16GB"), Err(NoPrice::Unknown));
    let thinkpad = |memory| {
        price(&list, &device("联想", "X1 Carbon Gen11", ("512GB", memory), "九成新", SOUND)).map(|it| it.2)
    };
    assert_eq!((thinkpad("16GB"), thinkpad("32GB")), (Ok(5800), Err(NoPrice::Unknown)));
    let any = DEVICES.replace("512GB,16GB", "512GB,");
    let list = parsed(&[("价格", &any), ("折扣", DISCOUNTS)]).unwrap();
    for memory in ["16GB", "32GB"] {
        let device = device("联想", "ThinkPad X1 Carbon Gen 11", ("512GB", memory), "九成新", SOUND);
        assert_eq!(price(&list, &device).map(|it| it.2), Ok(5800), "an entry without memory is of any");
    }
}

#[test]
fn a_list_may_have_a_price_for_each_grade() {
    let by_grade = "生效日期,2026年1月31日\n品类,品牌,型号,容量,九五新,九成新,五成新,备注\n手机,苹果,iPhone 13,128,3200,\"3000\",/,\n手机,苹果,iPhone 13,256,￥3400.5,,-,旧价"
        .replace('"', "");
    let list = parsed(&[("任何名字", &by_grade)]).unwrap();
    assert_eq!((list.devices(), list.models(), list.prices()), (2, 1, 3));
    assert_eq!(list.valid_from().unwrap().to_string(), "2026-01-31");
    let of = |storage, grade| {
        price(&list, &device("苹果", "iPhone 13", (storage, ""), grade, SOUND)).map(|it| (it.0, it.2))
    };
    assert_eq!(of("128GB", "九五新"), Ok((3200, 3200)));
    assert_eq!(of("128GB", "九成新"), Ok((3000, 3000)));
    assert_eq!(of("256GB", "九五新"), Ok((3400, 3400)));
    assert_eq!(of("256GB", "九成新"), Err(NoPrice::Grade(Grade::Excellent)));
    assert_eq!(of("128GB", "五成新"), Err(NoPrice::Grade(Grade::Poor)));
    let broken = device("苹果", "iPhone 13", ("128GB", ""), "九成新", ("电池老化", ""));
    assert_eq!(list.price(&broken), Err(NoPrice::Fault(Some(FaultKind::Battery))), "without the sheet");
    assert!(!list.has_deductions() && !list.has_repairs());
}

#[test]
fn a_text_with_commas_is_a_list_with_grades() {
    let csv = "类型,品牌,型号,容量,九成新\n手机,苹果,iPhone 13,128GB,\"3,000\"\n";
    let list = PriceList::parse(&sheet::read_sheets(csv.as_bytes(), pricelist::is_part).unwrap()).unwrap();
    let device = device("苹果", "iPhone 13", ("128GB", ""), "九成新", SOUND);
    assert_eq!(price(&list, &device), Ok((3000, vec![], 3000)));
}
