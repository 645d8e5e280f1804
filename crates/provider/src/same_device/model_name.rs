//! Compares two model names by the words and numbers that distinguish models.

mod lists;
mod pieces;
mod sizes;
mod words;

use domain::{QuoteRequest, half_width};

use self::lists::CHINESE_COLOURS;
use self::pieces::{Kind, Piece, pieces};
use self::sizes::without_sizes;
use self::words::{Told, chinese, english};
use crate::same_device::brand::{brand, brand_within, without_houses};
use crate::same_device::storage::Sizes;

/// Whether the name in the answer is that of the requested model.
///
/// Numbers and the words that distinguish models (Pro, Max, 青春版 …) must be the same in both names, in any
/// order, and so must the brand if both name one. Colours, networks and sales variants are ignored. Other
/// words, such as Galaxy, may be missing in one name, but must not differ.
pub(crate) fn same_model(request: &QuoteRequest, answered: &str) -> bool {
    let (asked, answered) = (plain(request.model()), plain(answered));
    if letters(&asked) == letters(&answered) {
        return true;
    }
    let wanted = Sizes::of(request.storage()).with_memory(request.ram());
    let own_brand = own_brand(request.brand());
    let (asked, answered) =
        (Name::read(&asked, &own_brand, &wanted), Name::read(&answered, &own_brand, &wanted));
    let brands = without_houses(asked.brands.iter().cloned().chain([own_brand]).collect());
    let same_brand = answered.brands.is_empty() || without_houses(answered.brands.clone()) == brands;
    let sizes_fit = wanted.fits(&answered.sizes);
    same_brand && sizes_fit && asked.telling == answered.telling && asked.others_agree(&answered)
}

/// A model name after reading.
#[derive(Debug, Default)]
struct Name {
    brands: Vec<String>,
    /// The numbers and words that distinguish models, in alphabetical order.
    telling: Vec<String>,
    /// All other words that are not known to be unimportant.
    others: Vec<String>,
    /// Storage and memory in the name.
    sizes: Sizes,
}

impl Name {
    /// Reads a name in lower case and half width. A bare number that equals the storage in `wanted` is a
    /// size.
    fn read(name: &str, own_brand: &str, wanted: &Sizes) -> Self {
        let (pieces, sizes) = without_sizes(pieces(name), wanted);
        let mut read = Self { sizes, ..Self::default() };
        let mut colour = false;
        // After the last distinguishing word or number, colours and sales variants follow.
        let mut tail: Vec<String> = Vec::new();
        let mut pieces = pieces.into_iter().peekable();
        let mut before: Option<Piece<'_>> = None;
        while let Some(piece) = pieces.next() {
            let next = pieces.peek().copied();
            let told = match piece.kind {
                Kind::Digits => vec![Told::Telling(piece.text.to_owned())],
                Kind::Plus if piece.glued => vec![Told::Telling("plus".to_owned())],
                Kind::Plus | Kind::Slash => Vec::new(),
                Kind::Letters => match next.filter(|next| next.kind == Kind::Digits && next.glued) {
                    // m2, s24: a single letter and its number are one word.
                    Some(number) if piece.text.len() == 1 => {
                        pieces.next();
                        vec![Told::Telling(format!("{}{}", piece.text, number.text))]
                    }
                    _ => english(piece.text, own_brand),
                },
                Kind::Other => chinese(piece, before, next, own_brand),
            };
            for told in told {
                match told {
                    Told::Telling(word) => {
                        // These words stood before it, so they are no colour.
                        for word in tail.drain(..) {
                            match word.as_str() {
                                "平板" => read.telling.push("pad".to_owned()),
                                _ if word.is_ascii() => read.others.push(word),
                                _ => read.telling.push(word),
                            }
                        }
                        colour = false;
                        read.telling.push(word);
                    }
                    Told::Edition(word) => read.telling.push(word),
                    Told::Brand(brand) => read.brands.push(brand),
                    Told::Colour => colour = true,
                    Told::Other(word) => tail.push(word),
                }
            }
            before = Some(piece);
        }
        if read.telling.is_empty() {
            // The end of the model's name is unknown here, so only words that end like a colour are left out.
            tail.retain(|word| !word.ends_with(CHINESE_COLOURS));
        } else {
            tail.retain(|word| word.is_ascii() && !colour);
        }
        read.others.extend(tail);
        read.telling.sort_unstable();
        read
    }

    /// Whether the other words agree. If the names have distinguishing words, other words may be missing on
    /// one side; if not, they are all there is, and must be the same.
    fn others_agree(&self, other: &Self) -> bool {
        let lacks = |one: &Self, other: &Self| one.others.iter().any(|word| !other.others.contains(word));
        let (more, less) = (lacks(self, other), lacks(other, self));
        if self.telling.is_empty() { !self.others.is_empty() && !more && !less } else { !(more && less) }
    }
}

