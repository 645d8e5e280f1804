//! Which field a cell tells by itself.

use super::brands::leading_brand;
use super::families::family;
use super::grades::{self, Said};
use super::identifiers::is_a_code;
use super::kinds::{self, Kind};
use super::kits::kit;
use super::naming::brand_of_cell;
use super::remarks::{Remark, of_a_remark};
use super::size::Device;
use super::size_words::speaks_of_sizes;
use super::sizes::Sizes;
use super::spelling::{is_blank, tidied};
use crate::Field;
use crate::words::{Clause, clauses, names_a_part, read};

/// The longest name of a kind that is not quoted, in letters. A longer text tells more than a kind.
const KIND: usize = 12;

/// The field that a text tells by itself: 手机 is a kind, 95新 a grade, 16G/512G storage. `None` for a text that may
/// stand in several columns.
pub fn told_by(text: &str) -> Option<Field> {
    let text = tidied(text);
    let lower = text.to_lowercase();
    if is_blank(&text) || text.chars().count() > 100 {
        return None;
    }
    // A plain number may be anything.
    if lower.bytes().all(|it| it.is_ascii_digit() || it == b'.') {
        return None;
    }
    match kinds::read(&text) {
        // iPhone is a kind in one list, and a family of models in more.
        Kind::Is(_) if family(&lower, None).is_some() => return Some(Field::Model),
        Kind::Is(_) => return Some(Field::DeviceType),
        // 打印机, 多媒体投影机; but DESKTOP-4F1 is a computer's name, and 换过键盘 a repair.
        Kind::NotQuoted if !text.is_ascii() && text.chars().count() <= KIND && !is_a_repair(&text) => {
            return Some(Field::DeviceType);
        }
        Kind::NotQuoted | Kind::Nothing | Kind::Unknown => {}
    }
    if brand_of_cell(&text).is_some() {
        return Some(Field::Brand);
    }
    if is_a_code(&text) {
        return None;
    }
    if family(&lower, None).is_some() || is_a_brand_with_a_number(&lower) {
        return Some(Field::Model);
    }
    if matches!(grades::read(&text), Said::Grade(..)) && !lower.contains('%') {
        return Some(Field::Condition);
    }
    if is_a_kit(&lower) {
        return Some(Field::Storage);
    }
    // 8/3 is a day, and £499.00 a price.
    if is_a_day(&lower) || lower.contains(['£', '$', '€', '¥', '元']) {
        return None;
    }
    // 12,350.00 and 177****8629 are other numbers.
    let may_be_sizes = (speaks_of_sizes(&lower) || lower.contains(['+', '/'])) && !lower.contains("**");
    match Sizes::of_cell(&lower, None, Device::Computer).filter(|_| may_be_sizes) {
        Some(sizes) if sizes.storage.is_some() => return Some(Field::Storage),
        Some(sizes) if sizes.memory.is_some() => return Some(Field::Ram),
        // 64GB is a storage more often than a memory.
        Some(_) if is_storage_of_a_phone(&lower) => return Some(Field::Storage),
        _ => {}
    }
    if is_of_people(&text) {
        return None;
    }
    let says = |clause: &&str| {
        matches!(
            read(clause)[..],
            [Clause::Sound | Clause::Fault(Some(_)) | Clause::Unnamed | Clause::Repair(_), ..]
        )
    };
    clauses(&text).iter().any(says).then_some(Field::FunctionStatus)
}

fn is_a_repair(text: &str) -> bool {
    clauses(text).iter().any(|clause| matches!(read(clause)[..], [Clause::Repair(_), ..]))
}

/// Whether a text is a brand with a name that has a number, and which is short or has sizes: 苹果15, 小米 14 pro.
fn is_a_brand_with_a_number(lower: &str) -> bool {
    leading_brand(lower).is_some_and(|(_, length)| {
        let rest = lower[length..].trim_start();
        // MS014 is a number of a register, and no Microsoft.
        let is_a_number = length <= 2 && lower.as_bytes().get(length).is_some_and(u8::is_ascii_digit);
        !is_a_number
            && rest.starts_with(|it: char| it.is_ascii_alphanumeric())
            && (rest.len() <= 24 || speaks_of_sizes(rest))
            && rest.bytes().any(|it| it.is_ascii_digit())
    })
}

