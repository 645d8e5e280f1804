//! Whether an answer is for the device that was asked for: decision 22 of the partner's protocol.
//!
//! Names are compared word by word after case, width and spaces are made equal. Words that tell
//! no models apart, such as 国行, 5G, colours and the brand, do not count.

use domain::{Grade, QuoteRequest, Term, half_width};

use crate::BadAnswer;

/// What an answer says of its device; `None` where it is silent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    pub(crate) model: Option<&'a str>,
    pub(crate) storage: Option<&'a str>,
    pub(crate) condition: Option<&'a str>,
}

/// Compares what was answered with what was asked. What the answer does not say, or not in
/// words that are known, is no contradiction.
///
/// # Errors
/// The first that is another's.
pub(crate) fn check(request: &QuoteRequest, answer: Named<'_>) -> Result<(), BadAnswer> {
    if answer.model.is_some_and(|model| !same_model(request, model)) {
        return Err(BadAnswer::AnotherModel);
    }
    if answer.storage.is_some_and(|storage| !same_storage(request, storage)) {
        return Err(BadAnswer::AnotherStorage);
    }
    let grade = answer.condition.and_then(Grade::find);
    if grade.is_some_and(|grade| grade != request.grade()) {
        return Err(BadAnswer::AnotherGrade);
    }
    Ok(())
}

/// Brands by all their names: each line is one brand.
const BRANDS: [&[&str]; 32] = [
    &["苹果", "apple"],
    &["华为", "huawei"],
    &["小米", "xiaomi"],
    &["荣耀", "honor"],
    &["三星", "samsung"],
    &["一加", "oneplus"],
    &["联想", "lenovo"],
    &["戴尔", "dell"],
    &["惠普", "hp"],
    &["微软", "microsoft"],
    &["华硕", "asus"],
    &["宏碁", "acer"],
    &["索尼", "sony"],
    &["佳能", "canon"],
    &["尼康", "nikon"],
    &["富士", "fujifilm"],
    &["松下", "panasonic"],
    &["奥林巴斯", "olympus"],
    &["大疆", "dji"],
    &["谷歌", "google"],
    &["oppo"],
    &["vivo"],
    &["iqoo"],
    &["realme", "真我"],
    &["红米", "redmi"],
    &["魅族", "meizu"],
    &["努比亚", "nubia"],
    &["中兴", "zte"],
    &["摩托罗拉", "motorola"],
    &["诺基亚", "nokia"],
    &["徕卡", "leica"],
    &["微星", "msi"],
];

/// Chinese words that tell no models apart.
const CHINESE: [&str; 20] = [
    "国行",
    "港版",
    "美版",
    "行货",
    "大陆",
    "官方",
    "正品",
    "全网通",
    "移动版",
    "联通版",
    "电信版",
    "公开版",
    "双卡双待",
    "双卡",
    "单卡",
    "手机",
    "平板电脑",
    "笔记本电脑",
    "数码相机",
    "版本",
];

/// English words that tell no models apart: nets, ways to sell, colours.
const ENGLISH: [&str; 34] = [
    "5g",
    "4g",
    "lte",
    "wifi",
    "dual",
    "sim",
    "cn",
    "black",
    "white",
    "red",
    "blue",
    "green",
    "purple",
    "gold",
    "silver",
    "gray",
    "grey",
    "pink",
    "yellow",
    "orange",
    "midnight",
    "starlight",
    "graphite",
    "titanium",
    "natural",
    "space",
    "sierra",
    "alpine",
    "coral",
    "lavender",
    "cream",
    "phone",
    "smartphone",
    "color",
];

/// How names of colours end, such as 远峰蓝 or 亮黑色.
const COLOURS: [char; 14] =
    ['色', '黑', '白', '红', '蓝', '绿', '紫', '金', '银', '灰', '粉', '青', '橙', '黄'];

/// Whether a brand is one of those that everybody knows.
pub(crate) fn is_known_brand(brand: &str) -> bool {
    let brand = half_width(brand).to_lowercase();
    BRANDS.iter().any(|names| names.contains(&brand.trim()))
}

/// Whether a text is a size and nothing else, such as `256GB`.
pub(crate) fn is_size(text: &str) -> bool {
    size(text).is_some()
}

fn same_model(request: &QuoteRequest, answered: &str) -> bool {
    let (asked, answered) = (half_width(request.model()).to_lowercase(), half_width(answered).to_lowercase());
    if letters(&asked) == letters(&answered) {
        return true;
    }
    let (asked, answered) = (telling(&asked, request), telling(&answered, request));
    !asked.is_empty() && asked == answered
}

/// The letters and digits of a name, without what stands between them.
fn letters(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The letters and digits of those words that tell models apart.
fn telling(name: &str, request: &QuoteRequest) -> String {
    let brand = half_width(request.brand()).to_lowercase();
    let brands = BRANDS.iter().find(|names| names.contains(&brand.as_str())).copied().unwrap_or(&[]);
    let is_brand = |word: &str| word == brand || brands.contains(&word);
    let sizes: Vec<u64> =
        [Some(request.storage()), request.ram()].into_iter().flatten().filter_map(size).collect();
    let mut kept = String::new();
    for word in words(name) {
        if word.is_ascii() {
            let noise = ENGLISH.contains(&word) || is_brand(word);
            // The storage beside the model's name, with its unit.
            let own_size = !word.ends_with(|last: char| last.is_ascii_digit())
                && size(word).is_some_and(|size| sizes.contains(&size));
            if !noise && !own_size {
                kept.push_str(word);
            }
            continue;
        }
        let rest = CHINESE.iter().chain(brands).fold(word.to_owned(), |rest, noise| rest.replace(noise, ""));
        let rest = if brand.is_ascii() { rest } else { rest.replace(&brand, "") };
        let colour = rest.chars().count() > 1 && rest.ends_with(COLOURS);
        if !colour && rest != "黑" && rest != "白" {
            kept.push_str(&rest);
        }
    }
    kept
}

/// Runs of ASCII letters and digits, and runs of other letters: `小米14 5g` is 小米, 14 and 5g.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        let ascii = rest.chars().next()?.is_ascii();
        let end = rest.find(|letter: char| !letter.is_alphanumeric() || letter.is_ascii() != ascii);
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(word)
    })
}

