//! What the cells of a column say together with its heading: yes and no, one part, one fault.

use domain::tidied;
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
const WORKS: &str = "working, fullyworking, functional, works, isworking, isfunctional, doesitwork, workingyn, workingorder, operational";
/// Headings that ask whether it was repaired.
const REPAIRED: &str = "是否维修, 是否拆修, 有无维修, 有无拆修, 是否拆机, 维修过, 拆修, repaired, repairedbefore, everrepaired, \
    repairs, repair, previousrepairs, partsreplaced";

/// Words of headings that ask for faults, and for nothing that works.
const FAULTS: &str = "坏, 故障, 问题, 缺陷, 异常, 毛病, 瑕疵, 损坏, 不良, 报修, fault, issue, defect, damage, problem, wrong, symptom, broken, trouble";

/// Whether a heading asks by yes and no whether a device works: 功能是否完好.
pub(super) fn asks_whether_it_works(heading: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    has(&["是否", "能否", "可否"]) && has(&["正常", "完好", "能用", "可用", "工作"])
}

/// Whether a heading is of repairs that are not made yet: 需更换部件, Parts to be replaced, 有无维修价值.
pub(super) fn is_of_repairs_to_come(heading: &str) -> bool {
    ["需", "待", "可", "建议", "应", "价值", "tobe", "to be", "need", "required"]
        .iter()
        .any(|word| heading.contains(word))
}

/// Whether a heading asks by yes and no whether a device was repaired: 曾否维修.
fn asks_whether_it_was_repaired(heading: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    !is_of_repairs_to_come(heading)
        && has(&["是否", "曾", "有无", "有否", "没有", "过没", "过吗", "过么"])
        && has(&["维修", "修过", "拆修", "拆机", "换过", "更换"])
}

/// Whether a heading asks which parts are new: 更换过的部件, Parts changed to date.
pub(super) fn asks_for_new_parts(heading: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    !is_of_repairs_to_come(heading)
        && has(&["更换", "换过", "换了", "replaced", "changed", "fitted"])
        && has(&["部件", "配件", "零件", "组件", "元件", "parts", "components"])
}

/// Whether a heading has a word for faults.
pub(super) fn speaks_of_faults(heading: &str) -> bool {
    FAULTS.split(", ").any(|word| heading.contains(word))
        || heading.contains("repair")
        || heading.contains("维修")
}

/// Whether a heading asks for faults, and for nothing that works.
fn asks_what_is_broken(heading: &str) -> bool {
    // Anything not working?
    if heading.matches("working").count() > 1 {
        return false;
    }
    if ["notworking", "doesntwork", "doesnotwork", "不好用", "不正常", "不能用"]
        .iter()
        .any(|it| heading.contains(it))
    {
        return true;
    }
    // 功能异常 asks for nothing that works, and 功能 does.
    if matches!(heading, "功能异常" | "功能故障" | "功能问题" | "功能缺陷" | "功能不良" | "功能毛病")
    {
        return true;
    }
    let asks_for_more = ["功能", "检测", "function", "working", "test", "repair", "维修"];
    FAULTS.split(", ").any(|word| heading.contains(word))
        && !asks_for_more.iter().any(|word| heading.contains(word))
}

/// Whether a heading is a question, and no name such as Issue date or 故障单号: 有没有坏的地方, Anything broken on it?
pub(super) fn is_a_question(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    ["有没有", "有无", "是否", "哪", "什么", "啥", "吗", "地方", "之处"]
        .iter()
        .any(|word| lower.contains(word))
        || lower
            .split(|letter: char| !letter.is_alphanumeric())
            .any(|word| matches!(word, "any" | "anything" | "what" | "whats" | "does" | "is" | "are"))
}

/// Whether a heading asks for faults and for repairs, each by itself: 问题/维修, Faults & repairs.
fn asks_for_faults_and_repairs(heading: &str) -> bool {
    const REPAIRS: [&str; 7] = ["维修", "拆修", "修理", "维修史", "repair", "repairs", "repaired"];
    let lower = heading.to_lowercase().replace(" and ", "/");
    let parts = || lower.split(['/', '、', '&', '+', '及', '和', '与']).map(str::trim);
    parts().any(asks_what_is_broken)
        && parts().all(|part| asks_what_is_broken(part) || REPAIRS.contains(&part))
}

