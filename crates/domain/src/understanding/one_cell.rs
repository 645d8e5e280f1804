//! A cell that says all: what works and what was repaired beside the model, 苹果14Pro 256 95新 换过屏.

use super::accessories::begins_with_an_accessory;
use super::alarms::is_doubtful;
use super::not_quoted::is_model_not_quoted;
use super::written::Written;
use crate::words::{Clause, read, says_what_is_wrong};
use crate::{Field, Grade, Term};

/// What was written without the words for its state in the model's cell, and these words. `None` if it has none.
pub(super) fn without_its_state(written: &Written) -> (Option<Written>, Vec<String>) {
    let model = &written.form.model;
    if model.is_ascii() && !model.contains([',', ';']) && !model.contains(" - ") {
        return (None, Vec::new());
    }
    // iPhone 13 屏幕总成 is a part of one.
    if is_model_not_quoted(&model.to_ascii_lowercase()) {
        return (None, Vec::new());
    }
    // iPhone 14 Pro Max - locked
    // A lock beside the region that a device was sold in is one to a network.
    let model_text = model.replace(" - ", ", ").replace("版 有锁", "版有锁");
    let (name, state) = parted(&model_text);
    // A cell that is also that of the function is read as it is.
    if state.is_empty() || written.form.function_status == *model {
        return (None, Vec::new());
    }
    let mut apart = written.clone();
    for field in Field::OF_A_DEVICE {
        if let Some(text) = apart.form.text_mut(field).filter(|text| *text == model) {
            text.clone_from(&name);
        }
    }
    (Some(apart), state.into_iter().map(str::to_owned).collect())
}

/// The words of a name, and those for the state of the device. Words in English are too much like names, so they are
/// told apart by commas only.
fn parted(text: &str) -> (String, Vec<&str>) {
    if text.is_ascii() && !text.contains([',', ';']) {
        return (text.to_owned(), Vec::new());
    }
    let marks = |letter: char| matches!(letter, ',' | '，' | ';' | '；' | '、' | '。');
    let (mut name, mut state) = (String::with_capacity(text.len()), Vec::new());
    for (place, part) in text.split_inclusive(marks).enumerate() {
        let mark = part.chars().next_back().filter(|letter| marks(*letter));
        let words = part.trim_end_matches(marks);
        if place > 0 && is_of_its_state(words.trim()) {
            state.push(words.trim());
            continue;
        }
        for word in words.split_inclusive(' ') {
            // The first word is the name's.
            if !name.is_empty() && !word.is_ascii() && is_of_its_state(word.trim()) {
                state.push(word.trim());
            } else {
                name.push_str(word);
            }
        }
        name.extend(mark);
    }
    (name.trim_matches(|it| marks(it) || it == ' ').to_owned(), state)
}

/// Whether words say what comes with the device: 带充电器, 送电池一块.
fn is_beside_it(words: &str) -> bool {
    const WITH: [&str; 7] = ["带", "有", "送", "含", "配", "附", "连"];
    !words.is_ascii()
        && WITH.iter().any(|with| words.strip_prefix(with).is_some_and(begins_with_an_accessory))
}

/// Whether words say what works, what is broken or what was repaired, and are no part of a name.
fn is_of_its_state(words: &str) -> bool {
    if is_beside_it(words) {
        return true;
    }
    if words.is_empty() || Grade::find(words).is_some() {
        return false;
    }
    let lower = words.to_lowercase();
    let is_told = |clause: &Clause| match clause {
        Clause::Sound
        | Clause::Unnamed
        | Clause::NeverRepaired
        | Clause::Repair(_)
        | Clause::Fault(Some(_)) => true,
        Clause::Fault(None) => is_doubtful(&lower) || says_what_is_wrong(words),
        Clause::Unclear | Clause::Bare => false,
    };
    read(words).iter().any(is_told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_the_state_are_told_apart_from_the_name() {
        for (text, name, state) in [
            ("苹果14Pro 256 暗紫 国行 换过屏", "苹果14Pro 256 暗紫 国行", &["换过屏"][..]),
            ("iPhone 13 128 有锁 电池78%", "iPhone 13 128", &["有锁", "电池78%"]),
            ("小米13 12+256 无拆无修 功能正常", "小米13 12+256", &["无拆无修", "功能正常"]),
            ("vivo X200pro 蓝 全新未拆封", "vivo X200pro 蓝 全新未拆封", &[]),
            ("OPPO Reno12 Pro，正常，带充电器", "OPPO Reno12 Pro", &["正常", "带充电器"]),
            ("荣耀Magic6 Pro 16+512，后盖碎", "荣耀Magic6 Pro 16+512", &["后盖碎"]),
            ("iPhone 13 128GB, cracked screen", "iPhone 13 128GB", &["cracked screen"]),
            ("华为 Mate X5 (折叠)", "华为 Mate X5 (折叠)", &[]),
            ("小米平板 6 Pro", "小米平板 6 Pro", &[]),
            ("惠普 暗影精灵 9", "惠普 暗影精灵 9", &[]),
            ("Galaxy Tab Active 5", "Galaxy Tab Active 5", &[]),
            ("MacBook Air (M1, 2020)", "MacBook Air (M1, 2020)", &[]),
        ] {
            assert_eq!(parted(text), (name.to_owned(), state.to_vec()), "{text}");
        }
    }
}
