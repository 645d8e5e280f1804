//! Traditional characters and the words of Hong Kong and Taiwan.

use std::collections::HashSet;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

/// Words of Taiwan and Hong Kong for devices, in simplified characters, and those of the tables. OpenCC's own table of
/// Taiwan's words would change simplified texts too: 什么.
const ELSEWHERE: [(&str, &str); 40] = [
    ("著", "着"),
    ("萤幕", "屏幕"),
    ("记忆体", "内存"),
    ("笔记型电脑", "笔记本电脑"),
    ("储存空间", "存储空间"),
    ("萤光", "荧光"),
    ("网路", "网络"),
    ("软体", "软件"),
    ("硬体", "硬件"),
    ("印表机", "打印机"),
    ("行动电话", "手机"),
    ("智慧型手机", "智能手机"),
    ("充电孔", "充电口"),
    ("咪高峰", "麦克风"),
    ("叉电", "充电"),
    ("触控萤幕", "触控屏幕"),
    ("数位", "数码"),
    ("随身碟", "U盘"),
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
    if !text.chars().any(begins_a_word_of_elsewhere) {
        return text;
    }
    ELSEWHERE.iter().fold(text, |text, (from, to)| match text.contains(from) {
        true => text.replace(from, to),
        false => text,
    })
}

/// OpenCC's table of characters, which is part of the library; `None` if it cannot read it.
static CONVERTER: LazyLock<Option<OpenCC>> = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());

/// Chinese characters in the order of their numbers.
const CHINESE: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// Whether a word of [`ELSEWHERE`] begins with this character. Most texts have none, so that they are not searched for
/// each word.
fn begins_a_word_of_elsewhere(letter: char) -> bool {
    static FIRST: LazyLock<HashSet<char>> =
        LazyLock::new(|| ELSEWHERE.iter().filter_map(|(from, _)| from.chars().next()).collect());
    FIRST.contains(&letter)
}

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
