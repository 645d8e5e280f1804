//! What the cells of a column say together with its heading: yes and no, one part, one fault.

use domain::{Field, tells_a_fault, tidied, told_by};
use serde::{Deserialize, Serialize};

/// What a yes says below a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Yes {
    /// It works: Working?, 是否正常.
    Works,
    /// It is broken: 有无故障, Damage.
    Broken,
    /// It was repaired: 是否维修.
    Repaired,
}

/// Headings that ask whether a device works.
const WORKS: &str = "是否正常, 功能是否正常, 是否完好, 是否能用, 能否正常使用, 是否可用, 能否使用, 是否可正常使用, working, \
    fullyworking, functional, works, isworking, isfunctional, doesitwork, workingyn, workingorder, operational";
/// Headings that ask whether it is broken.
const BROKEN: &str = "wrong, whatswrong, problem, 毛病, 有无故障, 是否有故障, 有无问题, 是否损坏, 有无损坏, 故障, 问题, 故障情况, 异常, 缺陷, faults, fault, issues, issue, \
    defects, defect, damage, damages, problems, knownissues, faultfound, faultsfound, anyfaults, anydamage";
/// Headings that ask whether it was repaired.
const REPAIRED: &str = "是否维修, 是否拆修, 有无维修, 有无拆修, 是否拆机, 维修过, 拆修, repaired, repairedbefore, everrepaired, \
    repairs, repair, previousrepairs, partsreplaced";

/// Words of headings that ask for faults, and for nothing that works.
const FAULTS: &str = "坏, 故障, 问题, 缺陷, 异常, 毛病, 瑕疵, 损坏, 不良, 报修, fault, issue, defect, damage, problem, wrong, symptom";

/// Whether a heading asks for faults only, so that an empty cell below it names none: 故障说明, Known issues.
pub(super) fn asks_for_faults(heading: &str) -> bool {
    let asks_for_more = ["功能", "是否", "检测", "function", "working", "test", "repair", "维修"];
    FAULTS.split(", ").any(|word| heading.contains(word))
        && !asks_for_more.iter().any(|word| heading.contains(word))
}

impl Yes {
    /// What a yes says below a heading, as [`plain`](super::names::plain) writes it.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let has = |list: &str| list.split(", ").any(|name| name == heading);
        match () {
            () if has(WORKS) => Some(Self::Works),
            () if has(BROKEN) => Some(Self::Broken),
            () if has(REPAIRED) => Some(Self::Repaired),
            () => None,
        }
    }
}

/// The text of a cell in words, if it begins with yes or no: below "Working?", `No - cracked screen` is a cracked screen.
pub(super) fn with_yes_and_no(yes: Yes, text: &str) -> String {
    const ANSWERS: [(&str, bool); 10] = [
        ("yes", true),
        ("y", true),
        ("true", true),
        ("是", true),
        ("√", true),
        ("no", false),
        ("n", false),
        ("false", false),
        ("否", false),
        ("×", false),
    ];
    let lower = text.to_lowercase();
    let marks = [' ', '-', '–', ',', ';', ':', '(', '.', '，', '；', '：', '（'];
    let answer = ANSWERS.iter().find_map(|(word, answer)| {
        let rest = lower.strip_prefix(word)?;
        let ends = rest.is_empty() || rest.trim_start().starts_with(&marks[1..]);
        ends.then(|| {
            (
                *answer,
                text.get(word.len()..).unwrap_or_default().trim_matches(marks).trim_end_matches([')', '）']),
            )
        })
    });
    let Some((answer, rest)) = answer else { return text.to_owned() };
    let (works, broken, never) = match text.is_ascii() {
        true => ("works", "not working", "not repaired"),
        false => ("正常", "有故障", "没修过"),
    };
    match (yes, answer) {
        // What follows a yes that it works may be a fault still.
        (Yes::Works, true) | (Yes::Broken, false) if rest.is_empty() => works.to_owned(),
        (Yes::Works, true) | (Yes::Broken, false) => format!("{works}, {rest}"),
        (Yes::Works, false) | (Yes::Broken, true) if rest.is_empty() => broken.to_owned(),
        (Yes::Works, false) | (Yes::Broken, true) => rest.to_owned(),
        (Yes::Repaired, false) if rest.is_empty() => never.to_owned(),
        (Yes::Repaired, true) if !rest.is_empty() => rest.to_owned(),
        (Yes::Repaired, _) => text.to_owned(),
    }
}

/// Whether a cell says that a device is lost or broken, whatever its heading.
pub(super) fn is_a_loss(cell: &str) -> bool {
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

/// Whether a cell is yes or no, and nothing else.
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    let lower = cell.trim().to_lowercase();
    match lower.as_str() {
        "yes" | "y" | "true" | "是" | "有" | "√" | "✓" | "✔" => Some(true),
        "no" | "n" | "false" | "否" | "无" | "没有" | "×" | "✗" | "✘" => Some(false),
        _ => None,
    }
}

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
            () if name.is_empty() => None,
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
                true => format!("fault: {name}"),
                false => format!("故障：{name}"),
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
    fn yes_and_no_are_read_by_their_heading() {
        for (heading, cell, says) in [
            ("working", "Yes", "works"),
            ("working", "N", "not working"),
            ("working", "No - cracked screen", "cracked screen"),
            ("working", "Yes (battery weak)", "works, battery weak"),
            ("是否正常", "否，屏碎", "屏碎"),
            ("有无故障", "否", "正常"),
            ("faults", "No", "works"),
            ("faults", "Yes: won't charge", "won't charge"),
            ("faults", "No issues", "No issues"),
            ("faults", "noisy fan", "noisy fan"),
            ("是否维修", "否", "没修过"),
            ("repaired", "Yes", "Yes"),
        ] {
            assert_eq!(with_yes_and_no(Yes::of(heading).unwrap(), cell), says, "{heading}: {cell}");
        }
        assert_eq!(Yes::of("功能"), None);
    }

    #[test]
    fn a_heading_asks_for_a_fault_or_for_what_works() {
        for (heading, cell, says) in [
            ("Screen cracked (Y/N)", "Y", Some("Screen cracked")),
            ("Screen cracked (Y/N)", "N", None),
            ("是否进水", "是", Some("进水")),
            ("有无划痕", "有", None),
            ("Powers on?", "No", Some("fault: Powers on")),
            ("Powers on?", "Yes", None),
            ("能开机", "否", Some("故障：能开机")),
            ("Encrypted", "No", None),
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
