//! What a heading means: by its whole name, by its words, or by the parts that marks separate.

use domain::{Field, half_width, tidied};

use super::composed::of_words;
use super::meaning::{BRAND_AND_MODEL, GRADE_AND_FUNCTION, Meaning, SIZES, named};
use super::says::{asks_for_new_parts, asks_whether_it_works};
use super::whether::asks_about_the_whole;

/// What a heading means; `None` for a name that is not known.
pub(super) fn meaning(heading: &str) -> Option<Meaning> {
    let heading = half_width(&tidied(heading));
    if let Some(meaning) = named(&plain(&heading)) {
        return Some(meaning);
    }
    if asks_about_the_whole(&heading).is_some() {
        return Some(Meaning::Field(Field::FunctionStatus));
    }
    // 型号/Model, 品牌 Brand: each part by itself.
    let one = |part: &String| named(&plain(part)).or_else(|| of_words(&words(part)));
    let mut parts: Vec<Meaning> = parts(&heading).iter().filter_map(one).collect();
    // Grade / Fault
    let [grade, function] = [Field::Condition, Field::FunctionStatus].map(Meaning::Field);
    let is_either = |part: &Meaning| *part == grade || *part == function;
    if parts.contains(&grade) && parts.contains(&function) && parts.iter().all(is_either) {
        return Some(Meaning::Fields(GRADE_AND_FUNCTION));
    }
    if let Some(meaning) = of_words(&words(&heading)) {
        return Some(meaning);
    }
    if asks_whether_it_works(&plain(&heading)) {
        return Some(Meaning::Field(Field::FunctionStatus));
    }
    if asks_for_new_parts(&plain(&heading)) {
        return Some(Meaning::Field(Field::RepairHistory));
    }
    // Size (bytes): of a disk, and not of a screen.
    let lower = heading.to_lowercase();
    let in_bytes = ["byte", "gb", "mb"].iter().any(|unit| lower.contains(unit));
    if in_bytes && words(&heading) == ["size"] {
        return Some(Meaning::Field(Field::Storage));
    }
    // 设备SN is a serial number, and no name.
    const NUMBERS: [&str; 6] = ["sn", "s", "imei", "id", "no", "mac"];
    if heading
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .any(|word| NUMBERS.contains(&&*word.to_lowercase()))
    {
        parts.retain(|part| *part != Meaning::Name);
    }
    // CPU/内存/硬盘: sizes, and a processor that tells none.
    if parts.iter().any(|part| *part != Meaning::Chip) {
        parts.retain(|part| *part != Meaning::Chip);
    }
    match &parts[..] {
        [] => None,
        [first, rest @ ..] if rest.iter().all(|other| other == first) => Some(first.clone()),
        [Meaning::Field(Field::Brand), Meaning::Field(Field::Model), ..]
        | [Meaning::Field(Field::Model), Meaning::Field(Field::Brand), ..] => {
            Some(Meaning::Fields(BRAND_AND_MODEL))
        }
        [Meaning::Field(Field::Storage), Meaning::Field(Field::Ram), ..]
        | [Meaning::Field(Field::Ram), Meaning::Field(Field::Storage), ..] => Some(Meaning::Fields(SIZES)),
        [
            Meaning::Notes | Meaning::Field(Field::RepairHistory),
            Meaning::Field(Field::FunctionStatus),
            ..,
        ]
        | [Meaning::Field(Field::FunctionStatus), ..] => Some(Meaning::Field(Field::FunctionStatus)),
        [first, ..] => Some(first.clone()),
    }
}

