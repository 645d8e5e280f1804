//! Clauses in Chinese, or in both languages at once. They are read without spaces, so that
//! `屏幕 碎` is `屏幕碎`.

use super::Clause;
use super::parts::{PARTS, Part, REPAIRED};
use crate::{FaultKind, RepairKind};

/// Words for sound, once what only introduces them is taken away.
const SOUND: [&str; 20] = [
    "正常",
    "良好",
    "完好",
    "完好无损",
    "无损",
    "好",
    "很好",
    "好的",
    "没问题",
    "无",
    "無",
    "没有",
    "沒有",
    "无恙",
    "可用",
    "ok",
    "good",
    "normal",
    "完美",
    "无瑕疵",
];

/// What introduces a word for sound, or stands beside it: the device and its parts in general.
const AROUND: [&str; 33] = [
    "功能", "全部", "一切", "各项", "所有", "整机", "机器", "设备", "手机", "平板", "电脑", "相机", "其他",
    "其它", "其余", "使用", "运行", "工作", "状态", "状况", "情况", "目前", "方面", "都", "均", "全", "很",
    "还", "完全", "可以", "能", "也", "的",
];

/// Beginnings that deny what follows.
const DENIALS: [&str; 14] = [
    "没有任何",
    "不存在",
    "未发现",
    "未出现",
    "没有",
    "沒有",
    "未见",
    "未曾",
    "从未",
    "无任何",
    "無",
    "无",
    "没",
    "未",
];

/// What is denied where a device is sound: 无故障, 屏幕没有裂.
const DENIED: [&str; 26] = [
    "故障",
    "问题",
    "毛病",
    "异常",
    "损坏",
    "破损",
    "损伤",
    "缺陷",
    "瑕疵",
    "暗病",
    "隐患",
    "坏点",
    "碎裂",
    "裂痕",
    "裂",
    "碎",
    "坏",
    "损",
    "进水",
    "进过水",
    "锁",
    "磕碰",
    "划痕",
    "老化",
    "鼓包",
    "硬伤",
];

/// Clauses of which no price can be made.
const UNCLEAR: [&str; 22] = [
    "未知",
    "不详",
    "不明",
    "不清楚",
    "不清",
    "不知道",
    "不知",
    "不确定",
    "不了解",
    "待检",
    "待测",
    "待确认",
    "待定",
    "未测",
    "未检",
    "没测",
    "没检",
    "没试",
    "未试",
    "闲置",
    "备用",
    "看不出",
];

/// That something is broken, and not what.
const UNNAMED: [&str; 22] = [
    "有故障",
    "故障",
    "有问题",
    "问题",
    "坏了",
    "坏",
    "坏的",
    "坏机",
    "故障机",
    "异常",
    "有异常",
    "不正常",
    "不良",
    "有毛病",
    "损坏",
    "已损坏",
    "不能用",
    "无法使用",
    "用不了",
    "有损坏",
    "功能异常",
    "有暗病",
];

/// Repairs that were made.
const REPAIRS: [&str; 20] = [
    "换过",
    "更换",
    "已换",
    "换了",
    "换新",
    "换屏",
    "换电池",
    "换壳",
    "换后盖",
    "换主板",
    "换外屏",
    "换内屏",
    "换总成",
    "维修",
    "修过",
    "已修",
    "拆修",
    "拆机",
    "拆过",
    "翻新",
];

/// What has yet to be repaired is broken.
const YET: [&str; 8] = ["需", "要换", "要修", "待", "该换", "应换", "建议", "急修"];

/// Denied, a device that was never repaired.
const NEVER_REPAIRED: [&str; 12] =
    ["拆修", "拆无修", "维修", "修过", "修", "拆机", "拆过", "拆", "换过", "翻新", "拆修过", "维修记录"];

/// Faults that name no part of the list, or that are read by more than part and defect.
const WHOLE: [(FaultKind, &[&str]); 4] = [
    (
        FaultKind::Dead,
        &[
            "不开机",
            "无法开机",
            "开不了机",
            "开不开机",
            "不能开机",
            "不通电",
            "无法启动",
            "不能启动",
            "开不起",
        ],
    ),
    (FaultKind::Water, &["进水", "进过水", "泡水", "泡过水", "浸水", "受潮"]),
    (
        FaultKind::OuterGlass,
        &["屏碎", "碎屏", "屏裂", "裂屏", "屏幕碎", "屏幕裂", "屏幕破", "屏幕开裂", "屏破", "爆屏"],
    ),
    (FaultKind::Display, &["花屏", "黑屏", "闪屏", "烧屏", "漏液", "绿线", "亮线", "坏点", "断触", "内屏"]),
];