fn same_storage(request: &QuoteRequest, answered: &str) -> bool {
    let plain = |text: &str| letters(&half_width(text).to_lowercase());
    if plain(request.storage()) == plain(answered) {
        return true;
    }
    let Some(asked) = size(request.storage()) else {
        // No size was asked for, such as 机身: another word may say the same.
        return size(answered).is_none();
    };
    // 12GB+256GB: the memory and the storage.
    let told: Vec<u64> = answered.split(['+', '/', '，', ',', ' ']).filter_map(size).collect();
    told.is_empty() || told.contains(&asked)
}

/// A size in megabytes: `256GB`, `256 g`, `1TB`.
fn size(text: &str) -> Option<u64> {
    let plain: String = half_width(text).to_lowercase().chars().filter(|it| !it.is_whitespace()).collect();
    let digits = plain.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let gigabytes = match &plain[digits.len()..] {
        "" | "g" | "gb" => 1024,
        "t" | "tb" => 1024 * 1024,
        "m" | "mb" => 1,
        _ => return None,
    };
    digits.parse::<u64>().ok()?.checked_mul(gigabytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::QuoteForm;

    fn request(brand: &str, model: &str, storage: &str) -> QuoteRequest {
        let form = QuoteForm {
            device_type: "手机".into(),
            brand: brand.into(),
            model: model.into(),
            storage: storage.into(),
            condition: "九成新".into(),
            function_status: "正常".into(),
            ..QuoteForm::default()
        };
        form.parse().unwrap()
    }

    fn model(brand: &str, asked: &str, answered: &str) -> bool {
        same_model(&request(brand, asked, "256GB"), answered)
    }

    #[test]
    fn the_same_model_may_be_written_otherwise() {
        for (brand, asked, answered) in [
            ("苹果", "iPhone 14 Pro", "IPHONE14 Pro"),
            ("苹果", "iPhone 14 Pro", "ｉＰｈｏｎｅ　１４　Ｐｒｏ"),
            ("苹果", "iPhone 14 Pro", "Apple iPhone 14 Pro 256GB 深空黑色 国行"),
            ("苹果", "iPhone 14 Pro", "苹果iPhone 14 Pro（全网通）"),
            ("小米", "小米 14", "14 5G"),
            ("小米", "小米14", "Xiaomi 14 黑色"),
            ("华为", "Mate 60 Pro", "HUAWEI Mate 60 Pro 雅川青"),
            ("苹果", "iPad Air (第五代)", "iPad Air 第五代"),
            ("三星", "Galaxy S23 Ultra", "Samsung Galaxy S23 Ultra 5G"),
        ] {
            assert!(model(brand, asked, answered), "{asked} / {answered}");
        }
    }

    #[test]
    fn another_model_is_another_device() {
        for (brand, asked, answered) in [
            ("苹果", "iPhone 14 Pro", "iPhone 14"),
            ("苹果", "iPhone 14 Pro", "iPhone 14 Pro Max"),
            ("苹果", "iPhone 14", "iPhone 14 Plus"),
            ("苹果", "iPhone 14 Pro", "iPhone 15 Pro"),
            ("小米", "小米 14", "Redmi 14"),
            ("小米", "小米 14", "小米 14 Pro"),
            ("华为", "MateBook 14 2023", "MateBook 14 2022"),
            ("苹果", "iPad Air (第五代)", "iPad Air (第四代)"),
            ("苹果", "iPhone 14 Pro", "国行"),
            ("苹果", "iPhone 14 Pro", "华为 iPhone 14 Pro"),
        ] {
            assert!(!model(brand, asked, answered), "{asked} / {answered}");
        }
    }

    #[test]
    fn storage_is_compared_by_size() {
        let same = |asked: &str, answered| same_storage(&request("苹果", "iPhone 14 Pro", asked), answered);
        for answered in ["256GB", "256G", "256 gb", "256", "12GB+256GB", "12+256", "256GB SSD"] {
            assert!(same("256GB", answered), "{answered}");
        }
        assert!(same("1TB", "1024GB") && same("机身", "单机身"));
        for answered in ["128GB", "512G", "12GB+512GB", "1TB"] {
            assert!(!same("256GB", answered), "{answered}");
        }
        assert!(!same("机身", "256GB"));
    }

    #[test]
    fn a_grade_is_compared_where_its_word_is_known() {
        let request = request("苹果", "iPhone 14 Pro", "256GB");
        let check = |condition| check(&request, Named { model: None, storage: None, condition });
        assert_eq!(check(Some("9成新")), Ok(()));
        assert_eq!(check(Some("七成新")), Err(BadAnswer::AnotherGrade));
        assert_eq!((check(Some("靓机")), check(None)), (Ok(()), Ok(())));
    }
}
