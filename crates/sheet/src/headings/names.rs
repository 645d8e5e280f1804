//! What a heading means, by its name in the tables or by the parts of it.

use domain::{Field, half_width, tidied};

use super::composed::of_words;
use super::tables::{
    BATTERIES, BRANDS_AND_MODELS, CHIPS, GRADES_AND_FUNCTIONS, LOCKS, NAMES, NOTES, OWN_NAMES, STATES,
    STORAGES_AND_MEMORIES, names,
};

/// What a heading says that its column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A field, and nothing else.
    Field(Field),
    /// One of several fields, or all of them in one cell, such as brand and model.
    Fields(&'static [Field]),
    /// The kind of device or its model, which the cells tell.
    Name,
    /// The name that a person gave to the device, or its model.
    OwnName,
    /// The processor, which tells Apple's models apart.
    Chip,
    /// The state, of which only the cells tell whether it is the function or the grade.
    State,
    Notes,
    Battery,
    /// Whether the device is locked: Activation Lock, 激活锁.
    Lock,
}

/// What a heading means; `None` for a name that is not known.
pub(super) fn meaning(heading: &str) -> Option<Meaning> {
    let heading = half_width(&tidied(heading));
    if let Some(meaning) = named(&plain(&heading)).or_else(|| of_words(&words(&heading))) {
        return Some(meaning);
    }
    // 型号/Model, 品牌 Brand: each part by itself.
    let meaning = |part: &String| named(&plain(part)).or_else(|| of_words(&words(part)));
    let parts: Vec<Meaning> = parts(&heading).iter().filter_map(meaning).collect();
    match &parts[..] {
        [] => None,
        [first, rest @ ..] if rest.iter().all(|other| other == first) => Some(first.clone()),
        [Meaning::Field(Field::Brand), Meaning::Field(Field::Model), ..]
        | [Meaning::Field(Field::Model), Meaning::Field(Field::Brand), ..] => {
            Some(Meaning::Fields(BRAND_AND_MODEL))
        }
        [Meaning::Field(Field::Storage), Meaning::Field(Field::Ram), ..]
        | [Meaning::Field(Field::Ram), Meaning::Field(Field::Storage), ..] => Some(Meaning::Fields(SIZES)),
        [Meaning::Field(Field::Condition), Meaning::Field(Field::FunctionStatus), ..]
        | [Meaning::Field(Field::FunctionStatus), Meaning::Field(Field::Condition), ..] => {
            Some(Meaning::Fields(GRADE_AND_FUNCTION))
        }
        [Meaning::Notes, Meaning::Field(Field::FunctionStatus), ..]
        | [Meaning::Field(Field::FunctionStatus), ..] => Some(Meaning::Field(Field::FunctionStatus)),
        [first, ..] => Some(first.clone()),
    }
}

const BRAND_AND_MODEL: &[Field] = &[Field::Brand, Field::Model];
const SIZES: &[Field] = &[Field::Storage, Field::Ram];
const GRADE_AND_FUNCTION: &[Field] = &[Field::Condition, Field::FunctionStatus];

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
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a list has the name.
pub(super) fn is_one_of(name: &str, list: &str) -> bool {
    list.split(", ").any(|other| other == name)
}

/// What a name of the tables means, as [`plain`] writes it.
pub(super) fn named(name: &str) -> Option<Meaning> {
    let field = Field::OF_A_DEVICE.into_iter().find(|field| is_one_of(name, names(*field)));
    field.map(Meaning::Field).or_else(|| match name {
        _ if is_one_of(name, NAMES) => Some(Meaning::Name),
        _ if is_one_of(name, OWN_NAMES) => Some(Meaning::OwnName),
        _ if is_one_of(name, CHIPS) => Some(Meaning::Chip),
        _ if is_one_of(name, STATES) => Some(Meaning::State),
        _ if is_one_of(name, NOTES) => Some(Meaning::Notes),
        _ if is_one_of(name, BATTERIES) => Some(Meaning::Battery),
        _ if is_one_of(name, LOCKS) => Some(Meaning::Lock),
        _ if is_one_of(name, BRANDS_AND_MODELS) => Some(Meaning::Fields(BRAND_AND_MODEL)),
        _ if is_one_of(name, STORAGES_AND_MEMORIES) => Some(Meaning::Fields(SIZES)),
        _ if is_one_of(name, GRADES_AND_FUNCTIONS) => Some(Meaning::Fields(GRADE_AND_FUNCTION)),
        _ => None,
    })
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
    fn each_name_means_one_thing_and_is_written_plainly() {
        let fields = Field::OF_A_DEVICE.into_iter().map(names).filter(|list| !list.is_empty());
        let others = [
            NAMES,
            OWN_NAMES,
            CHIPS,
            STATES,
            NOTES,
            BATTERIES,
            LOCKS,
            BRANDS_AND_MODELS,
            STORAGES_AND_MEMORIES,
            GRADES_AND_FUNCTIONS,
        ];
        let all: Vec<_> = fields.chain(others).flat_map(|list| list.split(", ")).collect();
        let mut different = std::collections::HashSet::new();
        for name in &all {
            assert!(different.insert(*name), "{name} stands twice");
            assert_eq!(plain(name), *name);
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
            ("Notes / faults", Some(Meaning::Field(Field::FunctionStatus))),
            ("设备状态（有无故障）", Some(Meaning::State)),
            ("total_capacity", Some(Meaning::Field(Field::Storage))),
            ("battery_health", Some(Meaning::Battery)),
            ("device_name", Some(Meaning::OwnName)),
            ("型\u{200b}号", Some(Meaning::Field(Field::Model))),
            ("Activation Lock", Some(Meaning::Lock)),
            ("Device Manufacturer Name", Some(Meaning::Field(Field::Brand))),
            ("hardwareModel", Some(Meaning::Field(Field::Model))),
            ("Known damage (reported by user)", Some(Meaning::Field(Field::FunctionStatus))),
            ("Overall Cosmetic State", Some(Meaning::Field(Field::Condition))),
            ("IT Notes", Some(Meaning::Notes)),
            ("Total capacity of the device", Some(Meaning::Field(Field::Storage))),
            ("Device make & model", Some(Meaning::Fields(BRAND_AND_MODEL))),
            ("机器外观情况", Some(Meaning::Field(Field::Condition))),
            ("员工自述故障描述", Some(Meaning::Field(Field::FunctionStatus))),
            ("设备存在的问题", Some(Meaning::Field(Field::FunctionStatus))),
            ("客户手机型号", Some(Meaning::Field(Field::Model))),
            ("盘点备注", Some(Meaning::Notes)),
            ("Purchase condition", None),
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