/// A heading without letter case, spaces, marks and text in brackets.
pub(super) fn plain(heading: &str) -> String {
    let heading = half_width(heading).to_lowercase();
    without_brackets(&heading).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

fn without_brackets(heading: &str) -> String {
    let mut depth = 0_u32;
    let mut name = String::new();
    for letter in heading.chars() {
        match letter {
            '(' | '[' | '【' | '{' => depth += 1,
            ')' | ']' | '】' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => name.push(letter),
            _ => {}
        }
    }
    name
}

/// The parts of a heading that marks separate, or the change between Chinese and English.
fn parts(heading: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut last = None;
    for letter in without_brackets(heading).chars() {
        let chinese = letter.is_alphanumeric().then_some(!letter.is_ascii());
        let joins = matches!(
            letter,
            '/' | '|' | '\\' | '+' | '&' | '、' | ',' | ';' | '\n' | '-' | '及' | '和' | '与'
        );
        if joins || (chinese.is_some() && last.is_some() && chinese != last) {
            parts.push(String::new());
        }
        last = chinese.or(last);
        if !joins && let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}

/// The words of a heading in lower case: spaces, marks and `deviceModel` separate them.
fn words(heading: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last = ' ';
    for letter in without_brackets(heading).chars() {
        let begins = last.is_ascii_lowercase() && letter.is_ascii_uppercase();
        if begins || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        last = letter;
    }
    // SCCM counts its tables: Model0, TotalPhysicalMemory0.
    for word in &mut words {
        if word.ends_with('0') && word.len() > 2 {
            word.pop();
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_brackets_does_not_matter_wherever_it_stands() {
        for heading in ["（必填）成色", "成色 [1]", "【成】成{x}色", "成)色"] {
            assert_eq!(plain(heading), "成色", "{heading}");
        }
    }

    #[test]
    fn headings_of_registers_dealers_and_management_systems_are_known() {
        for (heading, meaning) in [
            ("型号 / Model", Some(Meaning::Field(Field::Model))),
            ("品牌 Brand", Some(Meaning::Field(Field::Brand))),
            ("品牌/型号", Some(Meaning::Fields(BRAND_AND_MODEL))),
            ("Make & Model", Some(Meaning::Fields(BRAND_AND_MODEL))),
            ("内存/硬盘", Some(Meaning::Fields(SIZES))),
            ("Grade / Fault", Some(Meaning::Fields(GRADE_AND_FUNCTION))),
            ("CPU/内存/硬盘", Some(Meaning::Fields(SIZES))),
            ("Notes / faults", Some(Meaning::Field(Field::FunctionStatus))),
            ("更换过的部件", Some(Meaning::Field(Field::RepairHistory))),
            ("Parts changed to date", Some(Meaning::Field(Field::RepairHistory))),
            ("维修/功能", Some(Meaning::Field(Field::FunctionStatus))),
            ("设备状态（有无故障）", Some(Meaning::State)),
            ("total_capacity", Some(Meaning::Field(Field::Storage))),
            ("battery_health", Some(Meaning::Battery)),
            ("device_name", Some(Meaning::OwnName)),
            ("型\u{200b}号", Some(Meaning::Field(Field::Model))),
            ("Activation Lock", Some(Meaning::Lock)),
            ("Device Manufacturer Name", Some(Meaning::Field(Field::Brand))),
            ("hardwareModel", Some(Meaning::Field(Field::Model))),
            ("Known damage (reported by user)", Some(Meaning::Field(Field::FunctionStatus))),
            ("设备SN", None),
            ("设备 IMEI", None),
            ("SN / 型号", Some(Meaning::Field(Field::Model))),
            ("Overall Cosmetic State", Some(Meaning::Field(Field::Condition))),
            ("IT Notes", Some(Meaning::Notes)),
            ("Remarks workshop", Some(Meaning::Notes)),
            ("TotalPhysicalMemory0 (KB)", Some(Meaning::Field(Field::Ram))),
            ("Condition out of 10", Some(Meaning::Field(Field::Condition))),
            ("Anything wrong with it?", Some(Meaning::Field(Field::FunctionStatus))),
            ("What's wrong", Some(Meaning::Field(Field::FunctionStatus))),
            ("Look %", Some(Meaning::Field(Field::Condition))),
            ("PhysicalMemoryInBytes", Some(Meaning::Field(Field::Ram))),
            ("Battery Level", None),
            ("Kit returned", None),
            ("Total capacity of the device", Some(Meaning::Field(Field::Storage))),
            ("Device make & model", Some(Meaning::Fields(BRAND_AND_MODEL))),
            ("机器外观情况", Some(Meaning::Field(Field::Condition))),
            ("员工自述故障描述", Some(Meaning::Field(Field::FunctionStatus))),
            ("设备存在的问题", Some(Meaning::Field(Field::FunctionStatus))),
            ("客户手机型号", Some(Meaning::Field(Field::Model))),
            ("盘点备注", Some(Meaning::Notes)),
            ("Purchase condition", None),
            ("What it is", None),
            ("Size0 (bytes)", Some(Meaning::Field(Field::Storage))),
            ("Size", None),
            ("Storage location", None),
            ("Model status", None),
            ("Storage type", None),
            ("User name", None),
            ("设备编号", None),
            ("保修状态", None),
            ("领用情况", None),
            ("序号", None),
            ("Asset Tag", None),
            ("Serial Number", None),
        ] {
            assert_eq!(super::meaning(heading), meaning, "{heading}");
        }
    }
}
