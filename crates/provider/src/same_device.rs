//! Checks that an answer is for the requested device: decision 22 of the partner's protocol.
//!
//! The model's name, the storage and the grade are read on both sides and compared by their meaning. What is
//! missing in the answer, or cannot be read, is no contradiction.

mod brand;
mod model_name;
mod storage;

use domain::{Grade, QuoteRequest, Term, half_width};

use self::brand::is_known_brand;
use self::model_name::same_model;
use self::storage::{Sizes, is_size};
use crate::BadAnswer;

/// The device in an answer; `None` for what it does not say.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// The model's name.
    pub model: Option<&'a str>,
    /// The storage, perhaps with the memory.
    pub storage: Option<&'a str>,
    /// The grade, in any words.
    pub condition: Option<&'a str>,
}

/// Compares the device in the answer with the requested one.
///
/// # Errors
/// The first difference. Memory that is named beside the storage counts as part of the storage.
pub fn same_device(request: &QuoteRequest, answer: Named<'_>) -> Result<(), BadAnswer> {
    if answer.model.is_some_and(|model| !same_model(request, model)) {
        return Err(BadAnswer::AnotherModel);
    }
    if answer.storage.is_some_and(|storage| !same_storage(request, storage)) {
        return Err(BadAnswer::AnotherStorage);
    }
    if answer.condition.and_then(grade).is_some_and(|grade| grade != request.grade()) {
        return Err(BadAnswer::AnotherGrade);
    }
    Ok(())
}

/// Whether public pages may show the model's name in an answer to this request. These pages also show brand
/// and sizes, so the brand must be a known one and the sizes must be sizes: other text there may be anything
/// that a person typed. `storage` is the answer's.
pub fn may_be_public(request: &QuoteRequest, storage: Option<&str>) -> bool {
    let sizes = storage.is_some() || is_size(request.storage());
    is_known_brand(request.brand()) && sizes && request.ram().is_none_or(is_size)
}

fn same_storage(request: &QuoteRequest, answered: &str) -> bool {
    let (asked, answered) = (Sizes::of(request.storage()).with_memory(request.ram()), Sizes::of(answered));
    asked.fits(&answered)
}

/// The grade in a text, with words around it as in 七成新（有划痕）; `None` if the text names no known grade, such as
/// 靓机.
fn grade(text: &str) -> Option<Grade> {
    let text = half_width(text);
    if let Some(grade) = Grade::find(&text) {
        return Some(grade);
    }
    if let Some(hundredths) = hundredths(&text) {
        return Some(match hundredths {
            100.. => Grade::New,
            95.. => Grade::LikeNew,
            90.. => Grade::Excellent,
            80.. => Grade::Good,
            70.. => Grade::Fair,
            60.. => Grade::Worn,
            _ => Grade::Poor,
        });
    }
    // 几乎全新 and 非全新 are not 全新.
    let whole = |word: &str| {
        text.split_once(word).is_some_and(|(front, _)| !front.ends_with(['乎', '非', '近', '准', '不']))
    };
    (whole("全新") || whole("未拆封")).then_some(Grade::New)
}

/// How new a device is according to a text, in hundredths: 70 for 七成新, 95 for 九五新 and 9.5成新.
fn hundredths(text: &str) -> Option<u32> {
    text.match_indices('新').find_map(|(at, _)| number_before(&text[..at]))
}

/// The number at the end of a text, before an optional 成.
fn number_before(text: &str) -> Option<u32> {
    const HAN: [char; 11] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let front = text.trim_end();
    let front = front.strip_suffix('成').unwrap_or(front).trim_end();
    let is_numeral = |letter: char| letter.is_ascii_digit() || letter == '.' || HAN.contains(&letter);
    let number = &front[front.trim_end_matches(is_numeral).len()..];
    let mut digits = String::new();
    for letter in number.chars().filter(|letter| *letter != '.') {
        match HAN.iter().position(|it| *it == letter) {
            Some(value) => digits.push_str(&value.to_string()),
            None => digits.push(letter),
        }
    }
    match (digits.len(), digits.parse::<u32>().ok()?) {
        (_, 10 | 100) => Some(100),
        (1, tenths) => Some(tenths * 10),
        (2, hundredths) => Some(hundredths),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::QuoteForm;

    use super::*;

    fn request(storage: &str, ram: &str) -> QuoteRequest {
        let form = QuoteForm {
            device_type: "手机".into(),
            brand: "苹果".into(),
            model: "iPhone 14 Pro".into(),
            storage: storage.into(),
            ram: ram.into(),
            condition: "九成新".into(),
            function_status: "正常".into(),
            ..QuoteForm::default()
        };
        form.parse().unwrap()
    }

    #[test]
    fn storage_is_compared_by_size() {
        let same = |asked, answered| same_storage(&request(asked, ""), answered);
        for answered in ["256GB", "256G", "256 gb", "256", "12GB+256GB", "12+256", "256GB SSD"] {
            assert!(same("256GB", answered), "{answered}");
        }
        for asked in ["8+256GB", "12GB+256GB", "256GB SSD"] {
            assert!(same(asked, "256GB"), "{asked}");
        }
        assert!(same("1TB", "1024GB") && same("1T", "1 TB") && same("机身", "单机身"));
        for answered in ["128GB", "512G", "12GB＋512GB", "1TB", "128GB版", "512GB、12GB"] {
            assert!(!same("256GB", answered), "{answered}");
        }
        assert!(!same("机身", "256GB"));
        assert!(!same_storage(&request("256GB", "12GB"), "8GB+256GB"), "other memory");
    }

    #[test]
    fn a_grade_is_compared_where_it_can_be_read() {
        let request = request("256GB", "");
        let check = |condition| same_device(&request, Named { model: None, storage: None, condition });
        for same in ["9成新", "９成新", "九成新（有划痕）", "九成新左右", "约九成新", "90新"]
        {
            assert_eq!(check(Some(same)), Ok(()), "{same}");
        }
        for other in [
            "七成新",
            "７成新",
            "七成新（有划痕）",
            "七成新左右",
            "九五新",
            "9.5成新",
            "99新",
            "全新",
            "全新未拆封",
            "新机 七成新",
            "8新",
        ] {
            assert_eq!(check(Some(other)), Err(BadAnswer::AnotherGrade), "{other}");
        }
        for unknown in ["靓机", "准新", "几乎全新", "新", "S级"] {
            assert_eq!(check(Some(unknown)), Ok(()), "{unknown}");
        }
        assert_eq!(check(None), Ok(()));
    }

    #[test]
    fn each_grade_begins_at_its_number() {
        for (text, expected) in [
            ("10成新", Grade::New),
            ("十成新", Grade::New),
            ("100新", Grade::New),
            ("未拆封", Grade::New),
            ("国行未拆封", Grade::New),
            ("99新", Grade::LikeNew),
            ("95新", Grade::LikeNew),
            ("94新", Grade::Excellent),
            ("89新", Grade::Good),
            ("80新", Grade::Good),
            ("79新", Grade::Fair),
            ("69新", Grade::Worn),
            ("60新", Grade::Worn),
            ("59新", Grade::Poor),
        ] {
            assert_eq!(grade(text), Some(expected), "{text}");
        }
    }
}
