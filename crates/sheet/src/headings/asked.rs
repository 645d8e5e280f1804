//! Columns about one fault or one part.

use domain::{Field, names_an_extra, tells_a_fault, tidied, told_by};
use serde::{Deserialize, Serialize};

use super::says::yes_or_no;

/// A question that the heading of a column asks, and that its cells answer by yes and no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Asked {
    /// Whether there is this fault: Screen cracked, 是否进水.
    Fault(String),
    /// Whether this works: Powers on, 能开机.
    Works(String),
}

impl Asked {
    /// The question of a heading, if it asks for a fault or for something that works.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let plain = tidied(heading);
        let name = plain.split(['(', '?', '？']).next().unwrap_or_default().trim();
        let name = name.strip_prefix("是否").or_else(|| name.strip_prefix("有无")).unwrap_or(name);
        match () {
            () if name.is_empty() || names_an_extra(name) => None,
            () if tells_a_fault(name) => Some(Self::Fault(name.to_owned())),
            () if told_by(name) == Some(Field::FunctionStatus) => Some(Self::Works(name.to_owned())),
            () => None,
        }
    }

    /// What an answer says of the device, if it says that something is wrong.
    pub(super) fn answered(&self, cell: &str) -> Option<String> {
        match (self, yes_or_no(cell)) {
            (Self::Fault(name), Some(true)) => Some(name.clone()),
            (Self::Works(name), Some(false)) => Some(match name.is_ascii() {
                true => format!("not {name}"),
                false => format!("{name}故障"),
            }),
            _ => None,
        }
    }
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
    fn a_heading_asks_for_a_fault_or_for_what_works() {
        for (heading, cell, says) in [
            ("Screen cracked (Y/N)", "Y", Some("Screen cracked")),
            ("Screen cracked (Y/N)", "N", None),
            ("是否进水", "是", Some("进水")),
            ("有无划痕", "有", None),
            ("Powers on?", "No", Some("not Powers on")),
            ("Powers on?", "Yes", None),
            ("能开机", "否", Some("能开机故障")),
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
