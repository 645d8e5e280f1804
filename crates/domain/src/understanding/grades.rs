//! The cosmetic grade in a cell, beside other words.

use super::question::Why;
use super::spelling::is_blank;
use crate::{Grade, Term};

/// What a cell says about the grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Nothing,
    /// The grade, and the other words of the cell.
    Grade(Grade, Vec<String>),
    /// It cannot be told; and the other words of the cell.
    Unclear(Why, Vec<String>),
}

/// Words with which companies write their own grades, before or after the letter.
const OWN_GRADES: [&str; 12] =
    ["级", "级别", "等级", "等", "类", "品", "档", "grade", "class", "成色", "货", "型"];

/// Reads a cell of the grade's column.
pub(crate) fn read(text: &str) -> Said {
    if is_blank(text) {
        return Said::Nothing;
    }
    if let Some(grade) = Grade::find(text) {
        return Said::Grade(grade, Vec::new());
    }
    // 90 %, and Fair - battery swollen.
    let mut text = text.replace(" %", "%").replace("%新", "新").replace(" - ", ", ").replace(" – ", ", ");
    for joint in JOINTS {
        text = text.replace(joint, ", ");
    }
    if let Some(grade) = out_of_ten(&text) {
        return Said::Grade(grade, Vec::new());
    }
    let text = &text;
    let lower = text.to_lowercase();
    let of_looks = lower.strip_suffix(" condition").unwrap_or(text);
    if let Some(grade) = Grade::find(of_looks) {
        return Said::Grade(grade, Vec::new());
    }
    if is_own_grade(text) {
        return Said::Unclear(Why::OwnGrade, Vec::new());
    }
    if let Some(grade) = in_two_languages(text) {
        return Said::Grade(grade, Vec::new());
    }
    let mut own = false;
    let mut grades = Vec::new();
    let mut others = Vec::new();
    for piece in pieces(text) {
        match Grade::find(piece) {
            Some(grade) => grades.push(grade),
            None if is_own_grade(piece) => own = true,
            None => others.push(piece.to_owned()),
        }
    }
    grades.dedup();
    match grades[..] {
        _ if own => Said::Unclear(Why::OwnGrade, others),
        [grade] => Said::Grade(grade, others),
        [] if is_between(text) => Said::Unclear(Why::BetweenGrades, Vec::new()),
        _ => Said::Unclear(Why::NoGrade, others),
    }
}

/// The grade that a cell says in English and in Chinese: Like new 九五新.
fn in_two_languages(text: &str) -> Option<Grade> {
    // Like new 99新
    let halves = text.match_indices(' ').map(|(at, _)| (&text[..at], &text[at + 1..]));
    let halves = halves.filter(|(first, second)| first.is_ascii() != second.is_ascii());
    let mut both = halves.filter_map(|(first, second)| Grade::find(first).zip(Grade::find(second)));
    both.find(|(first, second)| first == second).map(|(grade, _)| grade)
}

/// English words between the grade and what is wrong: good but battery goes flat.
const JOINTS: [&str; 6] = [" but ", " apart from ", " except for ", " except ", " other than ", " with "];

/// The grade that so many of ten are: 9/10, 9.5 / 10.
fn out_of_ten(text: &str) -> Option<Grade> {
    let (number, ten) = text.split_once('/')?;
    let number: f64 = number.trim().parse().ok()?;
    (ten.trim() == "10" && number < 10.0).then(|| Grade::find(&format!("{}%", number * 10.0)))?
}

/// What is asked of a cell that cannot be told: the words of a company's own scale, or the whole cell where it has none.
pub(crate) fn asked(text: &str) -> String {
    let own: Vec<&str> = pieces(text).filter(|piece| is_own_grade(piece)).collect();
    if own.is_empty() || is_own_grade(text) { text.to_owned() } else { own.join("，") }
}

/// What a remark says of the grade, and the rest of it: `9成新 后盖碎`, `like new, no box`. Only words for nothing else
/// count.
pub(crate) fn among(text: &str) -> (Said, String) {
    parted(text, &IN_REMARKS)
}

/// As [`among`], of a model's name. Mint is a colour there, so only the numbers of the trade count, and words for what was
/// never opened: `苹果13 95新`, `iPhone 16, unopened`.
pub(crate) fn in_a_name(text: &str) -> (Said, String) {
    parted(text, &["unopened", "sealed", "brand new", "factory sealed", "new sealed", "bnib"])
}

/// The grade that a remark begins with, by itself or before what is wrong: `Good. Touch ID does not work`.
pub(crate) fn leading(text: &str) -> Said {
    let mut text = text.replace(". ", ", ");
    for joint in JOINTS {
        text = text.replace(joint, ", ");
    }
    let first = pieces(&text).next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let of_looks = first.strip_suffix(" condition").unwrap_or(&first);
    match Grade::find(of_looks).filter(|_| of_looks.bytes().all(|it| it.is_ascii_alphabetic() || it == b' '))
    {
        Some(grade) => Said::Grade(grade, Vec::new()),
        None => Said::Nothing,
    }
}

fn parted(text: &str, words: &[&str]) -> (Said, String) {
    let mut grades = Vec::new();
    let mut between = false;
    let mut rest = text.to_owned();
    for piece in pieces(text) {
        let lower = piece.to_lowercase();
        let of_looks = lower.strip_suffix(" condition").unwrap_or(&lower);
        let is_clear = piece.contains('新') || of_looks.len() < lower.len() || words.contains(&of_looks);
        let grade = is_clear.then(|| Grade::find(of_looks)).flatten();
        let number = piece.strip_suffix('新').filter(|number| !number.is_empty());
        let is_number = number.is_some_and(|number| number.chars().all(|it| NUMERALS.contains(it)));
        match grade {
            Some(grade) => grades.push(grade),
            None if is_number => between = true,
            None => continue,
        }
        rest = rest.replacen(piece, "", 1);
    }
    grades.dedup();
    let said = match grades[..] {
        _ if between => Said::Unclear(Why::BetweenGrades, Vec::new()),
        [] => Said::Nothing,
        [grade] => Said::Grade(grade, Vec::new()),
        _ => Said::Unclear(Why::NoGrade, Vec::new()),
    };
    (said, rest)
}

