use super::*;
use crate::Term;

fn catalogue() -> Vec<CatalogueItem> {
    [
        ("手机", "苹果", "iPhone 14 Pro"),
        ("手机", "苹果", "iPhone 14"),
        ("手机", "苹果", "iPhone SE (第三代)"),
        ("笔记本", "苹果", "MacBook Air 13 英寸 (M1)"),
        ("笔记本", "苹果", "MacBook Air 13 英寸 (M2)"),
        ("笔记本", "苹果", "MacBook Air 15 英寸 (M2)"),
        ("笔记本", "苹果", "MacBook Pro 14 英寸 (M3 Pro)"),
        ("平板", "苹果", "iPad Air (第五代)"),
        ("平板", "苹果", "iPad Pro 11 英寸 (第四代)"),
        ("平板", "苹果", "iPad (第九代)"),
        ("平板", "苹果", "iPad Pro 11 英寸 (M4)"),
        ("手机", "小米", "小米 14"),
        ("手机", "小米", "小米 14 Ultra"),
        ("手机", "小米", "Redmi K60"),
        ("平板", "小米", "小米平板 6 Pro"),
        ("相机", "索尼", "Alpha 7 IV"),
        ("笔记本", "华为", "MateBook 14 2023"),
        ("笔记本", "联想", "ThinkPad X1 Carbon Gen 11"),
        ("手机", "三星", "Galaxy S23"),
        ("手机", "三星", "Galaxy S23 Ultra"),
        ("笔记本", "惠普", "战 66 六代"),
    ]
    .map(|(kind, brand, model)| CatalogueItem {
        device_type: Category::find(kind).unwrap(),
        brand: brand.to_owned(),
        model: model.to_owned(),
        storages: Vec::new(),
        rams: Vec::new(),
    })
    .to_vec()
}

