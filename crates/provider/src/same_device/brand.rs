//! Brands with all their names, so that 小米 and Xiaomi are the same brand.

use domain::half_width;

/// Brands with all their names: each line is one brand. Its first name is the one used in comparisons.
const BRANDS: [&[&str]; 33] = [
    &["apple", "苹果"],
    &["huawei", "华为"],
    &["xiaomi", "小米", "mi"],
    &["honor", "荣耀"],
    &["samsung", "三星"],
    &["oneplus", "一加"],
    &["lenovo", "联想"],
    &["dell", "戴尔"],
    &["hp", "惠普"],
    &["microsoft", "微软"],
    &["asus", "华硕"],
    &["acer", "宏碁"],
    &["sony", "索尼"],
    &["canon", "佳能"],
    &["nikon", "尼康"],
    &["fujifilm", "富士"],
    &["panasonic", "松下"],
    &["olympus", "奥林巴斯"],
    &["dji", "大疆"],
    &["google", "谷歌"],
    &["oppo"],
    &["vivo"],
    &["iqoo"],
    &["realme", "真我"],
    &["redmi", "红米"],
    &["poco"],
    &["meizu", "魅族"],
    &["nubia", "努比亚"],
    &["zte", "中兴"],
    &["motorola", "摩托罗拉"],
    &["nokia", "诺基亚"],
    &["leica", "徕卡"],
    &["msi", "微星"],
];

/// Companies that put their own name before a brand of theirs: 小米 Redmi Note 12 is a Redmi.
const HOUSES: [(&str, &str); 8] = [
    ("xiaomi", "redmi"),
    ("xiaomi", "poco"),
    ("vivo", "iqoo"),
    ("oppo", "realme"),
    ("oppo", "oneplus"),
    ("huawei", "honor"),
    ("lenovo", "motorola"),
    ("zte", "nubia"),
];

/// Whether a text is exactly a name of a brand in the list.
pub(crate) fn is_known_brand(text: &str) -> bool {
    brand(half_width(text).to_lowercase().trim()).is_some()
}

/// The brand with that name, given in lower case and half width.
pub(crate) fn brand(name: &str) -> Option<&'static str> {
    BRANDS.iter().find(|names| names.contains(&name)).map(|names| names[0])
}

/// Finds the first brand in a run of Chinese letters. Returns the brand and the rest of the text.
pub(crate) fn brand_within(text: &str) -> Option<(&'static str, String)> {
    BRANDS.iter().find_map(|names| {
        let name = names.iter().find(|name| !name.is_ascii() && text.contains(**name))?;
        Some((names[0], text.replacen(name, " ", 1)))
    })
}

/// The brand of a device on which several brand names stand: without the company's name if a brand of that
/// company is named too.
pub(crate) fn without_houses(mut brands: Vec<String>) -> Vec<String> {
    brands.sort_unstable();
    brands.dedup();
    let named = brands.clone();
    let other = |house: &str, own: &str| house != own && named.iter().any(|it| it == own);
    brands.retain(|brand| !HOUSES.iter().any(|(house, own)| brand == house && other(house, own)));
    brands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_has_several_names_and_a_house_several_brands() {
        assert_eq!(
            (brand("小米"), brand("xiaomi"), brand("nothing")),
            (Some("xiaomi"), Some("xiaomi"), None)
        );
        assert!(is_known_brand(" Ａｐｐｌｅ ") && !is_known_brand("Apple 14"));
        assert_eq!(brand_within("联想小新"), Some(("lenovo", " 小新".to_owned())));
        let of = |brands: &[&str]| without_houses(brands.iter().map(|it| (*it).to_owned()).collect());
        assert_eq!(of(&["xiaomi", "redmi"]), ["redmi"]);
        assert_eq!(of(&["xiaomi", "apple"]), ["apple", "xiaomi"]);
    }
}
