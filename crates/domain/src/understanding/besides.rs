//! What stands beside a model's name besides colours and sizes: lenses, makers' own numbers, the word for the kind.

use super::brands::{Brand, leading_brand};
use super::families::family;
use super::lenses::sells_cameras;
use super::spelling::tidied;
use crate::{Category, Term};

/// A name without makers' own numbers (`A2890`, `SM-S9180`, `ALN-AL80`) and without the word for its kind
/// (`MatePad Air 平板`), where the rest still names the same family.
pub(super) fn without_numbers_and_kind(name: &str, brand: Option<Brand>) -> Option<String> {
    let is_left_out = |word: &str| {
        let plain = word.trim_matches(['(', ')', '[', ']', ',', ':']);
        // The shortest of these words has five letters.
        plain.eq_ignore_ascii_case("nb")
            || plain.len() >= 5
                && (plain.eq_ignore_ascii_case("2-in-1")
                    || KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(plain))
                    || is_own_number(plain))
    };
    // Most names have neither.
    if name.is_ascii() && !name.split(' ').any(|word| is_left_out(word) || is_a_build(word)) {
        return None;
    }
    let rest = name.split(' ').filter(|word| !is_left_out(word));
    // HP's code of a build begins with its inches: 14-ef2xxx.
    let rest: Vec<&str> = rest.map(|word| if is_a_build(word) { &word[..2] } else { word }).collect();
    let mut rest = rest.join(" ");
    let named = family(&name.to_ascii_lowercase(), brand);
    for kind in KINDS.iter().filter(|kind| !kind.is_ascii()) {
        if let Some(shorter) = rest.strip_prefix(kind).or_else(|| rest.strip_suffix(kind)) {
            rest = shorter.trim().to_owned();
        } else if named.is_some_and(|family| Category::find(kind) == Some(family.category)) {
            // ThinkPad笔记本 X1 Carbon
            let shorter = tidied(&rest.replacen(kind, " ", 1));
            if family(&shorter.to_ascii_lowercase(), brand) == named {
                rest = shorter;
            }
        }
    }
    if rest.len() == name.len() || rest.is_empty() {
        return None;
    }
    let left = family(&rest.to_ascii_lowercase(), brand);
    let of_a_camera = named.is_none() && brand.is_some_and(sells_cameras);
    // T14 Gen 4 laptop
    let of_a_laptop = named.is_none()
        && matches!(brand, Some(Brand::Lenovo | Brand::Hp | Brand::Dell | Brand::Asus | Brand::Acer))
        && name.to_ascii_lowercase().contains("laptop");
    ((named == left && left.is_some()) || of_a_camera || of_a_laptop).then_some(rest)
}

/// The kind of device that a name says beside the model, as 佳能相机 G7X3 does. 手机壳, a case, is no kind of device.
pub(super) fn kind_beside(lower: &str) -> Option<Category> {
    let after = |until: usize| lower[until..].chars().next();
    KINDS.iter().find_map(|kind| {
        let apart = |(from, _): &(usize, &str)| {
            let before = lower[..*from].chars().next_back();
            let word = |letter: Option<char>| letter.is_some_and(|it| it.is_ascii_alphanumeric());
            match kind.is_ascii() {
                true => !word(before) && !word(after(from + kind.len())),
                false => after(from + kind.len()).is_none_or(|it| it.is_ascii() || it == '一'),
            }
        };
        lower.match_indices(kind).any(|place| apart(&place)).then(|| Category::find(kind))?
    })
}

/// A name behind the word for its kind, where a brand follows: 手机 vivo S18 Pro.
pub(super) fn behind_a_kind(text: &str) -> Option<(Category, &str)> {
    let (word, rest) = text.split_once(' ')?;
    // A MacBook and a Chromebook are names, too.
    let is_a_name =
        word.eq_ignore_ascii_case("chromebook") || family(&word.to_ascii_lowercase(), None).is_some();
    let kind = Category::find(word).filter(|_| !is_a_name)?;
    leading_brand(&rest.to_ascii_lowercase()).is_some().then_some((kind, rest))
}

/// Words for kinds of device that stand beside a model's name.
const KINDS: [&str; 18] = [
    "notebook",
    "ultrabook",
    "chromebook",
    "手机",
    "平板电脑",
    "平板",
    "笔记本电脑",
    "笔记本",
    "电脑",
    "数码相机",
    "照相机",
    "微单相机",
    "单反相机",
    "相机",
    "phone",
    "tablet",
    "laptop",
    "camera",
];

/// Whether a word is HP's code of a build: `14-ef2xxx`.
fn is_a_build(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    lower.split_once('-').is_some_and(|(inches, code)| {
        let digits = inches.bytes().all(|it| it.is_ascii_digit());
        inches.len() == 2 && digits && code.len() == 6 && (code.ends_with("xxx") || code.ends_with("nr"))
    })
}

/// Whether a word is a maker's own number: `A2890`, `SM-S918B`, `ALN-AL80`. `ILCE-7M4` is none.
pub(super) fn is_own_number(word: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    if word.len() == 5 && word.starts_with(['a', 'A']) && digits(&word[1..]) {
        return true;
    }
    let Some((first, last)) = word.split_once('-').filter(|_| word.is_ascii()) else { return false };
    let plain = |text: &str| text.bytes().all(|it| it.is_ascii_alphanumeric());
    let of_samsung = first.eq_ignore_ascii_case("sm") && (4..=7).contains(&last.len()) && plain(last);
    let ends = ["al", "an", "tl", "w0", "l0"];
    let of_huawei = (2..=5).contains(&first.len())
        && plain(first)
        && (3..=5).contains(&last.len())
        && ends.iter().any(|end| end.eq_ignore_ascii_case(&last[..2]))
        && digits(&last[2..last.len().min(4)]);
    of_samsung || of_huawei
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_maker_and_the_kind_are_left_out_where_the_family_stays() {
        let left = |name: &str, brand| without_numbers_and_kind(name, Some(brand));
        assert_eq!(left("A2890 iPhone14 Pro Max", Brand::Apple).as_deref(), Some("iPhone14 Pro Max"));
        assert_eq!(left("Galaxy S23 Ultra (SM-S9180)", Brand::Samsung).as_deref(), Some("Galaxy S23 Ultra"));
        assert_eq!(left("Mate 60 Pro ALN-AL80", Brand::Huawei).as_deref(), Some("Mate 60 Pro"));
        assert_eq!(left("平板 MatePad Air", Brand::Huawei).as_deref(), Some("MatePad Air"));
        assert_eq!(left("相机 G7X3", Brand::Canon).as_deref(), Some("G7X3"));
        assert_eq!(left("ThinkPad笔记本 X1 Carbon", Brand::Lenovo).as_deref(), Some("ThinkPad X1 Carbon"));
        assert_eq!(left("小新平板 Pro 12.7", Brand::Lenovo), None, "the tablet of that name is no laptop");
        assert_eq!((kind_beside("相机 g7x3"), kind_beside("手机壳")), (Some(Category::Camera), None));
        for (name, brand) in [
            ("小米平板 5", Brand::Xiaomi),
            ("荣耀平板 9", Brand::Honor),
            ("Pixel Tablet", Brand::Google),
            ("A2890", Brand::Apple),
            ("iPhone 14", Brand::Apple),
        ] {
            assert_eq!(left(name, brand), None, "{name}");
        }
    }
}
