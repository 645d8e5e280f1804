//! Traditional characters and the words of Hong Kong and Taiwan.

use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

/// Words of Hong Kong, in simplified characters, and those of the tables; and of Taiwan, those that have no other
/// characters than the simplified ones.
const ELSEWHERE: [(&str, &str); 22] = [
    ("内mon", "内屏"),
    ("爆mon", "爆屏"),
    ("叉唔到电", "充不进电"),
    ("开唔到机", "开不了机"),
    ("电芯", "电池"),
    ("咩", "什么"),
    ("掣", "键"),
    ("㩒", "按"),
    ("纪录", "记录"),
    ("硬碟", "硬盘"),
    ("滑鼠", "鼠标"),
    ("帐号", "账号"),
    ("登出", "退出"),
    ("差唔到电", "充不进电"),
    ("影相", "拍照"),
    ("火牛", "充电器"),
    ("机款", "机型"),
    ("冇", "没有"),
    ("唔", "不"),
    ("咗", "了"),
    ("嘅", "的"),
    ("矇", "模糊"),
];

/// The text in simplified characters and the words of the mainland, where it has traditional ones.
pub(super) fn simplified(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let text = match &*CONVERTER {
        Some(converter) if text.chars().any(is_traditional) => converter.convert(&text),
        _ => text,
    };
    if !ELSEWHERE.iter().any(|(from, _)| text.contains(from)) {
        return text;
    }
    ELSEWHERE.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

/// OpenCC's tables of characters and of Taiwan's words, which are part of the library; `None` if it cannot read them.
static CONVERTER: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::Tw2sp).ok());

/// Chinese characters in the order of their numbers.
const CHINESE: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// Whether a character has another simplified one. All characters are converted once, which takes some milliseconds, so
/// that texts without such a character are not converted.
fn is_traditional(letter: char) -> bool {
    static TRADITIONAL: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let differs = |letter: char| {
            let text = letter.to_string();
            CONVERTER.as_ref().is_some_and(|converter| converter.convert(&text) != text)
        };
        CHINESE.map(differs).collect()
    });
    let place = (letter as usize).checked_sub(*CHINESE.start() as usize);
    place.and_then(|place| TRADITIONAL.get(place)).is_some_and(|differs| *differs)
}
