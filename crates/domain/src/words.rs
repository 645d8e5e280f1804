//! Reads what people write about a device's functions and repairs, in Chinese and English. Form, API,
//! command line and device lists all use it.
//!
//! A text is split into clauses ([`clauses`]), and a clause into the longest known words (`lexicon`,
//! from the tables `chinese`, `english` and `parts`). `grammar` decides what these words say together.
//!
//! The browser has none of these tables: its form offers words to tap, and the server, which has the
//! feature `words`, reads every form again.

#[cfg(feature = "words")]
mod chinese;
mod clauses;
#[cfg(feature = "words")]
mod english;
#[cfg(feature = "words")]
mod grammar;
#[cfg(feature = "words")]
mod lexicon;
#[cfg(feature = "words")]
mod parts;
#[cfg(feature = "words")]
mod sense;

pub(crate) use clauses::{clauses, without_odd_brackets};
#[cfg(feature = "words")]
pub(crate) use lexicon::begins_known;

use crate::{FaultKind, RepairKind};

/// What one clause says, such as `屏碎` of `屏碎，电池不行`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "words"), expect(dead_code, reason = "without the tables, less is read"))]
pub(crate) enum Clause {
    /// Something works, or all does: 正常, 屏幕没问题, no issues.
    Sound,
    /// It does not say whether anything works: 未知, untested, `?`.
    Unclear,
    /// Something is broken, but it does not say what: 有故障, faulty.
    Unnamed,
    /// The name of a part only: 屏幕.
    Bare,
    /// It was never repaired: 无拆修. It may be broken all the same.
    NeverRepaired,
    /// A repair in the past: 换过电池, screen replaced.
    Repair(Option<RepairKind>),
    /// A fault; `None` where it is not one of the list.
    Fault(Option<FaultKind>),
}

/// Reads one clause: everything that it says, in order; the result is never empty. An unknown text is a
/// fault in the person's own words: the partner judges it, and it is not priced as if all worked.
#[cfg(feature = "words")]
pub(crate) fn read(clause: &str) -> Vec<Clause> {
    // A question mark makes any word unclear: 正常?
    if clause.contains(['?', '？']) || clause.chars().all(|letter| !letter.is_alphanumeric()) {
        return vec![Clause::Unclear];
    }
    grammar::read(clause)
}

/// Reads one clause without the tables: only 正常 is known.
#[cfg(not(feature = "words"))]
pub(crate) fn read(clause: &str) -> Vec<Clause> {
    vec![if clause.trim() == crate::FunctionStatus::NORMAL { Clause::Sound } else { Clause::Fault(None) }]
}

/// Whether a text is only `/`, as people fill in a field that does not apply.
pub(crate) fn is_crossed_out(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|letter| matches!(letter, '/' | '／' | '\\'))
}

#[cfg(all(test, feature = "words"))]
mod tests {
    use super::*;
    use Clause::{Fault, NeverRepaired, Repair, Sound, Unclear, Unnamed};

    fn each(expected: Clause, texts: &[&str]) {
        let wrong: Vec<_> =
            texts.iter().map(|text| (text, read(text))).filter(|(_, said)| *said != [expected]).collect();
        assert!(wrong.is_empty(), "{expected:?}: {wrong:#?}");
    }

    #[test]
    fn words_for_sound_are_read_as_sound() {
        each(
            Sound,
            &[
                "正常",
                "无",
                "無",
                "无故障",
                "没有故障",
                "良好",
                "完好",
                "功能正常",
                "一切正常",
                "全部完好",
                "没问题",
                "没有任何问题",
                "无异常",
                "完好无损",
                "功能完好",
                "使用正常",
                "其他正常",
                "屏幕正常",
                "电池良好",
                "【正常】",
                "“良好”。",
                "正常!",
                "ＯＫ",
                "未见异常",
                "均正常",
                "无损坏",
                "未进水",
                "无ID锁",
                "电池健康度92%",
                "Normal",
                "OK",
                "ok.",
                "good",
                "Working",
                "None",
                "no",
                "fully working",
                "Fully functional",
                "No issues",
                "no known issues",
                "everything works",
                "all good",
                "works fine",
                "in working order",
                "in good condition",
                "nothing broken",
                "not cracked",
                "screen fine",
                "no problem!",
                "battery health 91%",
                "works perfectly",
                "100% working",
                "no faults found",
                "without defects",
            ],
        );
    }

