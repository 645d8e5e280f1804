//! Brands, as the trade writes them and as people do.

use std::sync::LazyLock;

use super::spelling::Phrases;
use crate::Term;
use crate::terms::terms;

terms! {
    /// A brand whose names are known. Any other text is a brand too.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum Brand {
        /// 苹果
        Apple: "apple", "苹果", ["apple inc.", "apple inc", "苹果公司", "苹果apple", "苹果(apple)", "apple苹果"];
        /// 华为
        Huawei: "huawei", "华为", ["華為", "华为技术", "huawei华为", "华为huawei", "华为(huawei)"];
        /// 小米
        Xiaomi: "xiaomi", "小米", ["mi", "小米科技", "xiaomi小米", "小米xiaomi", "小米(mi)", "小米(xiaomi)"];
        /// 荣耀
        Honor: "honor", "荣耀", ["榮耀", "honour", "荣耀honor", "荣耀(honor)"];
        /// 三星
        Samsung: "samsung", "三星", ["samsung electronics", "三星电子", "三星samsung", "三星(samsung)"];
        /// OPPO
        Oppo: "oppo", "OPPO", ["欧珀", "欧泊"];
        /// vivo
        Vivo: "vivo", "vivo", ["维沃"];
        /// 一加
        OnePlus: "oneplus", "一加", ["one plus", "1+", "一加手机"];
        /// 魅族
        Meizu: "meizu", "魅族", [];
        /// realme
        Realme: "realme", "真我", [];
        /// 摩托罗拉
        Motorola: "motorola", "摩托罗拉", ["moto"];
        /// 谷歌
        Google: "google", "谷歌", [];
        /// 诺基亚
        Nokia: "nokia", "诺基亚", [];
        /// 中兴
        Zte: "zte", "中兴", [];
        /// 努比亚
        Nubia: "nubia", "努比亚", ["红魔"];
        /// 联想
        Lenovo: "lenovo", "联想", ["联想(北京)", "lenovo group", "联想lenovo", "联想(lenovo)"];
        /// 戴尔
        Dell: "dell", "戴尔", ["dell inc.", "dell inc", "戴尔dell", "dell technologies", "戴尔(dell)"];
        /// 惠普
        Hp: "hp", "惠普", ["hp inc.", "hp inc", "hewlett-packard", "hewlett packard", "惠普hp", "惠普(hp)"];
        /// 华硕
        Asus: "asus", "华硕", ["asustek", "asustek computer inc."];
        /// 宏碁
        Acer: "acer", "宏碁", ["宏基"];
        /// 微软
        Microsoft: "microsoft", "微软", ["microsoft corporation", "ms"];
        /// 机械革命
        Mechrevo: "mechrevo", "机械革命", [];
        /// 神舟
        Hasee: "hasee", "神舟", [];
        /// 索尼
        Sony: "sony", "索尼", ["sony corporation"];
        /// 佳能
        Canon: "canon", "佳能", [];
        /// 尼康
        Nikon: "nikon", "尼康", [];
        /// 富士
        Fujifilm: "fujifilm", "富士", ["fuji", "富士胶片"];
        /// 松下
        Panasonic: "panasonic", "松下", [];
        /// 奥林巴斯
        Olympus: "olympus", "奥林巴斯", ["om system"];
        /// 徕卡
        Leica: "leica", "徕卡", ["莱卡"];
        /// 大疆
        Dji: "dji", "大疆", [];
    }
}

impl Brand {
    /// Whether its models are sold under its own name, such as 小米 14, so that the brand is part of the model.
    pub(crate) fn names_its_models(self) -> bool {
        matches!(self, Self::Xiaomi | Self::Honor | Self::OnePlus | Self::Meizu | Self::Realme)
    }

    /// Its names, in any letter case.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        [self.word(), self.code()].into_iter().chain(self.aliases().iter().copied())
    }
}

/// Names under which a brand sells a part of its devices: people write them in the place of the brand, and the model
/// is not complete without them.
const SERIES: [(&str, Brand); 17] = [
    ("iphone", Brand::Apple),
    ("ipad", Brand::Apple),
    ("macbook", Brand::Apple),
    ("galaxy", Brand::Samsung),
    ("三星galaxy", Brand::Samsung),
    ("redmi", Brand::Xiaomi),
    ("红米", Brand::Xiaomi),
    ("iqoo", Brand::Vivo),
    ("thinkpad", Brand::Lenovo),
    ("thinkbook", Brand::Lenovo),
    ("拯救者", Brand::Lenovo),
    ("小新", Brand::Lenovo),
    ("legion", Brand::Lenovo),
    ("rog", Brand::Asus),
    ("surface", Brand::Microsoft),
    ("alienware", Brand::Dell),
    ("外星人", Brand::Dell),
];

/// All names in lower case. Built once, from constants.
static NAMES: LazyLock<Phrases<Brand>> = LazyLock::new(|| {
    let plain = |name: &&'static str| !name.bytes().any(|letter| letter.is_ascii_uppercase());
    Phrases::new(
        Brand::ALL.iter().flat_map(|brand| brand.names().filter(plain).map(move |name| (name, *brand))),
    )
});

/// The brand that a text names, and the series if it names that: Redmi is 小米's.
pub(crate) fn brand(text: &str) -> Option<(Brand, Option<&'static str>)> {
    let lower = text.trim().to_lowercase();
    match NAMES.beginning(&lower) {
        Some((length, brand)) if length == lower.len() => Some((brand, None)),
        _ => SERIES.iter().find(|(name, _)| *name == lower).map(|(name, brand)| (*brand, Some(*name))),
    }
}

/// A brand at the beginning of a text in lower case, and the length of its name: `华为(HUAWEI) Mate 60 Pro`.
pub(crate) fn leading_brand(lower: &str) -> Option<(Brand, usize)> {
    NAMES.beginning(lower).map(|(length, brand)| (brand, length))
}

/// The brand's name as the trade writes it; another text stays as it is, also the name of a series, without which a
/// model would not be complete.
pub(crate) fn in_the_trades_words(text: &str) -> &str {
    match brand(text) {
        Some((brand, None)) => brand.word(),
        _ => text,
    }
}
