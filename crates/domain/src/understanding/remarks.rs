//! What the clauses of a remark say of a device.

use super::accessories::{is_of_a_cover, lacks_a_keyboard, lacks_an_accessory};
use super::alarms::{is_a_network_lock, is_doubtful};
use super::harmless::{is_about_its_label, says_it_was_replaced, says_what_did_not_help};
use crate::words::{Clause, names_a_part, read, says_that_it_works, says_what_is_wrong};

/// Clauses that say of the whole device that it works. In remarks, a clause about a part says nothing of the rest.
const ALL_WORKS: &str = "fully tested, fine, good working, ok, okay, pass, passed, tested ok, tests ok, checked ok, tested good, works ok, \
    otherwise fine, otherwise ok, otherwise good, otherwise works, all ok, all good, all fine, \
    everything ok, everything fine, everything works, works perfectly, works great, 其他正常, 设备完好, \
    机器完好, 整机完好, 正常, 功能正常, 功能完好, 功能全部正常, 功能全好, 检测通过, 检测正常, 检测合格, 测试通过, 测试正常, 功能都好, 功能都正常, 功能没问题, \
    全功能正常, 全功能完好, 全好, 都好, 都正常, 全正常, 全部完好, 一切正常, 使用正常, 正常使用, 全部正常, 完好, 完好无损, 无故障, 无任何故障, 无问题, 没有问题, \
    没问题, 功能无异常, 功能良好, 无功能问题, no issues, no faults, no known issues, no problems, no defects, \
    fully working, fully functional, works, working, all working, works fine, in working order";

/// What a clause of a remark says.
pub(super) enum Remark {
    Fault,
    Repair,
    Works,
    Unclear,
    /// It says something of a part, and not what: 屏幕贴膜.
    OfAPart,
    Nothing,
}

/// What a clause of a remark says.
pub(super) fn of_a_remark(clause: &str) -> Remark {
    let lower = clause.to_lowercase();
    if is_all_that_works(clause) {
        return Remark::Works;
    }
    if lacks_an_accessory(&lower)
        || is_cosmetic(&lower)
        || is_of_a_cover(&lower)
        || says_it_was_replaced(clause)
        || says_what_did_not_help(clause)
        || is_about_its_label(&lower)
    {
        return Remark::Nothing;
    }
    if is_a_network_lock(&lower) {
        return Remark::Unclear;
    }
    // Of a tablet it is no part.
    if lacks_a_keyboard(&lower) {
        return Remark::Unclear;
    }
    let said = read(clause);
    let is = |wanted: fn(&Clause) -> bool| said.iter().any(wanted);
    match () {
        () if is(|it| matches!(it, Clause::Fault(Some(_)))) => Remark::Fault,
        () if is(|it| matches!(it, Clause::Repair(_))) => Remark::Repair,
        () if is(|it| matches!(it, Clause::Sound)) => Remark::Nothing,
        // 维修报价高，未修
        () if said[..] == [Clause::NeverRepaired] => Remark::Nothing,
        // 无锁 is harmless, and no wifi may be a fault.
        () if denies(&lower) => {
            if names_a_part(clause) {
                Remark::Unclear
            } else {
                Remark::Nothing
            }
        }
        // Fail
        () if said[..] == [Clause::Unnamed] && !says_that_all_works(clause) => Remark::Unclear,
        () if is_doubtful(&lower) || may_be_a_weak_battery(&lower) => Remark::Unclear,
        () if is(|it| matches!(it, Clause::Fault(None))) && says_what_is_wrong(clause) => Remark::Unclear,
        () if is(|it| matches!(it, Clause::Fault(None))) && names_a_part(clause) => Remark::OfAPart,
        () => Remark::Nothing,
    }
}

/// Whether a remark names a battery with a share that may be its health, in words that are not known: 电池70多, BH72.
fn may_be_a_weak_battery(lower: &str) -> bool {
    let of_a_battery = lower.contains("电池") || ["bh", "batt"].iter().any(|word| lower.starts_with(word));
    let mut numbers =
        lower.split(|letter: char| !letter.is_ascii_digit()).filter_map(|it| it.parse::<u32>().ok());
    of_a_battery && numbers.any(|number| (30..80).contains(&number))
}

/// Whether a clause says of the whole device that it works.
pub(super) fn is_all_that_works(clause: &str) -> bool {
    is_of_all_that_works(&clause.to_lowercase())
        || says_that_it_works(clause, read(clause)[..] == [Clause::Sound])
}

fn is_of_all_that_works(lower: &str) -> bool {
    ALL_WORKS.split(", ").any(|words| words == lower)
}