/// Whether a text is a day and a month, or a month and a year: 8/3, 03/2022, 2022/3.
fn is_a_day(lower: &str) -> bool {
    let is_of = |number: &str, range: std::ops::RangeInclusive<u32>| {
        number.trim().parse::<u32>().is_ok_and(|number| range.contains(&number))
    };
    let (small, year) = (|it: &str| is_of(it, 1..=31), |it: &str| is_of(it, 1990..=2099));
    lower.split_once('/').is_some_and(|(first, second)| {
        small(first) && (small(second) || year(second)) || year(first) && small(second)
    })
}

/// Whether a text names people of a company: 维修部, 设备维修科.
fn is_of_people(text: &str) -> bool {
    const PEOPLE: [&str; 13] =
        ["部", "部门", "科", "组", "处", "班", "室", "员", "师", "中心", "车间", "队", "公司"];
    let mut work = PEOPLE.iter().filter_map(|end| text.strip_suffix(end));
    // 换过模组 and 裂痕两处 name none.
    work.any(|work| ["维修", "检修", "修理", "返修"].iter().any(|word| work.ends_with(word)))
}

/// Whether a text says only what a camera is sold with: 单机身, Kit (24-50).
fn is_a_kit(lower: &str) -> bool {
    lower.chars().count() <= 40 && kit(lower).is_some()
}

/// Whether a text is the name of one part or function of a device: 屏幕, Face ID.
pub fn names_one_part(text: &str) -> bool {
    read(text)[..] == [Clause::Bare] && names_a_part(text)
}

/// Whether a text is about one part or one fault, and not about whether anything is broken: 屏幕, Cracked; not 损坏.
pub fn is_of_one_thing(text: &str) -> bool {
    let said = read(text);
    let names_one = said.iter().any(|it| matches!(it, Clause::Fault(_) | Clause::Bare));
    names_one && (names_a_part(text) || tells_a_fault(text))
}

/// Whether a text says that something is broken, or may be: 屏幕碎, 指纹异常.
pub fn tells_a_fault(text: &str) -> bool {
    clauses(text).into_iter().any(|clause| match of_a_remark(clause) {
        Remark::Fault | Remark::Repair | Remark::Unclear => true,
        Remark::Works | Remark::OfAPart | Remark::Nothing => false,
    })
}

fn is_storage_of_a_phone(lower: &str) -> bool {
    Sizes::of_cell(lower, None, Device::Phone).is_some_and(|sizes| sizes.storage.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_tells_its_field() {
        for (text, field) in [
            ("笔记本电脑", Some(Field::DeviceType)),
            ("多媒体投影机", Some(Field::DeviceType)),
            ("Zhang-iPhone", Some(Field::Model)),
            ("HUAWEI", Some(Field::Brand)),
            ("95新", Some(Field::Condition)),
            ("Like New", Some(Field::Condition)),
            ("iPhone15Pro 256 国行 95新", Some(Field::Model)),
            ("Screen replaced", Some(Field::FunctionStatus)),
            ("iPhone13", Some(Field::Model)),
            ("苹果15", Some(Field::Model)),
            ("荣耀小区12栋", None),
            ("16G/512G SSD", Some(Field::Storage)),
            ("256GB", Some(Field::Storage)),
            ("64 GB", Some(Field::Storage)),
            ("Kit (24-50)", Some(Field::Storage)),
            ("body only, 1 battery, charger", Some(Field::Storage)),
            ("28-70套机", Some(Field::Storage)),
            ("16GB", Some(Field::Ram)),
            ("8/3", None),
            ("MS014", None),
            ("12,350.00", None),
            ("177****8629", None),
            ("12+256", Some(Field::Storage)),
            ("屏碎", Some(Field::FunctionStatus)),
            ("完好", Some(Field::FunctionStatus)),
            ("市场部", None),
            ("维修部", None),
            ("换过模组", Some(Field::FunctionStatus)),
            ("屏幕裂痕两处", Some(Field::FunctionStatus)),
            ("03/2022", None),
            ("GD-2026-001", None),
            ("2023-05-16", None),
            ("12", None),
            ("/", None),
        ] {
            assert_eq!(told_by(text), field, "{text}");
        }
    }
}
