//! The questions of a device list, in words, and the answers to choose from.

use domain::{
    Category, ChannelKind, FaultKind, Field, FieldError, FunctionStatus, Grade, NoDevice, RepairKind,
    StorageIs, Term, Why,
};
use sheet::ListQuestion;

use super::strings::{Locale, td_string};
use super::{devices, fields, language, models};

/// How many words are named where others are answers too.
const NAMED: usize = 3;

/// A question, as a sentence.
pub fn question(locale: Locale, question: &ListQuestion) -> String {
    let (text, about) = (question.text.clone(), in_the_readers_language(locale, &question.about));
    let is_written = !text.is_empty();
    match (question.field, question.why) {
        (Field::Condition, Why::OwnGrade) => td_string!(locale, question.own_grade, text = text),
        (Field::Condition, Why::BetweenGrades) => td_string!(locale, question.between, text = text),
        (Field::Condition, _) if is_written => td_string!(locale, question.no_grade, text = text),
        (Field::Condition, _) => td_string!(locale, question.grade_missing).to_owned(),
        (Field::DeviceType, _) if is_written => td_string!(locale, question.kind, about = about, text = text),
        (Field::DeviceType, _) => td_string!(locale, question.kind_missing, about = about),
        (Field::Brand, _) if is_written => td_string!(locale, question.brand, about = about, text = text),
        (Field::Brand, _) => td_string!(locale, question.brand_missing, about = about),
        (Field::Model, Why::Model) => td_string!(locale, question.model_several, text = text),
        (Field::Model, Why::UnknownModel) => td_string!(locale, question.model_unlisted, text = text),
        (Field::Model, _) if is_written => td_string!(locale, question.model, text = text),
        (Field::Model, _) => td_string!(locale, question.model_missing).to_owned(),
        (Field::Storage, _) if question.with_memory => td_string!(locale, question.sizes, about = about),
        (Field::Storage, _) if is_kit(question) => td_string!(locale, question.kit, about = about),
        (Field::Storage, _) => td_string!(locale, question.storage, about = about),
        (Field::Ram, _) => td_string!(locale, question.ram, about = about),
        (Field::FunctionStatus, _) if is_written => td_string!(locale, question.function, text = text),
        (Field::FunctionStatus, _) => td_string!(locale, question.function_missing).to_owned(),
        (field @ (Field::RepairHistory | Field::PurchaseChannel | Field::Keyword), why) => {
            let name = fields::column(locale, field);
            match why {
                Why::Invalid(problem) => {
                    let problem = fields::problem(locale, FieldError { field, problem });
                    td_string!(locale, question.other, field = name, text = text, problem = problem)
                }
                _ => td_string!(locale, question.other_missing, field = name),
            }
        }
    }
}

/// A device that is asked about, with its brand in the reader's language: Apple iPad.
fn in_the_readers_language(locale: Locale, device: &str) -> String {
    match device.split_once(' ') {
        Some((brand, model)) => format!("{} {model}", models::brand(locale, brand)),
        None => device.to_owned(),
    }
}

/// What may answer a question, as a sentence.
pub fn allowed(locale: Locale, question: &ListQuestion) -> String {
    let leave = td_string!(locale, question.leave_out);
    let comma = td_string!(locale, language.comma);
    let words = |most: usize| {
        let words = question.options.iter().take(most).map(|word| choice(locale, question.field, word));
        words.collect::<Vec<_>>().join(comma)
    };
    match question.field {
        _ if !question.is_open => {
            td_string!(locale, question.one_of, words = words(usize::MAX), leave = leave)
        }
        Field::FunctionStatus => {
            td_string!(
                locale,
                question.function_allowed,
                works = td_string!(locale, question.works),
                leave = leave
            )
        }
        Field::Storage | Field::Ram if !is_kit(question) => {
            let example = match (question.with_memory, question.field) {
                (true, _) => "512GB/16GB",
                (false, Field::Ram) => "16GB",
                (false, _) => "256GB",
            };
            td_string!(locale, question.size_allowed, example = example, leave = leave)
        }
        Field::Model if !question.options.is_empty() => {
            td_string!(locale, question.model_allowed, words = words(usize::MAX), leave = leave)
        }
        _ if question.options.is_empty() => td_string!(locale, question.free_allowed, leave = leave),
        _ => td_string!(locale, question.text_allowed, words = words(NAMED), leave = leave),
    }
}

fn is_kit(question: &ListQuestion) -> bool {
    question.category.is_some_and(|category| category.features().storage == StorageIs::Kit)
}

