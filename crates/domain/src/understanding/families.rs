//! Families of models: from the name of one follow the brand and the kind of device.

use std::sync::LazyLock;

use super::brands::{self, Brand};
use super::spelling::{Phrases, tidied};
use crate::Category;

/// A family of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Family {
    pub(crate) brand: Brand,
    pub(crate) category: Category,
}

/// Families by the words that name them. Where one name is a part of another, the longer one stands first.
const FAMILIES: &[(Brand, Category, &str)] = &[
    (Brand::Apple, Category::Laptop, "macbook, macbookair, macbookpro, mbp, mba"),
    (Brand::Apple, Category::Tablet, "ipad, ipadair, ipadpro, ipadmini"),
    (Brand::Apple, Category::Phone, "iphone, iphonese"),
    (Brand::Huawei, Category::Laptop, "matebook"),
    (Brand::Huawei, Category::Tablet, "matepad, mediapad"),
    (Brand::Huawei, Category::Phone, "mate, matex, pura, nova, 畅享, 麦芒"),
    (Brand::Xiaomi, Category::Tablet, "小米平板, redmi pad, 红米平板, xiaomi pad, mi pad, 小米pad"),
    (Brand::Xiaomi, Category::Laptop, "redmibook, redmi book, xiaomi book, 小米笔记本, mi notebook"),
    (
        Brand::Xiaomi,
        Category::Phone,
        "redmi, 红米, k50 pro, k60 pro, k70 pro, k80 pro, k60 ultra, k70 ultra, k60pro, k70pro, k80pro",
    ),
    (Brand::Honor, Category::Tablet, "荣耀平板, honor pad, magicpad, 荣耀pad"),
    (Brand::Honor, Category::Laptop, "magicbook"),
    (Brand::Honor, Category::Phone, "magic, magicv"),
    (Brand::Samsung, Category::Tablet, "galaxy tab, tab s, tab a"),
    (Brand::Samsung, Category::Laptop, "galaxy book"),
    (
        Brand::Samsung,
        Category::Phone,
        "s21 ultra, s22 ultra, s23 ultra, s24 ultra, s25 ultra, s21u, s22u, s23u, s24u, s25u, \
         z fold, z flip, zfold, zflip, galaxy, xcover, sm-s, sm-g, sm-a, sm-n, sm-f",
    ),
    (Brand::Samsung, Category::Tablet, "sm-t, sm-x, sm-p"),
    (Brand::Oppo, Category::Tablet, "oppo pad"),
    (Brand::Oppo, Category::Phone, "reno, find x, find n, findx, findn"),
    (Brand::Vivo, Category::Tablet, "vivo pad, iqoo pad"),
    (Brand::Vivo, Category::Phone, "iqoo, x90 pro, x90pro, x100 pro, x100pro, x200 pro, x200pro"),
    (Brand::OnePlus, Category::Tablet, "一加平板, oneplus pad"),
    (Brand::Google, Category::Tablet, "pixel tablet"),
    (Brand::Google, Category::Phone, "pixel"),
    (
        Brand::Lenovo,
        Category::Tablet,
        "小新 pad, 小新pad, 拯救者 y700, 拯救者y700, legion y700, yoga pad, 小新平板, 拯救者平板",
    ),
    (
        Brand::Lenovo,
        Category::Laptop,
        "thinkpad, thinkbook, 小新, 拯救者, yoga, ideapad, legion, 扬天, 昭阳, t14, t14s, t16, l14, e14, \
         x13, x1 carbon, x1carbon, x1c, x1 nano, x1 yoga",
    ),
    (
        Brand::Dell,
        Category::Laptop,
        "xps, latitude, 灵越, inspiron, vostro, 成就, precision, alienware, 外星人",
    ),
    (
        Brand::Hp,
        Category::Laptop,
        "elitebook, probook, zbook, spectre, envy, 暗影精灵, 光影精灵, 战66, 战 66, pavilion, 战99, 战 99, \
         dragonfly",
    ),
    (
        Brand::Asus,
        Category::Laptop,
        "灵耀, zenbook, vivobook, rog 幻, rog幻, rog strix, 天选, tuf gaming, expertbook, 无畏, zephyrus, a豆",
    ),
    (Brand::Acer, Category::Laptop, "swift, aspire, 非凡, predator, 掠夺者, nitro, 暗影骑士"),
    (Brand::Microsoft, Category::Laptop, "surface laptop, surface book"),
    (Brand::Microsoft, Category::Tablet, "surface pro, surface go"),
    (Brand::Sony, Category::Phone, "xperia"),
    (
        Brand::Sony,
        Category::Camera,
        "alpha, α, ilce, a7, a9, a6000, a6400, a6700, zv, zve10, zve1, rx100, cyber shot, cyber-shot",
    ),
    (Brand::Canon, Category::Camera, "eos, powershot, g7x, g7 x, g5x, g5 x"),
    (Brand::Nikon, Category::Camera, "coolpix, z fc, zfc"),
    (Brand::Fujifilm, Category::Camera, "x-t, x-s, x-e, x-pro, x100v, x100f, x100t, x100s, x100vi, x-h, gfx"),
    (Brand::Panasonic, Category::Camera, "lumix"),
    (Brand::Olympus, Category::Camera, "om-1, om-5, e-m1, e-m5, e-m10"),
    (Brand::Dji, Category::Camera, "osmo pocket, osmo action, pocket"),
    // 15Pro max, 13mini: where nothing else tells the brand.
    (
        Brand::Apple,
        Category::Phone,
        "pro max, promax, 11p, 12p, 13p, 14p, 15p, 16p, 17p, 11pm, 12pm, 13pm, 14pm, 15pm, 16pm, 17pm, 14 pm, 15 pm, 16 pm, 12 mini, 12mini, \
         13 mini, 13mini",
    ),
];