/// Defects, beside the part that has them.
const DEFECTS: [&str; 40] = [
    "坏",
    "碎",
    "裂",
    "破",
    "不行",
    "失灵",
    "故障",
    "异常",
    "问题",
    "老化",
    "损",
    "断",
    "不灵",
    "不能",
    "无法",
    "不了",
    "没反应",
    "无反应",
    "失效",
    "不良",
    "不好",
    "不亮",
    "不响",
    "无声",
    "没声",
    "杂音",
    "鼓",
    "膨胀",
    "差",
    "卡",
    "松",
    "脱落",
    "模糊",
    "霉",
    "划",
    "未退出",
    "不耐用",
    "锁",
    "有坏",
    "虚",
];

pub(super) fn read(text: &str) -> Clause {
    let dense: String = text.chars().filter(|letter| letter.is_alphanumeric() || *letter == '%').collect();
    let clause = dense.as_str();
    if UNCLEAR.iter().any(|word| clause.contains(word)) {
        return Clause::Unclear;
    }
    if is_sound(clause) {
        return Clause::Sound;
    }
    if DENIALS
        .iter()
        .any(|denial| clause.strip_prefix(denial).is_some_and(|rest| NEVER_REPAIRED.contains(&rest)))
    {
        return Clause::NeverRepaired;
    }
    let part = PARTS.iter().find(|part| part.chinese.iter().any(|word| clause.contains(word)));
    if let Some(percent) = battery_health(clause, part) {
        return if percent < 80 { Clause::Fault(Some(FaultKind::Battery)) } else { Clause::Sound };
    }
    if YET.iter().any(|yet| clause.contains(yet)) {
        return Clause::Fault(part.map(|part| part.fault));
    }
    if REPAIRS.iter().any(|repair| clause.contains(repair)) {
        return Clause::Repair(repaired(clause, part));
    }
    if UNNAMED.contains(&clause) {
        return Clause::Unnamed;
    }
    let whole = WHOLE.iter().find(|(_, words)| words.iter().any(|word| clause.contains(word)));
    if let Some((kind, _)) = whole {
        return Clause::Fault(Some(*kind));
    }
    let defect = DEFECTS.iter().any(|defect| clause.contains(defect));
    Clause::Fault(part.filter(|_| defect).map(|part| part.fault))
}

/// Whether a clause says that all works, or that a part does.
fn is_sound(clause: &str) -> bool {
    let named = PARTS.iter().flat_map(|part| part.chinese).copied();
    // Longer words first: 屏幕 and not 屏 alone.
    let rest = ["屏幕"]
        .into_iter()
        .chain(AROUND)
        .chain(named)
        .fold(clause.to_owned(), |rest, word| if rest == word { rest } else { rest.replace(word, "") });
    let denied = |text: &str| {
        DENIALS.iter().any(|denial| text.strip_prefix(denial).is_some_and(|rest| DENIED.contains(&rest)))
    };
    let at_the_end = PARTS.iter().flat_map(|part| part.chinese).any(|part| {
        let after = clause.strip_prefix(part).or_else(|| clause.strip_prefix("屏幕"));
        after.is_some_and(denied)
    });
    SOUND.contains(&rest.as_str()) || denied(&rest) || denied(clause) || at_the_end || is_unlocked(clause)
}

/// 无锁, 无ID锁, 没有激活锁.
fn is_unlocked(clause: &str) -> bool {
    DENIALS.iter().any(|denial| clause.strip_prefix(denial).is_some_and(|rest| rest.ends_with('锁')))
}

/// The percentage that a clause on the battery tells.
fn battery_health(clause: &str, part: Option<&Part>) -> Option<u32> {
    part.filter(|part| part.fault == FaultKind::Battery)?;
    let digits: String = clause.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|percent| (1..=100).contains(percent))
}

fn repaired(clause: &str, part: Option<&Part>) -> Option<RepairKind> {
    let other = REPAIRED.iter().find(|(_, chinese, _)| chinese.iter().any(|word| clause.contains(word)));
    other.map(|(kind, ..)| *kind).or_else(|| part?.repair)
}