/// Words for a grade that mean nothing else in a remark. `Good` may be said of a part.
const IN_REMARKS: [&str; 12] = [
    "like new",
    "like-new",
    "as new",
    "brand new",
    "near mint",
    "mint",
    "未拆封",
    "未开封",
    "unopened",
    "sealed",
    "factory sealed",
    "not opened",
];
/// The letters of a number of the trade: 85新, 七八成新.
const NUMERALS: &str = "0123456789.零一二三四五六七八九十成";

/// The parts of a cell: what marks and spaces separate, where spaces stand beside Chinese words.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let marks = [',', '，', ';', '；', '、', '。', '/', '|', '(', ')', '[', ']', '【', '】', '\n'];
    text.split(marks)
        .flat_map(|part| {
            let chinese = !part.is_ascii();
            part.split(move |letter: char| chinese && letter == ' ')
        })
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// Whether a text is a letter or a number of a scale that each company has for itself: A, B+, A级, Grade B, 二级.
fn is_own_grade(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let mut rest = lower.as_str();
    for word in OWN_GRADES {
        rest = rest.trim_start_matches(word).trim_end_matches(word).trim_matches([' ', ':', '-']);
    }
    let letter = rest.trim_end_matches(['+', '-', '级']);
    let worded = rest.len() < lower.len();
    match letter {
        "a" | "b" | "c" | "d" | "e" | "s" | "aa" | "aaa" | "ab" | "a1" | "a2" | "b1" | "b2" | "ss" => true,
        "一" | "二" | "三" | "四" | "甲" | "乙" | "丙" | "优" | "1" | "2" | "3" | "4" | "5" => worded,
        _ => false,
    }
}

/// Whether a text has a number of the trade that lies between two grades: 85新, 七八成新, 75%.
fn is_between(text: &str) -> bool {
    const NUMERALS: &str = "一二三四五六七八九半";
    let has_number = text.contains(|it: char| it.is_ascii_digit() || NUMERALS.contains(it));
    has_number && text.ends_with(['新', '成', '%']) || text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_of_the_trade_are_read() {
        for (grade, texts) in [
            (
                Grade::LikeNew,
                &["95新", "99新", "98新", "充新", "Like New", "MINT", "95%", "九五成新", "0.95"][..],
            ),
            (Grade::Excellent, &["九成", "9成", "90%", "0.9", "9成新", "九成新", "Excellent"]),
            (Grade::Good, &["8成", "80%", "80", "Good", "八成新", "Good condition", "8/10", "8 / 10"]),
            (Grade::New, &["全新", "全新未拆", "Brand New"]),
        ] {
            for text in texts {
                assert_eq!(read(text), Said::Grade(grade, Vec::new()), "{text}");
            }
        }
        assert_eq!(read("9成新，轻微划痕"), Said::Grade(Grade::Excellent, vec!["轻微划痕".to_owned()]));
        assert_eq!(
            read("Fair - battery swollen"),
            Said::Grade(Grade::Fair, vec!["battery swollen".to_owned()])
        );
        assert_eq!(read("95新 屏碎"), Said::Grade(Grade::LikeNew, vec!["屏碎".to_owned()]));
    }

    #[test]
    fn a_remark_tells_the_grade_by_words_for_nothing_else() {
        let of = |text: &str| {
            let (said, rest) = among(text);
            (said, rest.trim_matches([' ', ',']).to_owned())
        };
        for (text, grade, rest) in [
            ("9成新 后盖碎", Grade::Excellent, "后盖碎"),
            ("九五新 无拆修", Grade::LikeNew, "无拆修"),
            ("like new, no box", Grade::LikeNew, "no box"),
            ("mint condition", Grade::LikeNew, ""),
        ] {
            assert_eq!(of(text), (Said::Grade(grade, Vec::new()), rest.to_owned()), "{text}");
        }
        assert_eq!(of("85新").0, Said::Unclear(Why::BetweenGrades, Vec::new()));
        for text in ["新电池", "good battery", "90%", "2022年购入", "全新电池"] {
            assert_eq!(of(text), (Said::Nothing, text.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_colour_in_a_models_name_is_no_grade() {
        assert_eq!(in_a_name("Galaxy S23 FE (Mint)").0, Said::Nothing);
        assert_eq!(in_a_name("苹果13 95新").0, Said::Grade(Grade::LikeNew, Vec::new()));
    }

    #[test]
    fn what_means_something_else_in_each_company_is_asked() {
        for text in
            ["A", "B+", "A级", "C", "Grade B", "A-", "S级", "二级", "a 级", "A grade", "A+级", "等级A"]
        {
            assert_eq!(read(text), Said::Unclear(Why::OwnGrade, Vec::new()), "{text}");
        }
        for text in ["85新", "75%", "85%", "七八成新", "97新"] {
            assert_eq!(read(text), Said::Unclear(Why::BetweenGrades, Vec::new()), "{text}");
        }
        for text in ["靓机", "很新", "Very Good", "有使用痕迹", "九成新/八成新"] {
            assert!(matches!(read(text), Said::Unclear(Why::NoGrade, _)), "{text}");
        }
    }
}
