//! Columns about one fault or one part.

use domain::{Field, is_of_one_thing, names_an_extra, names_one_part, tells_a_fault, tidied, told_by};
use serde::{Deserialize, Serialize};

use super::says::yes_or_no;

/// A question that the heading of a column asks, and that its cells answer by yes and no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Asked {
    /// Whether there is this fault: Screen cracked, 是否进水.
    Fault(String),
    /// Whether this works: Powers on, 能开机.
    Works(String),
    /// Whether a part is the first one: 是否原装屏.
    Original(String),
}

impl Asked {
    /// The question of a heading, if it asks for a fault or for something that works.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let plain = tidied(heading);
        let name = plain.split(['(', '?', '？']).next().unwrap_or_default().trim();
        let name = &without_the_question(name);
        let works = told_by(name) == Some(Field::FunctionStatus) || names_one_part(name);
        match () {
            () if name.is_empty() || names_an_extra(name) => None,
            () if is_of_an_original(name) => Some(Self::Original(name.to_owned())),
            () if tells_a_fault(name) => Some(Self::Fault(name.to_owned())),
            () if works => Some(Self::Works(name.to_owned())),
            () => None,
        }
    }

    /// Whether a yes says that something works. Below the name of a part, such as 蓝牙, it may say that the part is there.
    pub(super) fn is_of_what_works(&self) -> bool {
        matches!(self, Self::Works(name) if !names_one_part(name))
    }

    /// Whether the heading of a column with yes and no asks for one part or one fault, and not whether anything is broken.
    pub(super) fn is_of_one_thing(heading: &str) -> bool {
        let plain = tidied(heading);
        let name = plain.split(['(', '?', '？']).next().unwrap_or_default().trim();
        is_of_one_thing(&without_the_question(name))
    }

    /// What an answer says of the device, if it says that something is wrong.
    pub(super) fn answered(&self, cell: &str) -> Option<String> {
        match (self, yes_or_no(cell)) {
            (Self::Fault(name), Some(true)) => Some(name.clone()),
            (Self::Original(name), Some(false)) => Some(match name.is_ascii() {
                true => format!("not {name}"),
                false => format!("非{name}"),
            }),
            (Self::Works(name), Some(false)) => Some(match name.is_ascii() {
                true => format!("not {name}"),
                false => format!("{name}故障"),
            }),
            _ => None,
        }
    }
}

/// Whether a heading asks for original parts: 原装屏, Genuine parts; not Original owner.
fn is_of_an_original(name: &str) -> bool {
    let lower = name.to_lowercase();
    let english = ["original", "genuine"].iter().find_map(|word| lower.strip_prefix(word));
    let of_a_part = |rest: &str| rest.contains("part") || names_one_part(rest.trim());
    ["原装", "原厂"].iter().any(|word| name.contains(word)) || english.is_some_and(of_a_part)
}

/// Whether a heading names one part: 屏幕, Face ID. 性能状况 is of the whole device.
pub(super) fn is_of_a_part(heading: &str) -> bool {
    let name = tidied(heading);
    let of_all = ["性能", "系统", "软件", "performance", "system", "software"];
    let is_of_all = of_all.iter().any(|word| name.to_lowercase().contains(word));
    names_one_part(&name) && !names_an_extra(&name) && !is_of_all
}

/// Whether a cell says of one part that it works.
pub(super) fn part_works(cell: &str) -> bool {
    const WORKS: [&str; 14] = [
        "ok",
        "okay",
        "good",
        "fine",
        "pass",
        "passed",
        "works",
        "working",
        "正常",
        "好",
        "完好",
        "良好",
        "无问题",
        "没问题",
    ];
    let lower = cell.trim().to_lowercase();
    let is_healthy = || lower.strip_suffix('%').is_some_and(|it| it.parse::<u8>().is_ok_and(|it| it >= 80));
    WORKS.contains(&lower.as_str()) || is_healthy() || says_its_origin(cell)
}

