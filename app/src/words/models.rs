//! Brands and models, in the reader's language.

use domain::{Category, StorageIs};

use super::strings::{Locale, td_string};

/// A brand in the reader's language, if the catalogue writes it in Chinese; other brands unchanged.
pub fn brand(locale: Locale, brand: &str) -> &str {
    match brand {
        "苹果" => td_string!(locale, brand.apple),
        "华为" => td_string!(locale, brand.huawei),
        "小米" => td_string!(locale, brand.xiaomi),
        "荣耀" => td_string!(locale, brand.honor),
        "三星" => td_string!(locale, brand.samsung),
        "一加" => td_string!(locale, brand.oneplus),
        "联想" => td_string!(locale, brand.lenovo),
        "戴尔" => td_string!(locale, brand.dell),
        "惠普" => td_string!(locale, brand.hp),
        "微软" => td_string!(locale, brand.microsoft),
        "华硕" => td_string!(locale, brand.asus),
        "索尼" => td_string!(locale, brand.sony),
        "佳能" => td_string!(locale, brand.canon),
        "尼康" => td_string!(locale, brand.nikon),
        "富士" => td_string!(locale, brand.fujifilm),
        "松下" => td_string!(locale, brand.panasonic),
        "奥林巴斯" => td_string!(locale, brand.olympus),
        "大疆" => td_string!(locale, brand.dji),
        "魅族" => td_string!(locale, brand.meizu),
        "真我" => td_string!(locale, brand.realme),
        "摩托罗拉" => td_string!(locale, brand.motorola),
        "谷歌" => td_string!(locale, brand.google),
        "诺基亚" => td_string!(locale, brand.nokia),
        "中兴" => td_string!(locale, brand.zte),
        "努比亚" => td_string!(locale, brand.nubia),
        "宏碁" => td_string!(locale, brand.acer),
        "机械革命" => td_string!(locale, brand.mechrevo),
        "神舟" => td_string!(locale, brand.hasee),
        "徕卡" => td_string!(locale, brand.leica),
        other => other,
    }
}

/// A model with its brand. Some catalogues write the brand in the model as well; it is shown once.
pub fn device(locale: Locale, brand: &str, model: &str) -> String {
    let model = model.strip_prefix(brand).unwrap_or(model).trim_start();
    let brand = self::brand(locale, brand);
    // Some models begin with their brand's own name, such as Apple Watch.
    if model.split(' ').next().is_some_and(|first| first.eq_ignore_ascii_case(brand)) {
        return model.to_owned();
    }
    format!("{brand} {model}")
}

/// What the storage of a kind of device is called.
pub fn storage(locale: Locale, category: Category) -> &'static str {
    match category.features().storage {
        StorageIs::Kit => td_string!(locale, form.storage_camera),
        StorageIs::Capacity => td_string!(locale, form.storage),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_called_by_its_brand_once() {
        let name = |locale, model| device(locale, "苹果", model);
        assert_eq!(name(Locale::en, "iPhone 14"), "Apple iPhone 14");
        assert_eq!(name(Locale::en, "苹果 iPhone 14"), "Apple iPhone 14");
        assert_eq!(name(Locale::en, "Apple Watch Series 9"), "Apple Watch Series 9");
        assert_eq!(name(Locale::zh_CN, "Apple Watch Series 9"), "苹果 Apple Watch Series 9");
        assert_eq!(name(Locale::en, "Applet"), "Apple Applet");
    }
}