/// Brands that sell phones under letters and numbers alone, such as vivo X90.
const PHONES: [Brand; 10] = [
    Brand::Apple,
    Brand::Vivo,
    Brand::Oppo,
    Brand::Huawei,
    Brand::Honor,
    Brand::Xiaomi,
    Brand::OnePlus,
    Brand::Meizu,
    Brand::Realme,
    Brand::Samsung,
];
/// Brands that sell cameras under letters and numbers alone, such as 尼康 D850.
const CAMERAS: [Brand; 4] = [Brand::Nikon, Brand::Fujifilm, Brand::Canon, Brand::Panasonic];

/// All names of families, with their place in the table. Built once, from constants.
static NAMES: LazyLock<Phrases<usize>> = LazyLock::new(|| {
    let names = |(place, (.., names)): (usize, &(Brand, Category, &'static str))| {
        names.split(", ").map(move |name| (name, place))
    };
    Phrases::new(FAMILIES.iter().enumerate().flat_map(names))
});

/// The family that a text in lower case names, of that brand if one is known.
pub(crate) fn family(lower: &str, brand: Option<Brand>) -> Option<Family> {
    let named = NAMES.found(lower);
    let own = |place: usize| brand.is_none_or(|brand| FAMILIES[place].0 == brand);
    // A short name such as A7 is another family's too: the phone OPPO A7.
    let shortest = if brand.is_some() { 5 } else { 0 };
    let first = |all: &mut dyn Iterator<Item = usize>| all.min();
    let place =
        first(&mut named.iter().map(|(.., place)| *place).filter(|place| own(*place))).or_else(|| {
            first(
                &mut named
                    .iter()
                    .filter(|(from, until, _)| until - from >= shortest)
                    .map(|(.., place)| *place),
            )
        })?;
    let (brand, category, _) = FAMILIES[place];
    Some(Family { brand, category })
}

/// Whether a text in lower case begins with the name of a family.
pub(crate) fn begins_with_one(lower: &str) -> bool {
    NAMES.beginning(lower).is_some()
}

/// The series that a model's name says, such as `macbook` or `redmi`, of that brand if one is known: a keyword that
/// finds the models of the series.
pub fn series(model: &str, brand: &str) -> Option<&'static str> {
    let lower = tidied(model).to_lowercase();
    let brand = brands::brand(brand).map(|(brand, _)| brand);
    let own = |place: &usize| brand.is_none_or(|brand| FAMILIES[*place].0 == brand);
    let (from, until, place) =
        NAMES.found(&lower).into_iter().filter(|(.., place)| own(place)).min_by_key(|(.., place)| *place)?;
    let phrase = &lower[from..until];
    FAMILIES[place].2.split(", ").find(|name| phrase.starts_with(name))
}

/// Whether a name without a brand is one of a phone: `15pro`, `14 Pro Max`.
pub(crate) fn is_a_bare_phone(words: &[String]) -> bool {
    let [number, levels @ ..] = words else { return false };
    let is_level = |word: &String| matches!(word.as_str(), "pro" | "max" | "promax" | "pm" | "plus" | "mini");
    number.parse::<u32>().is_ok_and(|number| (11..=17).contains(&number))
        && !levels.is_empty()
        && levels.iter().all(is_level)
}

/// The kind of device of a short name such as `X90`, `14` or `P60 Pro`, which only one kind of that brand has.
pub(crate) fn kind_of_short_name(words: &[String], brand: Brand) -> Option<Category> {
    const LEVELS: &str =
        "pro, promax, mark, plus, +, ultra, max, mini, lite, ace, note, fold, flip, 二代, 三代, 四代";
    let short = |word: &str| word.len() <= 3 && word.bytes().all(|it| it.is_ascii_alphanumeric());
    let level = |word: &str| LEVELS.split(", ").any(|level| level == word);
    let is_a_name = |word: &String| brand == Brand::Apple && matches!(word.as_str(), "xr" | "xs" | "se");
    if words.first().is_some_and(|word| word == "pad") {
        return Some(Category::Tablet);
    }
    let named = words.iter().any(|word| is_a_name(word) || word.bytes().all(|it| it.is_ascii_digit()));
    if !named || words.len() > 4 || !words.iter().all(|word| short(word) || level(word)) {
        return None;
    }
    match () {
        () if PHONES.contains(&brand) => Some(Category::Phone),
        () if CAMERAS.contains(&brand) => Some(Category::Camera),
        () => None,
    }
}