/// Whether a heading asks for faults only, so that an empty cell below it names none: 故障说明, Known issues. Below
/// 是否有故障, an empty cell is no answer.
///
/// `heading` is the heading as it is written, and `plain` as the tables have it.
pub(super) fn asks_for_faults(plain: &str, heading: &str) -> bool {
    asks_what_is_broken(plain) && !plain.contains("是否") || asks_for_faults_and_repairs(&tidied(heading))
}

/// Whether a heading says what becomes of a device, such as 报废, or what comes with it: 处置方式, 附件. It says nothing of what
/// works.
pub(super) fn is_of_its_end(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    ["处置方式", "处理方式", "方式", "method", "disposal route", "附件", "配件", "accessor", "included"]
        .iter()
        .any(|word| lower.contains(word))
}

/// Whether a heading speaks of the state before a repair: Fault when booked in, 送修时故障.
pub(super) fn is_of_the_past(heading: &str) -> bool {
    const PAST: [&str; 12] = [
        "came in with",
        "brought in with",
        "booked in",
        "arrival",
        "before repair",
        "on intake",
        "reported by",
        "送修",
        "进店时",
        "修前",
        "接机时",
        "报修",
    ];
    let lower = heading.to_lowercase();
    PAST.iter().any(|word| lower.contains(word))
}

/// Whether a heading speaks of what a customer reported: Fault reported, 客户描述故障.
pub(super) fn is_of_a_report(heading: &str) -> bool {
    const REPORTS: [&str; 6] =
        ["reported", "complaint", "customer says", "customer said", "描述故障", "自述"];
    let lower = heading.to_lowercase();
    // 客户说, 顾客描述
    if ["客户", "顾客", "用户", "客人", "机主"].iter().any(|who| {
        lower.strip_prefix(who).is_some_and(|rest| {
            ["说", "描述", "反映", "反馈", "口述", "讲", "陈述", "诉求"].iter().any(|it| rest.starts_with(it))
        })
    }) {
        return true;
    }
    is_of_the_past(&lower) || REPORTS.iter().any(|word| lower.contains(word))
}

/// Whether a heading speaks of what came of a repair: State now, 处理结果. 当前状态 of a register is another thing.
pub(super) fn is_of_now(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    // Wipe result, 数据清除结果
    let of_data = ["wipe", "data", "erasure", "audit", "数据", "清除", "擦除", "盘点", "报价", "回收"];
    if of_data.iter().any(|word| lower.contains(word)) {
        return false;
    }
    let is_word =
        |word: &str| matches!(word, "now" | "after" | "final" | "outcome" | "result" | "resolution");
    ["修后", "处理后", "结果", "处理情况", "现在"].iter().any(|word| lower.contains(word))
        || lower.split(|letter: char| !letter.is_alphanumeric()).any(is_word)
}

impl Yes {
    /// What a yes says below a heading, as [`plain`](super::names::plain) writes it.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let has = |list: &str| list.split(", ").any(|name| name == heading);
        match () {
            () if has(WORKS) || asks_whether_it_works(heading) => Some(Self::Works),
            () if has(REPAIRED) || asks_whether_it_was_repaired(heading) => Some(Self::Repaired),
            () if asks_what_is_broken(heading) => Some(Self::Broken),
            () => None,
        }
    }
}

