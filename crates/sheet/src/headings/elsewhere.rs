//! What cells say of faults, losses and repairs in columns whose headings are not known.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use domain::{Field, tells_a_fault, tidied, told_by};

/// Whether a cell names a fault, a loss or a repair, so that it is read as a remark whatever its heading is.
pub(super) fn is_a_remark(cell: &str) -> bool {
    let tells = || {
        let cell = tidied(cell);
        tells_a_fault(&cell) && told_by(&cell) == Some(Field::FunctionStatus)
    };
    is_a_loss(cell) || has_a_word(cell) && tells()
}

/// Words, or parts of them, of which a text about a fault or a repair has at least one.
const WORDS: [&str; 58] = [
    "壞", "鎖", "修過", "換", "斷", "無法", "無聲", "異", "損", "鬆", "觸", "坏", "碎", "裂", "障", "锁",
    "修过", "拆", "换", "漏", "黑屏", "花屏", "断", "失灵", "不", "无法", "无声", "异", "损", "老化", "鼓",
    "水", "死机", "重启", "触", "松", "爆", "折", "掉", "crack", "broke", "smash", "shatter", "fault",
    "replac", "lock", "dead", "damage", "not ", "n't", "issue", "fail", "swoll", "stuck", "weak", "water",
    "flicker", "burn",
];

/// Whether a cell may be of a fault. This is asked of each cell of a list, and most are names, places and days.
fn has_a_word(cell: &str) -> bool {
    static HAS: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(WORDS).ok());
    HAS.as_ref().is_none_or(|words| words.is_match(cell))
}

/// Whether a cell is one word that says that a device is lost or broken.
fn is_a_loss(cell: &str) -> bool {
    const LOSSES: [&str; 21] = [
        "stolen",
        "lost",
        "missing",
        "scrapped",
        "written off",
        "broken",
        "faulty",
        "defective",
        "damaged",
        "dead",
        "lost or stolen",
        "in repair",
        "报废",
        "丢失",
        "遗失",
        "被盗",
        "损坏",
        "坏",
        "故障",
        "维修中",
        "待维修",
    ];
    cell.len() <= 16 && LOSSES.iter().any(|loss| loss.eq_ignore_ascii_case(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_losses_and_repairs_are_remarks_and_names_and_places_are_not() {
        for cell in [
            "屏碎",
            "Written off",
            "换过电池",
            "screen cracked",
            "Battery replaced 2024",
            "充不进电",
            "換過螢幕",
            "鏡頭壞",
        ] {
            assert!(is_a_remark(cell), "{cell}");
        }
        for cell in [
            "王芳",
            "维修部",
            "A座3楼",
            "Lockwood",
            "2023-05-16",
            "不详",
            "Repairs van 2",
            "维修柜2",
            "Flat 3, Waterloo Rd",
            "市场部",
            "换机",
        ] {
            assert!(!is_a_remark(cell), "{cell}");
        }
    }
}