/// The requested brand, by its first name in the list or as it was written.
fn own_brand(written: &str) -> String {
    let written = plain(written);
    let known = pieces(&written).into_iter().find_map(|piece| match piece.kind {
        Kind::Other => brand_within(piece.text).map(|(brand, _)| brand),
        Kind::Letters | Kind::Digits | Kind::Plus | Kind::Slash => brand(piece.text),
    });
    known.map_or(written.trim().to_owned(), str::to_owned)
}

/// A name in lower case and half width, with the parts of some words joined.
fn plain(name: &str) -> String {
    half_width(name).to_lowercase().replace("one plus", "oneplus").replace("wi-fi", "wifi")
}

/// The letters and digits of a name. `+` counts as the word plus.
fn letters(name: &str) -> String {
    name.replace('+', "plus").chars().filter(|letter| letter.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use domain::QuoteForm;

    use super::*;

    fn model(brand: &str, asked: &str, answered: &str) -> bool {
        let form = QuoteForm {
            device_type: "手机".into(),
            brand: brand.into(),
            model: asked.into(),
            storage: "256GB".into(),
            condition: "九成新".into(),
            function_status: "正常".into(),
            ..QuoteForm::default()
        };
        same_model(&form.parse().unwrap(), answered)
    }

    #[test]
    fn the_same_model_may_be_written_otherwise() {
        for (brand, asked, answered) in [
            ("苹果", "iPhone 14 Pro", "IPHONE14 Pro"),
            ("苹果", "iPhone 14 Pro", "ｉＰｈｏｎｅ　１４　Ｐｒｏ"),
            ("苹果", "iPhone 14 Pro", "Apple iPhone 14 Pro 256GB 深空黑色 国行"),
            ("苹果", "iPhone 14 Pro", "苹果iPhone 14 Pro（全网通）"),
            ("苹果", "iPhone 14 Pro Max", "iPhone14ProMax256G 国行"),
            ("小米", "小米 14", "14 5G"),
            ("小米", "小米14", "Xiaomi 14 黑色"),
            ("华为", "Mate 60 Pro", "HUAWEI Mate 60 Pro 雅川青"),
            ("苹果", "iPad Air (第五代)", "iPad Air 第五代"),
            ("三星", "Galaxy S23 Ultra", "Samsung Galaxy S23 Ultra 5G"),
            ("三星", "S23", "Galaxy S23"),
        ] {
            assert!(model(brand, asked, answered), "{asked} / {answered}");
        }
    }

    #[test]
    fn a_plus_is_a_word() {
        for (asked, answered) in
            [("S23+", "S23 Plus"), ("Galaxy S23 Plus", "Galaxy S23+ 256GB"), ("S24＋", "S24+")]
        {
            assert!(model("三星", asked, answered), "{asked} / {answered}");
        }
        assert!(model("小米", "Redmi Note 12 Pro+", "红米Note12 Pro Plus 5G"));
        assert!(model("三星", "Galaxy S24", "Galaxy S24 + 充电器"), "this one is a sign for and");
        for (brand, asked, answered) in [
            ("三星", "Galaxy S24+", "Galaxy S24"),
            ("三星", "Galaxy S24", "Galaxy S24+"),
            ("小米", "Redmi Note 12 Pro+", "Redmi Note 12 Pro"),
            ("小米", "Redmi Note 12 Pro", "Redmi Note 12 Pro+ 5G"),
        ] {
            assert!(!model(brand, asked, answered), "{asked} / {answered}");
        }
    }

    #[test]
    fn colours_tell_no_models_apart() {
        for (brand, asked, answered) in [
            ("三星", "Galaxy S23", "Galaxy S23 Phantom Black"),
            ("苹果", "iPhone 7", "iPhone 7 Rose Gold"),
            ("苹果", "iPhone 14 Pro", "iPhone 14 Pro Deep Purple"),
            ("苹果", "iPhone 16 Pro", "iPhone 16 Pro Desert Titanium"),
            ("苹果", "iPhone 7", "iPhone 7 Jet Black"),
            ("苹果", "iPhone 15 Pro", "iPhone 15 Pro 原色钛金属"),
            ("苹果", "iPhone 15 Pro Natural Titanium", "iPhone 15 Pro 沙漠色钛金属"),
            ("苹果", "iPhone 14", "iPhone 14 红"),
            ("苹果", "iPhone 14", "黑色 iPhone 14"),
            ("苹果", "iPad", "iPad 深空灰 国行"),
            ("OPPO", "Find X6 Pro", "Find X6 Pro 大漠银月"),
            ("OPPO", "Find X6 Pro 飞泉绿", "Find X6 Pro 大漠银月"),
            ("三星", "Galaxy S23 Mystic White", "Galaxy S23 Phantom Black"),
        ] {
            assert!(model(brand, asked, answered), "{asked} / {answered}");
        }
        assert!(!model("魅族", "魅族 16", "魅蓝 16"), "no colour, though 蓝 is one");
    }

    #[test]
    fn a_brand_has_several_names_and_may_stand_before_another_of_its_house() {
        for (brand, asked, answered) in [
            ("小米", "小米 Redmi Note 12", "红米 Note 12"),
            ("红米", "红米 Note 12", "小米 Redmi Note 12"),
            ("小米", "Redmi K60", "红米K60"),
            ("小米", "小米11", "Mi 11"),
            ("Apple/苹果", "iPhone 14 Pro", "Apple iPhone 14 Pro"),
            ("Apple/苹果", "iPhone 14 Pro", "苹果 iPhone 14 Pro"),
            ("一加", "一加 12", "OnePlus 12"),
            ("一加", "12", "One Plus 12"),
            ("苹果公司", "iPhone 14 Pro", "Apple iPhone 14 Pro"),
        ] {
            assert!(model(brand, asked, answered), "{asked} / {answered}");
        }
        for (brand, asked, answered) in [
            ("小米", "小米 14", "Redmi 14"),
            ("小米", "Redmi Note 12", "小米 Note 12"),
            ("苹果", "iPhone 14 Pro", "华为 iPhone 14 Pro"),
        ] {
            assert!(!model(brand, asked, answered), "{asked} / {answered}");
        }
    }

    #[test]
    fn sizes_beside_the_name_are_compared_as_sizes() {
        for answered in ["小米14 12GB+256GB", "小米14 12+256", "小米14 256", "小米 14 (8/256GB)"] {
            assert!(model("小米", "小米14", answered), "{answered}");
        }
        for answered in ["小米14 12GB+512GB", "小米14 512", "小米14 1T"] {
            assert!(!model("小米", "小米14", answered), "{answered}");
        }
        assert!(!model("小米", "小米 11T", "小米 11") && !model("小米", "小米平板 6", "小米 6"));
        assert!(model("小米", "小米平板 6", "Xiaomi Pad 6"));
    }

    #[test]
    fn words_may_stand_in_another_order_and_generations_in_another_form() {
        for (asked, answered) in [
            ("MacBook Air 13 M2", "MacBook Air M2 13"),
            ("MacBook Air 13 M2", "MacBook Air M2 13英寸"),
            ("iPad Air 5", "iPad Air 第五代"),
            ("iPad Air 5", "iPad Air (第5代)"),
            ("iPad Air 5", "iPad Air 5th generation"),
            ("iPad 10", "iPad 第十代"),
            ("iPad 15", "iPad 第十五代"),
            ("MacBook Pro 14 2023", "MacBook Pro 14英寸 2023款"),
        ] {
            assert!(model("苹果", asked, answered), "{asked} / {answered}");
        }
        for (asked, answered) in [
            ("iPad Air 5", "iPad Air 第四代"),
            ("iPad 第五代", "iPad 第十五代"),
            ("MacBook Air 13 M2", "MacBook Air M13 2"),
            ("MacBook Air 13 M2", "MacBook Air 15 M2"),
        ] {
            assert!(!model("苹果", asked, answered), "{asked} / {answered}");
        }
    }

    #[test]
    fn another_number_or_telling_word_is_another_device() {
        for (brand, asked, answered) in [
            ("苹果", "iPhone 14 Pro", "iPhone 14"),
            ("苹果", "iPhone 14 Pro", "iPhone 14 Pro Max"),
            ("苹果", "iPhone 14", "iPhone 14 Plus"),
            ("苹果", "iPhone 14 Pro", "iPhone 15 Pro"),
            ("苹果", "iPhone 16", "iPhone 16e"),
            ("苹果", "iPhone SE", "iPhone"),
            ("苹果", "iPad 10", "iPhone 10"),
            ("苹果", "iPhone 14 Pro", "国行"),
            ("苹果", "iPhone 14 Pro", ""),
            ("小米", "小米 14", "小米 14 Pro"),
            ("小米", "小米 9", "小米 9 青春版"),
            ("小米", "Redmi K60", "Redmi K60 至尊版"),
            ("荣耀", "荣耀 9", "荣耀畅玩 9"),
            ("vivo", "X100", "X100s"),
            ("三星", "Galaxy S23", "Galaxy S23 FE"),
            ("真我", "GT5", "5"),
            ("一加", "一加 Ace 3", "一加 3"),
            ("华为", "P60 Art", "P60"),
            ("苹果", "iPad", "iPhone"),
            ("苹果", "iPad", "iPad mini"),
            ("华为", "MateBook 14 2023", "MateBook 14 2022"),
            ("联想", "ThinkPad X1 Carbon", "ThinkPad X1 Yoga"),
            ("联想", "拯救者 Y7000", "小新 Y7000"),
            ("联想", "拯救者 Y7000", "Y7000"),
            ("大疆", "Osmo Action", "Osmo"),
        ] {
            assert!(!model(brand, asked, answered), "{asked} / {answered}");
            assert!(answered.is_empty() || !model(brand, answered, asked), "{answered} / {asked}");
        }
    }
}