/// Whether a remark denies something: 无锁, 没有拆过, no scratches.
fn denies(lower: &str) -> bool {
    const DENIES: [&str; 5] = ["无", "没有", "no ", "without ", "不含"];
    const FAILS: [&str; 5] = ["无法", "无声", "无反应", "无显示", "no power"];
    // 日版无锁
    if lower.ends_with("无锁") {
        return true;
    }
    DENIES.iter().any(|word| lower.starts_with(word)) && !FAILS.iter().any(|word| lower.starts_with(word))
}

/// Whether a clause, or a part of a Chinese one, says that the whole device works: 快门8万次 功能正常.
pub(super) fn says_that_all_works(clause: &str) -> bool {
    !clause.is_ascii() && clause.split(' ').any(is_of_all_that_works)
}

/// Whether a remark is about the looks, which the grade says: 屏幕有划痕. A scratched lens is a fault.
pub(super) fn is_cosmetic(lower: &str) -> bool {
    const LOOKS: &str = "细划, 小划, 轻划, 浅划, 磕, 划痕, 划伤, 刮痕, 磨痕, 磨损, 掉漆, 掉字, 打油, 油光, 使用痕迹, scratch, scuff, dent";
    const WORN: &str = "key, letter, legend, paint, finish, grip, rubber, lid, edge, corner, case";
    const MORE: [&str; 15] = [
        "镜头",
        "镜片",
        "取景器",
        "viewfinder",
        "element",
        "lens",
        "cmos",
        "sensor",
        "传感器",
        "碎",
        "裂",
        "crack",
        "坏",
        "broken",
        "dead",
    ];
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    // Deep scratches of the glass are more than looks.
    let is_deep =
        has(&["glass", "screen", "屏", "玻璃"]) && has(&["badly", "deep", "heav", "严重", "很深", "深划"]);
    let of = |list: &str| list.split(", ").any(|word| lower.contains(word));
    // Letters worn on keys.
    let is_worn = has(&["worn", "wear"]) && of(WORN) && !has(&["port", "worn out"]);
    // Small chip on corner
    let is_chipped = has(&["chip"])
        && of("corner, edge, body, lid, frame, casing, bezel")
        && !has(&[
            "glass", "screen", "display", "lcd", "oled", "panel", "digiti", "camera", "touch", "port",
            "board",
        ]);
    // 键盘打油不灵
    let fails =
        has(&["stick", "stuck", "not ", "n't", "fail", "missing", "loose", "不灵", "失灵", "不好", "断"]);
    (of(LOOKS) || is_worn || is_chipped) && !has(&MORE) && !is_deep && !fails
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_accessory_is_no_fault_and_a_missing_part_is_asked() {
        for text in [
            "缺充电器",
            "无原装数据线",
            "没有包装盒",
            "missing charger",
            "Missing the box",
            "no cable",
            "充电器丢失",
        ] {
            assert!(matches!(of_a_remark(text), Remark::Nothing), "{text}");
        }
        assert!(is_cosmetic("small chip on corner") && !is_cosmetic("chip on corner of screen"));
        for text in ["glass scratched badly", "屏幕严重划痕", "镜片划痕", "scratch on front element"]
        {
            assert!(!is_cosmetic(text), "{text}");
        }
        for text in ["缺键帽", "missing volume button", "no wifi"] {
            assert!(matches!(of_a_remark(text), Remark::Unclear | Remark::Fault), "{text}");
        }
    }

    #[test]
    fn what_may_lower_the_price_is_asked_and_never_left_out() {
        for text in [
            "hanging issue",
            "not getting charged",
            "cannot get past the logo",
            "lines coming up",
            "风扇异响",
            "卡贴机",
            "监管机",
            "官换机",
            "fan noisy",
            "for parts only",
            "ex-demo unit",
            "speaker crackles",
            "测光不准",
            "原彩没了",
            "后盖翘起",
            "蓝屏",
            "电池70多",
            "BH72",
            "屏幕一边发黑",
            "keeps crashing",
            "runs hot",
            "HDD failed",
            "on finance",
            "screen lifting",
            "钢化膜和屏幕都碎",
            "screen cracked under screen protector",
            "screen black under screen protector",
            "屏幕压痕",
            "键盘打油不灵",
            "序列号被锁",
        ] {
            assert!(matches!(of_a_remark(text), Remark::Unclear | Remark::Fault), "{text}");
        }
        for text in [
            "张三使用",
            "2022年购入",
            "有原彩",
            "钢化膜碎",
            "screen protector cracked",
            "Mark Smith",
            "returned by J. Smith in May",
            "已处理",
            "无锁",
            "no scratches",
        ] {
            assert!(matches!(of_a_remark(text), Remark::Nothing), "{text}");
        }
    }
}
