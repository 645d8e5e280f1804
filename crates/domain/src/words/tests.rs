//! How single clauses are read.

use super::{Clause, read};
use crate::{FaultKind, RepairKind};
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
        &[
            "换过电池",
            "无划痕换过电池",
            "电池已更换",
            "更换电池",
            "battery replaced",
            "New battery",
            "battery was changed",
        ],
    );
    each(
        Repair(Some(RepairKind::Screen)),
        &[
            "换屏",
            "换过屏幕",
            "屏幕换过",
            "Screen replaced",
            "replaced display",
            "换过国产屏",
            "后压屏",
            "non genuine display",
        ],
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
            "not repaired or replaced",
        ],
    );
}

#[test]
fn one_word_for_a_repair_may_have_several_parts() {
    let both = [Repair(Some(RepairKind::Screen)), Repair(Some(RepairKind::Battery))];
    assert_eq!(read("换过屏幕和电池"), both);
    assert_eq!(read("换过1次屏幕和电池"), both);
    assert_eq!(read("replaced screen and battery"), both);
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
                "屏幕发黄",
                "亮度低",
                "screen yellowing",
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
        (FaultKind::Audio, &["扬声器没声音", "听筒杂音", "speaker dead", "no sound", "people can't hear me"]),
        (FaultKind::Ports, &["不能充电", "尾插松", "charging port loose", "doesn't charge"]),
        (FaultKind::Water, &["进水", "泡过水", "water damage", "liquid damage"]),
        (
            FaultKind::Account,
            &[
                "有ID锁",
                "账号未退出",
                "iCloud locked",
                "activation lock",
                "有ID",
                "密码未知",
                "find my still on",
            ],
        ),
        (FaultKind::Shutter, &["快门卡住", "shutter stuck"]),
        (
            FaultKind::Dead,
            &["不开机", "开不了机", "Won't power on", "does not turn on", "dead", "坏了不开机"],
        ),
    ];
    for (kind, texts) in named {
        each(Fault(Some(kind)), texts);
    }
}

#[test]
fn unknown_words_are_faults_in_the_persons_words() {
    each(
        Fault(None),
        &["转轴松", "左下角磕碰", "hinge loose", "smells of smoke", "电池仓盖坏", "CMOS坏点", "hot pixels"],
    );
}
