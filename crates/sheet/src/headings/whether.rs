//! Headings that ask by yes and no whether a device works: All working?, 还能用吗, Needs repair?

use super::says::Yes;

/// English words of such a question, of which none says anything by itself.
const AROUND: &str = "is, it, its, are, does, do, has, have, the, this, device, unit, item, all, any, anything, everything, still, fully, \
    well, in, good, order, condition, for, use, reuse, functions, tested, test, tests, y, n, yn, yes, no, with, or, and, known, \
    to, be";
/// Words that ask whether it works.
const WORKS: &str = "work, works, working, functional, functioning, operational, usable, reusable, ok, okay, fine, pass, passed, fit";
/// Words that ask whether it is broken.
const BROKEN: &str = "broken, damaged, faulty, defective, wrong";
/// Words that ask for a repair to come.
const NEEDS: &str = "needs, need, requires, require, to, needed, required";
const REPAIR: &str = "repair, repairs, repaired, repairing, fixing, fixed, fix";

/// Chinese words of such a question, the longer first.
const AROUND_ZH: &str = "功能, 是否, 能否, 可否, 能不能, 可不可以, 可以, 是不是, 有没有, 有无, 有否, 有什么, 继续, 设备, 机器, 一切, 全部, \
    所有, 目前, 现在, 使用, 工作, 运行, 运转, 吗, 么, 呢, 否, 还, 仍, 能, 可, 有, 了, 没, 的, 在, 是, 都, 存在";
const WORKS_ZH: &str = "正常, 完好, 良好, 好用, 可用, 能用, 使用, 用, 工作";
const BROKEN_ZH: &str = "损坏, 故障, 问题, 毛病, 异常, 缺陷, 瑕疵, 坏";
const REPAIR_ZH: &str = "需要维修, 需维修, 要维修, 待维修, 需要修理, 需要修, 需修, 要修";

/// What a yes says below a heading that asks such a question, as it is written; `None` for another heading.
pub(super) fn asks_about_the_whole(heading: &str) -> Option<Yes> {
    let lower = heading.to_lowercase();
    if lower.is_ascii() { in_english(&lower) } else { in_chinese(&lower) }
}

fn in_english(lower: &str) -> Option<Yes> {
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_of = |word: &str, list: &str| list.split(", ").any(|it| it == word);
    let all = |lists: &[&str]| words.iter().all(|word| lists.iter().any(|list| is_of(word, list)));
    let any = |list: &str| words.iter().any(|word| is_of(word, list));
    match () {
        () if any(REPAIR) && any(NEEDS) && all(&[AROUND, NEEDS, REPAIR]) => Some(Yes::Broken),
        () if any(BROKEN) && all(&[AROUND, BROKEN]) => Some(Yes::Broken),
        () if any(WORKS) && all(&[AROUND, WORKS]) => Some(Yes::Works),
        () => None,
    }
}

fn in_chinese(lower: &str) -> Option<Yes> {
    let name: String = lower.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let asks = ["吗", "么", "否", "能不能", "可不可以", "是不是", "有没有", "有无", "没"]
        .iter()
        .any(|it| name.contains(it));
    let says = |list: &str| {
        let Some(word) = list.split(", ").find(|word| name.contains(*word)) else { return false };
        // 是否在使用 asks whether a person uses the device. It does not ask whether the device works.
        let of_its_use =
            matches!(word, "使用" | "用") && !["能", "可", "还"].iter().any(|it| name.contains(it));
        let rest = name.replace(word, "");
        let is_left = !AROUND_ZH.split(", ").fold(rest, |rest, word| rest.replace(word, "")).is_empty();
        !of_its_use && !is_left
    };
    match () {
        () if says(REPAIR_ZH) => Some(Yes::Broken),
        () if asks && says(BROKEN_ZH) => Some(Yes::Broken),
        () if asks && says(WORKS_ZH) => Some(Yes::Works),
        () if matches!(name.as_str(), "功能正常" | "功能完好" | "一切正常") => Some(Yes::Works),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_about_the_whole_device_is_answered_by_yes_and_no() {
        for (heading, says) in [
            ("All working?", Some(Yes::Works)),
            ("Does everything work?", Some(Yes::Works)),
            ("Fit for reuse?", Some(Yes::Works)),
            ("Tested OK", Some(Yes::Works)),
            ("Is it damaged?", Some(Yes::Broken)),
            ("Needs repair", Some(Yes::Broken)),
            ("To be repaired", Some(Yes::Broken)),
            ("还能用吗", Some(Yes::Works)),
            ("是否可继续使用", Some(Yes::Works)),
            ("功能正常否", Some(Yes::Works)),
            ("坏没坏", Some(Yes::Broken)),
            ("有问题吗", Some(Yes::Broken)),
            ("是否需要维修", Some(Yes::Broken)),
            ("Repaired?", None),
            ("Condition", None),
            ("In use", None),
            ("功能", None),
            ("使用情况", None),
            ("是否在用", None),
            ("是否使用", None),
            ("是否在使用", None),
            ("Cracked", None),
            ("是否维修", None),
            ("是否报废", None),
            ("屏幕是否完好", None),
        ] {
            assert_eq!(asks_about_the_whole(heading), says, "{heading}");
        }
    }
}
