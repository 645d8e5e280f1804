//! The cell of the function status: which of its words are asked, because they may be a fault or may not.

use super::accessories::{is_of_a_cover, lacks_an_accessory, lacks_an_extra};
use super::alarms::{is_a_network_lock, is_alarming_word, says_it_is_gone};
use super::harmless::says_it_was_replaced;
use super::remarks::is_cosmetic;
use crate::words::{Clause, clauses, is_crossed_out, names_a_defect, read};

/// The words of a cell of the function status that are not known: they may be a fault, or the name of a department. So
/// are words about the looks, which the grade says. A cell that answers by yes or no is unclear as a whole.
pub(super) fn unclear_parts(function: &str) -> Vec<&str> {
    if is_crossed_out(function) {
        return Vec::new();
    }
    if is_yes_or_no(function) || is_to_be_repaired(function) {
        return vec![function];
    }
    let is_unclear = |clause: &&str| {
        if says_it_was_replaced(clause) {
            return true;
        }
        let said = read(clause);
        if !said.iter().any(|it| matches!(it, Clause::Fault(_) | Clause::Bare)) {
            return false;
        }
        let lower = clause.to_lowercase();
        if is_a_network_lock(&lower) || is_of_a_cover(&lower) {
            return true;
        }
        let is_lacking = lacks_an_accessory(&lower) && !lacks_an_extra(&lower);
        if is_lacking
            || said[..] == [Clause::Bare]
            || is_cosmetic(&lower) && is_a_fault_by_looks(&said, &lower)
        {
            return true;
        }
        let is_told = || names_a_defect(clause) || is_alarming_word(&lower);
        said[..] == [Clause::Fault(None)]
            && (says_it_is_gone(&lower) || !is_told() && !lacks_an_extra(&lower))
    };
    clauses(function).into_iter().filter(is_unclear).collect()
}

/// Whether words about the looks would be a fault. Where they are counted, 划痕3处, a person names them as one.
fn is_a_fault_by_looks(said: &[Clause], lower: &str) -> bool {
    let counted = lower.bytes().any(|letter| letter.is_ascii_digit());
    said.iter().any(|clause| match clause {
        Clause::Fault(None) => !counted,
        Clause::Fault(Some(_)) => true,
        Clause::Sound
        | Clause::Unclear
        | Clause::Unnamed
        | Clause::Bare
        | Clause::NeverRepaired
        | Clause::Repair(_) => false,
    })
}

/// A cell of the function status without the parts that were asked.
pub(super) fn without(function: &str, asked: &[&str]) -> String {
    if asked == [function] {
        return String::new();
    }
    let rest: Vec<&str> = clauses(function).into_iter().filter(|clause| !asked.contains(clause)).collect();
    rest.join("、")
}

/// Whether a cell says only where a device is or who has it: 闲置, in stock.
pub(super) fn is_of_its_use(function: &str) -> bool {
    const USES: &str = "archived, retired, surplus, returned, in service, stored, decommissioned, stock, 退役, 在役, 待处置, \
        待分配, 在用, 使用中, 在库, 库存, 领用, 已领用, 已归还, 归还, 退库, 闲置, 停用, 封存, 备用, in use, in stock, deployed, \
        available, assigned, unassigned, ready to deploy, active, inactive, spare, in storage";
    let lower = function.trim().to_lowercase();
    USES.split(", ").any(|it| it == lower)
}

/// Whether a cell says that something is broken, and nothing of what: 损坏, not working.
pub(super) fn says_only_that_it_is_broken(function: &str) -> bool {
    !function.is_empty() && clauses(function).iter().all(|clause| read(clause)[..] == [Clause::Unnamed])
}