    #[test]
    fn words_for_unknown_are_unclear() {
        each(
            Unclear,
            &[
                "未知",
                "不详",
                "不清楚",
                "不知道",
                "不确定",
                "待检测",
                "未测试",
                "没测过",
                "闲置",
                "?",
                "？",
                "正常?",
                "-",
                "—",
                "unknown",
                "not tested",
                "untested",
                "unsure",
                "not sure",
                "N/A",
                "tbd",
                "n.a.",
                "idle",
                "to be checked",
                "don't know",
            ],
        );
    }

    #[test]
    fn words_for_broken_alone_name_no_fault() {
        each(
            Unnamed,
            &[
                "有故障",
                "故障",
                "坏了",
                "不正常",
                "有问题",
                "异常",
                "坏",
                "faulty",
                "broken",
                "not working",
                "damaged",
                "doesn't work",
            ],
        );
    }

    #[test]
    fn finished_repairs_are_repairs_and_no_faults() {
        each(
            Repair(Some(RepairKind::Battery)),
            &["换过电池", "电池已更换", "更换电池", "battery replaced", "New battery", "battery was changed"],
        );
        each(
            Repair(Some(RepairKind::Screen)),
            &["换屏", "换过屏幕", "屏幕换过", "Screen replaced", "replaced display"],
        );
        each(Repair(Some(RepairKind::Mainboard)), &["修过主板", "主板维修过", "motherboard repaired"]);
        each(Repair(Some(RepairKind::Housing)), &["换后盖", "换过外壳", "housing replaced"]);
        each(Repair(None), &["已维修", "修过", "维修过", "有拆修", "repaired", "refurbished"]);
        each(
            NeverRepaired,
            &[
                "无拆修",
                "未维修",
                "没修过",
                "无拆无修",
                "未拆机",
                "never repaired",
                "no repairs",
                "not repaired",
            ],
        );
    }

    #[test]
    fn a_repair_that_is_still_needed_is_a_fault() {
        each(
            Fault(Some(FaultKind::Battery)),
            &["需更换电池", "电池要换", "battery needs replacing", "needs a new battery"],
        );
        each(Fault(Some(FaultKind::OuterGlass)), &["外屏待修"]);
    }

    #[test]
    fn faults_of_the_list_are_known_by_other_names() {
        let named: [(FaultKind, &[&str]); 12] = [
            (
                FaultKind::OuterGlass,
                &["屏碎", "外屏裂了", "屏幕碎裂", "cracked screen", "screen is cracked", "cracked glass"],
            ),
            (
                FaultKind::Display,
                &[
                    "屏幕有坏点",
                    "花屏",
                    "绿线",
                    "触摸失灵",
                    "dead pixels",
                    "screen not working",
                    "lines on display",
                ],
            ),
            (
                FaultKind::Battery,
                &[
                    "电池不行",
                    "电池鼓包",
                    "电池健康度76%",
                    "Battery health 76%",
                    "battery swollen",
                    "weak battery",
                ],
            ),
            (FaultKind::Camera, &["摄像头坏", "后摄模糊", "camera broken"]),
            (FaultKind::Biometrics, &["指纹失灵", "面容不能用", "fingerprint not working", "Face ID broken"]),
            (FaultKind::Buttons, &["按键失灵", "键盘有键坏", "Several keys dead", "volume button stuck"]),
            (FaultKind::Audio, &["扬声器没声音", "听筒杂音", "speaker dead", "no sound"]),
            (FaultKind::Ports, &["不能充电", "尾插松", "charging port loose", "doesn't charge"]),
            (FaultKind::Water, &["进水", "泡过水", "water damage", "liquid damage"]),
            (FaultKind::Account, &["有ID锁", "账号未退出", "iCloud locked", "activation lock"]),
            (FaultKind::Shutter, &["快门卡住", "shutter stuck"]),
            (FaultKind::Dead, &["不开机", "开不了机", "Won't power on", "does not turn on", "dead"]),
        ];
        for (kind, texts) in named {
            each(Fault(Some(kind)), texts);
        }
    }

    #[test]
    fn unknown_words_are_faults_in_the_persons_words() {
        each(Fault(None), &["转轴松", "左下角磕碰", "hinge loose", "smells of smoke"]);
    }
}