/// The text of a cell in words, if it begins with yes or no: below "Working?", `No - cracked screen` is a cracked screen.
pub(super) fn with_yes_and_no(yes: Yes, text: &str) -> String {
    const ANSWERS: [(&str, bool); 14] = [
        ("yep", true),
        ("yeah", true),
        ("nope", false),
        ("nah", false),
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
    // 能 answers whether it works, and 有 whether there is a fault or a repair.
    const ABLE: [(&str, bool); 6] =
        [("能", true), ("可以", true), ("可", true), ("不能", false), ("不可以", false), ("不行", false)];
    const THERE: [(&str, bool); 1] = [("有", true)];
    let more: &[_] = if yes == Yes::Works { &ABLE } else { &THERE };
    let lower = text.to_lowercase();
    let marks = [' ', '-', '–', ',', ';', ':', '(', '.', '，', '；', '：', '（'];
    let answer = ANSWERS.iter().chain(more).find_map(|(word, answer)| {
        let rest = lower.strip_prefix(word)?;
        let ends = rest.is_empty()
            || rest.trim_start().starts_with(&marks[1..])
            || rest.trim_start().starts_with("but ");
        ends.then(|| {
            (
                *answer,
                text.get(word.len()..)
                    .unwrap_or_default()
                    .trim_matches(marks)
                    .trim_start_matches("but ")
                    .trim_end_matches([')', '）']),
            )
        })
    });
    // 没有 (换过电池), none - battery replaced: below a heading that asks for faults.
    let none = || {
        let word = ["没有", "无", "none", "nil"].into_iter().find(|word| lower.starts_with(word))?;
        let rest = text.get(word.len()..).unwrap_or_default();
        let ends = yes == Yes::Broken && rest.trim_start().starts_with(&marks[1..]);
        ends.then(|| (false, rest.trim_matches(marks).trim_end_matches([')', '）'])))
    };
    let Some((answer, rest)) = answer.or_else(none) else { return text.to_owned() };
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

/// Whether a cell is yes or no, and nothing else.
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    let lower = cell.trim().to_lowercase();
    match lower.as_str() {
        "yes" | "y" | "true" | "是" | "有" | "能" | "可" | "可以" | "√" | "✓" | "✔" => Some(true),
        "no" | "n" | "false" | "否" | "无" | "没有" | "不能" | "不可以" | "不可" | "×" | "✗" | "✘" => {
            Some(false)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_reported_and_what_is_now_are_told_apart() {
        for heading in ["客户说", "Customer says", "Fault reported", "客户描述故障", "Complaint", "报修故障"]
        {
            assert!(is_of_a_report(heading) && !is_of_now(heading), "{heading}");
        }
        for heading in ["State now", "修后情况", "处理结果"] {
            assert!(is_of_now(heading) && !is_of_a_report(heading), "{heading}");
        }
        assert!(!is_of_now("Known faults") && !is_of_now("当前状态"));
        assert!(!is_of_now("Wipe result") && !is_of_now("数据擦除结果"));
    }

    #[test]
    fn yes_and_no_are_read_by_their_heading() {
        for (heading, cell, says) in [
            ("working", "Yes", "works"),
            ("working", "N", "not working"),
            ("working", "No - cracked screen", "cracked screen"),
            ("working", "Yes (battery weak)", "works, battery weak"),
            ("working", "Yes but battery weak", "works, battery weak"),
            ("是否正常", "否，屏碎", "屏碎"),
            ("有无故障", "否", "正常"),
            ("faults", "No", "works"),
            ("faults", "Yes: won't charge", "won't charge"),
            ("faults", "No issues", "No issues"),
            ("faults", "none - battery replaced", "works, battery replaced"),
            ("故障", "没有（换过电池）", "正常, 换过电池"),
            ("故障", "无法开机", "无法开机"),
            ("故障", "不行", "不行"),
            ("有无故障", "有", "有故障"),
            ("是否正常", "不能", "有故障"),
            ("faults", "noisy fan", "noisy fan"),
            ("是否维修", "否", "没修过"),
            ("repaired", "Yes", "Yes"),
        ] {
            assert_eq!(with_yes_and_no(Yes::of(heading).unwrap(), cell), says, "{heading}: {cell}");
        }
        let asks = |heading: &str| asks_for_faults(&heading.replace(['/', ' ', '&'], ""), heading);
        assert!(asks("问题/维修") && asks("Faults & repairs"));
        assert!(!asks("维修/功能") && !asks("检测问题/维修"));
        assert!(asks("功能异常") && !asks("功能"));
        assert_eq!(Yes::of("anythingnotworking"), Some(Yes::Broken));
        assert_eq!(Yes::of("workingnotworking"), None);
        assert!(is_a_question("有没有坏的地方") && is_a_question("Is there anything broken on it?"));
        assert!(!is_a_question("Issue date") && !is_a_question("故障单号"));
        assert!(!asks_for_new_parts("需更换部件") && !asks_for_new_parts("partstobereplaced"));
        assert_eq!((Yes::of("是否可维修"), Yes::of("有无维修价值")), (None, None));
        assert_eq!((Yes::of("曾否维修"), Yes::of("功能")), (Some(Yes::Repaired), None));
        assert_eq!((Yes::of("功能是否完好"), Yes::of("是否在保")), (Some(Yes::Works), None));
    }
}