/// A word to choose, in the reader's language. A text that is no word of the trade stays as it is.
pub fn choice(locale: Locale, field: Field, word: &str) -> String {
    let known = match field {
        _ if sheet::leaves_out(word) => Some(td_string!(locale, question.leave_out)),
        Field::DeviceType => Category::find(word).map(|it| devices::category(locale, it)),
        Field::Condition => Grade::find(word).map(|it| devices::grade(locale, it)),
        Field::FunctionStatus if word == FunctionStatus::NORMAL => Some(td_string!(locale, question.works)),
        Field::FunctionStatus => exactly::<FaultKind>(word).map(|it| devices::fault(locale, it)),
        Field::Brand => Some(models::brand(locale, word)),
        Field::Storage => devices::kit(locale, word),
        Field::RepairHistory => exactly::<RepairKind>(word).map(|it| devices::repair(locale, it)),
        Field::PurchaseChannel => exactly::<ChannelKind>(word).map(|it| devices::channel(locale, it)),
        Field::Model | Field::Ram | Field::Keyword => None,
    };
    known.unwrap_or(word).to_owned()
}

/// The value whose word this is; other spellings stay as they were written.
fn exactly<T: Term>(word: &str) -> Option<T> {
    T::ALL.iter().copied().find(|it| it.word() == word)
}

/// The trade's word for an answer that was chosen in any of the languages. Another text stays as it is.
pub fn trade_word(answer: &str) -> String {
    let answer = answer.trim();
    word_of(answer).unwrap_or(answer).to_owned()
}

/// The trade's word that has this text in any of the languages.
fn word_of(answer: &str) -> Option<&'static str> {
    language::all().iter().find_map(|locale| word_in(*locale, answer))
}

/// The trade's word that has this text in a language.
pub(super) fn word_in(locale: Locale, text: &str) -> Option<&'static str> {
    /// The word of the closed list whose value has that name.
    fn named<T: Term>(is_it: impl Fn(T) -> bool) -> Option<&'static str> {
        T::ALL.iter().find(|it| is_it(**it)).map(|it| it.word())
    }
    let same = |name: &str| name.to_lowercase() == text.to_lowercase();
    let works = same(td_string!(locale, question.works)).then_some(FunctionStatus::NORMAL);
    works
        .or_else(|| named(|fault| same(devices::fault(locale, fault))))
        .or_else(|| named(|grade| same(devices::grade(locale, grade))))
        .or_else(|| named(|category| same(devices::category(locale, category))))
        .or_else(|| named(|repair| same(devices::repair(locale, repair))))
        .or_else(|| named(|channel| same(devices::channel(locale, channel))))
        .or_else(|| devices::KITS.into_iter().find(|kit| devices::kit(locale, kit).is_some_and(same)))
}

/// The names that the column of answers has, in all languages.
pub fn answer_headings() -> Vec<String> {
    language::all().iter().map(|locale| td_string!(*locale, report.answer).to_owned()).collect()
}

/// The answer that rows are not to be quoted.
pub fn leave_out(locale: Locale) -> &'static str {
    td_string!(locale, question.leave_out)
}

/// Why a line is not quoted.
pub fn no_device(locale: Locale, why: NoDevice) -> &'static str {
    match why {
        NoDevice::OtherKind => td_string!(locale, question.other_kind),
        NoDevice::Total => td_string!(locale, question.total),
        NoDevice::Signature => td_string!(locale, question.signature),
        NoDevice::Headings => td_string!(locale, question.headings),
        NoDevice::Remark => td_string!(locale, question.remark),
        NoDevice::Unwanted => td_string!(locale, question.unwanted),
    }
}

#[cfg(test)]
mod tests {
    use domain::{Question, choice as choices, read_answer};

    use super::*;

    #[test]
    fn each_word_to_choose_is_read_back_in_each_language() {
        for locale in language::all().iter().copied() {
            for category in Category::ALL.iter().copied() {
                for field in Field::OF_A_DEVICE {
                    let question = Question { field, why: Why::Missing, text: String::new() };
                    for word in choices(field, Some(category)).words {
                        let shown = choice(locale, field, &word);
                        let read = read_answer(&question, Some(category), &trade_word(&shown));
                        assert_eq!(read.unwrap()[0].answer, word, "{shown}");
                    }
                }
            }
            assert!(sheet::leaves_out(td_string!(locale, question.leave_out)));
        }
    }

    #[test]
    fn a_device_is_named_in_the_readers_language() {
        assert_eq!(in_the_readers_language(Locale::en, "苹果 iPad"), "Apple iPad");
        assert_eq!(in_the_readers_language(Locale::zh_CN, "苹果 iPad"), "苹果 iPad");
        assert_eq!(in_the_readers_language(Locale::en, "iPad"), "iPad");
    }

    #[test]
    fn the_examples_of_faults_are_answers() {
        let question = Question { field: Field::FunctionStatus, why: Why::Missing, text: String::new() };
        for example in ["屏碎、电池老化", "cracked screen, battery swollen"] {
            assert!(read_answer(&question, None, example).is_some(), "{example}");
        }
    }
}