/// Whether a cell says of one part where it comes from, and nothing that is wrong: LCD with ori, 原装 or changed.
pub(super) fn says_its_origin(cell: &str) -> bool {
    let lower = cell.trim().to_lowercase();
    matches!(
        lower.as_str(),
        "ori" | "orig" | "original" | "genuine" | "changed" | "replaced" | "原装" | "原厂"
    )
}

/// Whether a cell about the battery says that it works, or says nothing: a health of 80 % or more, written 94, 94% or 0.94.
pub(super) fn battery_works(cell: &str) -> bool {
    let health = cell.trim().trim_end_matches('%').parse::<f64>();
    cell.trim().is_empty()
        || part_works(cell)
        || health.is_ok_and(|it| (80.0..=100.0).contains(&it) || (0.8..=1.0).contains(&it))
}

/// The name of a heading without the words that make it a question: 屏幕是否完好, 能否开机.
fn without_the_question(name: &str) -> String {
    ["是否", "有无", "能否", "可否", "有没有"]
        .iter()
        .fold(name.to_owned(), |name, words| name.replacen(words, "", 1))
}

/// What a cell of a column about one part says, if it names a fault: 屏幕 with 碎 is 屏幕碎.
pub(super) fn of_a_part(name: &str, cell: &str) -> Option<String> {
    // 52% below Battery level is the charge.
    let is_a_number = cell.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'%' | b'.' | b' '));
    if cell.is_empty() || is_a_number {
        return None;
    }
    let space = if name.is_ascii() && cell.is_ascii() { " " } else { "" };
    let text = format!("{name}{space}{cell}");
    let denied = ["×", "✗", "✕", "x", "no", "n", "ng", "fail", "failed", "否", "坏"];
    match denied.contains(&cell.to_lowercase().as_str()) {
        true => Some(format!("{name}故障")),
        false => tells_a_fault(&text).then_some(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_below_the_name_of_a_part_may_say_that_it_is_there() {
        let works = |heading: &str| Asked::of(heading).unwrap().is_of_what_works();
        assert!(works("Powers on?") && !works("蓝牙") && !works("是否原装屏"));
        assert!(part_works("OK") && part_works("88%") && !part_works("有") && !part_works("Yes"));
        assert!(["", "94", "0.94", "94%", "OK"].into_iter().all(battery_works));
        assert!(!battery_works("79") && !battery_works("service"));
        assert_eq!(Asked::of("Original owner?"), None);
    }

    #[test]
    fn a_heading_asks_for_a_fault_or_for_what_works() {
        for (heading, cell, says) in [
            ("Screen cracked (Y/N)", "Y", Some("Screen cracked")),
            ("Screen cracked (Y/N)", "N", None),
            ("是否进水", "是", Some("进水")),
            ("有无划痕", "有", None),
            ("Powers on?", "No", Some("not Powers on")),
            ("Powers on?", "Yes", None),
            ("能开机", "否", Some("能开机故障")),
            ("能否开机", "不能", Some("开机故障")),
            ("屏幕有无破损", "有", Some("屏幕破损")),
            ("是否原装屏", "否", Some("非原装屏")),
            ("Power on", "No", Some("not Power on")),
            ("Cracked", "Yes", Some("Cracked")),
            ("Encrypted", "No", None),
            ("Charger", "N", None),
            ("充电器", "无", None),
        ] {
            let asked = Asked::of(heading);
            assert_eq!(asked.and_then(|it| it.answered(cell)).as_deref(), says, "{heading}: {cell}");
        }
    }

    #[test]
    fn a_column_about_a_part_names_its_faults_only() {
        assert_eq!(of_a_part("屏幕", "碎").as_deref(), Some("屏幕碎"));
        assert_eq!(of_a_part("Face ID", "not working").as_deref(), Some("Face ID not working"));
        assert_eq!(of_a_part("指纹", "×").as_deref(), Some("指纹故障"));
        for (name, cell) in [
            ("Battery level", "52%"),
            ("屏幕", "正常"),
            ("镜头", "24-70"),
            ("显卡", "RTX4060"),
            ("快门", "35000"),
            ("系统", "iOS 17"),
        ] {
            assert_eq!(of_a_part(name, cell), None, "{name} {cell}");
        }
    }
}