/// Whether a cell answers the question of its heading by yes or no. Whether the heading asks for what works or for what
/// does not is unknown: `Yes`, `No - cracked screen`, 是.
fn is_yes_or_no(function: &str) -> bool {
    const ANSWERS: [&str; 6] = ["yes", "no", "y", "n", "是", "否"];
    let lower = function.trim().to_lowercase();
    ANSWERS.iter().filter_map(|answer| lower.strip_prefix(answer)).any(|rest| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with(['-', '–', ',', ';', ':', '(', '.', '，', '；', '：'])
    })
}

/// Whether a cell says only that the device is repaired or to be repaired: it is broken, but not said how.
pub(super) fn is_to_be_repaired(function: &str) -> bool {
    const REPAIR: [&str; 14] = [
        "out for repair",
        "sent for repair",
        "away for repair",
        "awaiting repair",
        "待维修",
        "待修",
        "维修中",
        "返修",
        "送修",
        "in repair",
        "needs repair",
        "under repair",
        "for repair",
        "to be repaired",
    ];
    REPAIR.contains(&function.trim().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_is_not_known_is_asked_and_never_priced() {
        for unknown in [
            "市场部",
            "展示机",
            "Zhang San",
            "正常、市场部",
            "Yes",
            "No - cracked screen",
            "否",
            "待维修",
            "Lost",
            "stolen",
            "屏幕",
            "网络锁",
            "locked to AT&T",
            "Network locked (EE)",
        ] {
            assert!(!unclear_parts(unknown).is_empty(), "{unknown}: {:?}", read(unknown));
        }
        for of_looks in ["轻微划痕", "屏幕有划痕", "屏幕完好但后盖有磕碰", "minor scratches", "small dent"]
        {
            assert_eq!(unclear_parts(of_looks), [of_looks], "{:?}", read(of_looks));
        }
        for known in [
            "划痕3处",
            "无划痕",
            "镜头划痕",
            "转轴松",
            "屏碎",
            "正常",
            "/",
            "Several keys dead",
            "换过电池",
            "No issues",
            "",
        ] {
            assert!(unclear_parts(known).is_empty(), "{known}");
        }
    }

    #[test]
    fn a_word_that_only_looks_like_a_fault_is_asked() {
        for (other, like) in [
            ("卡贴机", "卡"),
            ("双卡", "卡"),
            ("送内存卡", "卡"),
            ("卡针", "卡"),
            ("断货", "断"),
            ("破解版", "破"),
            ("花呗", "花"),
            ("小花", "花"),
            ("松下相机", "松"),
            ("慢充", "慢"),
            ("弱电", "弱"),
            ("裂变部", "裂"),
            ("修图用", "修"),
            ("换购", "换"),
            ("虚拟机", "虚"),
            ("监管机", "锁"),
            ("缺键盘", "缺"),
            ("无镜头", "无"),
            ("memory card", "card"),
        ] {
            assert_eq!(unclear_parts(other), [other], "{like}");
            assert_eq!(unclear_parts(&format!("屏碎、{other}")), [other], "beside a fault");
        }
        for text in ["锁屏密码", "缺货", "双卡双待"] {
            assert_eq!(read(text), [Clause::Unclear], "{text}");
        }
        for told in [
            "卡",
            "很卡",
            "有点卡",
            "系统卡",
            "玩游戏卡",
            "卡顿",
            "卡死",
            "断线",
            "转轴断",
            "屏幕碎一块",
            "屏花",
            "花了",
            "松",
            "松脱",
            "信号弱",
            "网速慢",
            "掉帧",
            "缺键帽",
            "有锁",
        ] {
            assert!(
                unclear_parts(told).is_empty() && read(told) != [Clause::Sound],
                "{told}: {:?}",
                read(told)
            );
        }
        for sound in ["屏幕完好", "卡槽正常", "外屏完好", "无锁", "无大问题", "老化测试正常"]
        {
            assert_eq!(read(sound), [Clause::Sound], "{sound}");
        }
        assert_eq!(read("开机慢"), [Clause::Fault(None)], "it is not dead");
    }
}