#[test]
fn names_in_peoples_spelling_mean_one_model() {
    let catalogue = catalogue();
    for (name, brand, kind, model) in [
        ("iPhone14pro", "苹果", Category::Phone, "iPhone 14 Pro"),
        ("14 Pro", "苹果", Category::Phone, "iPhone 14 Pro"),
        ("iPhone SE 3rd Gen", "苹果", Category::Phone, "iPhone SE (第三代)"),
        ("iPhone SE3", "苹果", Category::Phone, "iPhone SE (第三代)"),
        ("MacBook Air M1", "苹果", Category::Laptop, "MacBook Air 13 英寸 (M1)"),
        ("MacBook Air (M1, 2020)", "苹果", Category::Laptop, "MacBook Air 13 英寸 (M1)"),
        ("MacBook Air (M2, 2022)", "苹果", Category::Laptop, "MacBook Air 13 英寸 (M2)"),
        ("MacBook Air (15-inch, M2, 2023)", "苹果", Category::Laptop, "MacBook Air 15 英寸 (M2)"),
        ("MacBook Air 13\" M2", "苹果", Category::Laptop, "MacBook Air 13 英寸 (M2)"),
        ("MacBook Pro 14 M3 Pro", "苹果", Category::Laptop, "MacBook Pro 14 英寸 (M3 Pro)"),
        ("iPad Air5", "苹果", Category::Tablet, "iPad Air (第五代)"),
        ("iPad Air (5th generation)", "苹果", Category::Tablet, "iPad Air (第五代)"),
        ("iPad Pro 11-inch (4th gen)", "苹果", Category::Tablet, "iPad Pro 11 英寸 (第四代)"),
        ("iPad Pro 11 英寸 (M4)", "苹果", Category::Tablet, "iPad Pro 11 英寸 (M4)"),
        ("iPad 9", "苹果", Category::Tablet, "iPad (第九代)"),
        ("iPad (9th generation)", "苹果", Category::Tablet, "iPad (第九代)"),
        ("Xiaomi 14", "小米", Category::Phone, "小米 14"),
        ("红米K60", "小米", Category::Phone, "Redmi K60"),
        ("Xiaomi Pad 6 Pro", "小米", Category::Tablet, "小米平板 6 Pro"),
        ("A7M4", "索尼", Category::Camera, "Alpha 7 IV"),
        ("Alpha 7 IV (ILCE-7M4)", "索尼", Category::Camera, "Alpha 7 IV"),
        ("X1 Carbon Gen11", "联想", Category::Laptop, "ThinkPad X1 Carbon Gen 11"),
        ("S23 Ultra", "三星", Category::Phone, "Galaxy S23 Ultra"),
        ("战66六代", "惠普", Category::Laptop, "战 66 六代"),
    ] {
        match candidates(name, brand, Some(kind), catalogue.iter()) {
            Naming::One(item) => assert_eq!(item.model, model, "{name}"),
            other @ (Naming::Several(_) | Naming::None) => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn a_name_that_leaves_out_what_tells_models_apart_is_asked() {
    let catalogue = catalogue();
    for (name, brand, kind, nearest) in [
        ("MacBook Air M2", "苹果", Category::Laptop, 2),
        ("MacBook Air", "苹果", Category::Laptop, 3),
        ("MacBook Pro 14 M3", "苹果", Category::Laptop, 0),
        ("MacBook Pro 14", "苹果", Category::Laptop, 1),
        ("MateBook 14", "华为", Category::Laptop, 1),
        ("iPad Pro 11", "苹果", Category::Tablet, 2),
        ("iPad", "苹果", Category::Tablet, 4),
        ("iPhone SE", "苹果", Category::Phone, 1),
        ("ThinkPad X1 Carbon", "联想", Category::Laptop, 1),
        ("iPhone14,2", "苹果", Category::Phone, 0),
        ("iPhone 14 Plus", "苹果", Category::Phone, 0),
        ("Galaxy S23+", "三星", Category::Phone, 0),
        ("小米 14 Pro", "小米", Category::Phone, 0),
    ] {
        let found = match candidates(name, brand, Some(kind), catalogue.iter()) {
            Naming::One(item) => panic!("{name} is no {}", item.model),
            Naming::Several(items) => items.len(),
            Naming::None => 0,
        };
        assert_eq!(found, nearest, "{name}");
    }
}

#[test]
fn prepared_models_mean_the_same_and_the_nearest_are_named() {
    let mut known = KnownModels::default();
    known.add(catalogue());
    for (name, brand, kind) in [
        ("iPhone14pro", "苹果", Category::Phone),
        ("MacBook Air M2", "苹果", Category::Laptop),
        ("A7M4", "索尼", Category::Camera),
        ("Pixel 7", "谷歌", Category::Phone),
    ] {
        let catalogue = catalogue();
        let one_by_one = candidates(name, brand, Some(kind), catalogue.iter());
        assert_eq!(known.naming(name, brand, Some(kind)), one_by_one, "{name}");
    }
    let nearest = |name, brand, kind| -> Vec<String> {
        known.nearest(name, brand, Some(kind)).into_iter().map(|item| item.model.clone()).collect()
    };
    assert_eq!(nearest("iPhone 14 Plus", "苹果", Category::Phone), ["iPhone 14", "iPhone 14 Pro"]);
    assert_eq!(nearest("Pixel 7", "谷歌", Category::Phone), [""; 0]);
    assert!(known.has_name("Redmi K60", "苹果") && !known.has_name("Redmi K70", "小米"));
}

#[test]
fn a_model_that_is_known_twice_keeps_the_storages_that_it_comes_in() {
    let item = |storages: &[&str]| CatalogueItem {
        storages: storages.iter().map(|it| (*it).to_owned()).collect(),
        ..catalogue()[0].clone()
    };
    let mut known = KnownModels::default();
    known.add([item(&[]), item(&["128GB"]), item(&["256GB"])]);
    let Naming::One(model) = known.naming("iPhone 14 Pro", "苹果", None) else { panic!() };
    assert_eq!(model.storages, ["128GB"]);
}

#[test]
fn the_series_of_a_name_is_a_keyword() {
    use crate::series;
    for (name, brand, keyword) in [
        ("MacBookAir M2", "苹果", Some("macbook")),
        ("iPhone13", "苹果", Some("iphone")),
        ("Redmi Pad Pro", "小米", Some("redmi pad")),
        ("Mate 60 Pro", "华为", Some("mate")),
        ("X90", "vivo", None),
    ] {
        assert_eq!(series(name, brand), keyword, "{name}");
    }
}

#[test]
fn a_models_key_is_the_same_in_each_spelling_and_another_for_each_model() {
    let catalogue = catalogue();
    let key =
        |item: &CatalogueItem| format!("{} {}", item.device_type.code(), model_key(&item.model, &item.brand));
    let keys: std::collections::HashSet<String> = catalogue.iter().map(key).collect();
    assert_eq!(keys.len(), catalogue.len(), "{keys:?}");
    for ((brand, name), (other_brand, other)) in [
        (("苹果", "iPhone 14 Pro"), ("Apple", "iphone14pro")),
        (("苹果", "iPhone 14 Pro"), ("苹果", "14 Pro")),
        (("苹果", "iPad Air (第五代)"), ("apple", "iPad Air5")),
        (("三星", "Galaxy S23+"), ("samsung", "S23 Plus")),
        (("小米", "小米 14"), ("Xiaomi", "14")),
        (("某牌", "X 1"), ("某牌", "x1")),
    ] {
        assert_eq!(model_key(name, brand), model_key(other, other_brand), "{name} / {other}");
    }
    assert_ne!(model_key("iPhone", "苹果"), model_key("", "苹果"), "a name of such a word alone is a name");
    assert_ne!(model_key("X1", "某牌"), model_key("X1", "别牌"));
}
