//! Texts that name faults, and texts that name none.

use crate::reading::each;

#[test]
fn a_fault_with_a_word_for_sound_in_it_is_a_fault() {
    each(
        "unnamed",
        &["不正常", "不能正常使用", "无法正常使用", "不太正常", "不是很好", "没有正常", "not working"],
    );
    each("unnamed", &["not working properly", "nothing works", "no longer works", "not good", "不能使用"]);
    each(
        "other",
        &[
            "时好时坏",
            "有时正常",
            "偶尔死机",
            "no signal",
            "无信号",
            "没信号",
            "信号不好",
            "no wifi",
            "wifi不能用",
            "used to work fine",
            "worked before",
            "works sometimes",
            "works only when plugged in",
            "以前正常",
            "只能开机",
            "插电才能开机",
            "没用",
            "没有功能",
            "无其他",
            "没有反应",
            "无反应",
            "不断重启",
            "not 100%",
            "有划痕",
            "正常使用痕迹",
            "no one knows",
            "smells of smoke, works",
            "转轴松",
            "hinge loose",
            "works but hinge cracked",
            "无法连接",
        ],
    );
    each("audio", &["no sound", "无声音", "没有声音", "没声音", "声音无", "speaker not working", "no audio"]);
    each(
        "dead",
        &[
            "无法开机",
            "不开机",
            "不能正常开机",
            "无法正常开机",
            "does not power on",
            "doesn’t power on",
            "won't turn on",
            "no power",
            "fails to boot",
            "dead",
        ],
    );
    each(
        "display",
        &[
            "no display",
            "无显示",
            "没有显示",
            "screen not working",
            "屏幕不能正常显示",
            "触摸失灵",
            "dead pixels",
            "no touch",
            "黑屏",
            "everything works except the screen",
            "除屏幕外都正常",
        ],
    );
    each("outer_glass", &["屏碎", "cracked screen", "screen is cracked", "no issues, screen cracked"]);
    each("outer_glass", &["无划痕屏碎", "屏幕碎裂显示正常", "no scratches screen cracked"]);
    each(
        "ports",
        &["不能充电", "无法正常充电", "not charging", "doesn't charge", "充电慢", "charging port loose"],
    );
    each("biometrics", &["指纹不能用", "指纹不灵", "face id not working", "fingerprint not recognised"]);
    each("camera", &["相机不行", "camera broken", "no working camera"]);
    each("buttons", &["not all keys work", "音量键失灵", "power button stuck"]);
    each("water", &["进水", "water damage", "no scratches but water damage", "无划痕进水"]);
    each("account", &["有ID锁", "账号未退出", "icloud locked"]);
}

#[test]
fn one_text_may_name_several_faults() {
    each(
        "outer_glass battery",
        &["屏碎,电池不行", "屏碎电池不行", "屏碎和电池不行", "cracked screen and weak battery"],
    );
    each(
        "outer_glass battery",
        &["cracked screen – weak battery", "电池不行、屏碎", "屏碎 电池不行 其他正常"],
    );
    each("battery buttons", &["按键失灵电池鼓包", "battery dead, buttons stuck"]);
    each("battery", &["screen fine battery bad"]);
    each("other", &["后盖鼓包"]);
    each("display battery", &["屏幕、电池坏"]);
    each("outer_glass", &["屏碎，其他功能正常", "cracked screen but works fine", "works but screen cracked"]);
}

#[test]
fn a_battery_is_judged_by_its_health_and_cycles() {
    each(
        "battery",
        &[
            "battery 90% swollen",
            "电池92%鼓包",
            "电池鼓包 92%",
            "电池健康度76%",
            "battery 76%",
            "健康度76%",
            "健康度76",
            "battery health 76",
            "battery 76",
            "电池健康度低于80%",
            "battery health below 80%",
            "battery <80%",
            "电池不足80%",
            "电池不耐用 95%",
            "battery drains fast 95%",
            "doesn't hold a charge",
            "电池循环1500次",
            "weak battery 85%",
        ],
    );
    each(
        "sound + repaired",
        &[
            "battery replaced 95%",
            "换过电池健康100%",
            "更换过电池 健康度98%",
            "更换过电池，健康度98%",
            "电池已更换 100%",
            "new battery 100%",
            "battery health 100% replaced",
        ],
    );
    each("battery + repaired", &["换过电池鼓包", "battery replaced 60%"]);
    each("sound", &["电池健康度80%", "battery health 80", "电池循环1000次"]);
    each("battery", &["电池健康度79%", "电池循环1001次"]);
}

#[test]
fn a_number_beside_an_unknown_word_says_nothing_of_a_battery() {
    each("other", &["battery 3 months old", "电池 3 个月", "100ok"]);
}

#[test]
fn a_text_without_a_statement_is_unclear_or_names_nothing() {
    each(
        "unclear",
        &[
            "未知",
            "不清楚",
            "正常?",
            "可能正常",
            "应该正常",
            "好像坏了",
            "未测试",
            "not tested",
            "untested",
            "probably fine",
            "maybe broken",
            "屏碎，其他不清楚",
            "无拆修",
            "never repaired",
            "😀",
            "-",
            "not fully tested",
            "没有测试过",
        ],
    );
    each("unnamed", &["有故障", "坏了", "broken", "faulty", "has issues"]);
}

#[test]
fn words_of_other_companies_lists_are_read() {
    each("sound", &["none reported", "None known.", "正常，无充电器", "fully functional, no accessories"]);
    each("unclear", &["never opened or repaired", "无充电器", "no box"]);
    each("camera", &["前置摄像头黑屏", "摄像头有黑点"]);
    each("audio", &["Left speaker crackles"]);
    each("display", &["Inner screen has a line", "屏幕有一条线"]);
    each("lens", &["镜头有霉斑"]);
    each("buttons", &["D键失灵"]);
}
