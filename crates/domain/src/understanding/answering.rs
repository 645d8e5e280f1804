//! What a question may be answered with, and reads an answer.

use super::brands::Brand;
use super::function_cell::unclear_parts;
use super::grades::{self, Said};
use super::kinds::{self, Kind};
use super::kits::kit;
use super::naming::brand_of_cell;
use super::question::{Answered, Question};
use super::size::{Device, Of};
use super::size_words::speaks_of_sizes;
use super::sizes::Sizes;
use super::spelling::{is_blank, tidied};
use crate::{
    Category, FaultKind, Field, FunctionStatus, Grade, PlainText, PurchaseChannel, RepairHistory, StorageIs,
    Term,
};

/// Storage that devices are sold with, for a choice.
const STORAGES: [&str; 8] = ["16GB", "32GB", "64GB", "128GB", "256GB", "512GB", "1TB", "2TB"];
/// Memory that devices are sold with, for a choice.
const MEMORIES: [&str; 9] = ["4GB", "6GB", "8GB", "12GB", "16GB", "24GB", "32GB", "48GB", "64GB"];
/// What cameras are sold with, for a choice.
const KITS: [&str; 3] = ["机身", "套机", "单机"];

/// What a question may be answered with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Words to choose from, in the trade's words.
    pub words: Vec<String>,
    /// Whether another text may be an answer too, such as two faults at once. [`read_answer`] says which.
    pub is_open: bool,
}

/// What a question about a device of that kind may be answered with. The kind is `None` where it is not known.
pub fn choice(field: Field, category: Option<Category>) -> Choice {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let is_kit = category.is_some_and(|it| it.features().storage == StorageIs::Kit);
    let faults = || category.map_or(FaultKind::ALL, |it| it.features().faults).iter().map(|it| it.word());
    let (words, is_open) = match field {
        Field::DeviceType => (Category::ALL.iter().map(|it| it.word().to_owned()).collect(), false),
        Field::Condition => (Grade::ALL.iter().map(|it| it.word().to_owned()).collect(), false),
        Field::Brand => (Brand::ALL.iter().map(|it| it.word().to_owned()).collect(), true),
        Field::Storage if is_kit => (words(&KITS), true),
        Field::Storage => (words(&STORAGES), true),
        Field::Ram => (words(&MEMORIES), true),
        Field::FunctionStatus => {
            ([FunctionStatus::NORMAL].into_iter().chain(faults()).map(str::to_owned).collect(), true)
        }
        Field::Model | Field::RepairHistory | Field::PurchaseChannel | Field::Keyword => (Vec::new(), true),
    };
    Choice { words, is_open }
}

/// Reads an answer to a question. A size may answer for storage and memory at once, such as `512GB/16GB`. `None` for a
/// text that does not answer the question.
pub fn read_answer(question: &Question, category: Option<Category>, text: &str) -> Option<Vec<Answered>> {
    let text = tidied(text);
    if is_blank(&text) && question.field != Field::RepairHistory {
        return None;
    }
    let of = |field: Field, answer: String| Answered { field, text: question.text.clone(), answer };
    let plain = || PlainText::parse(&text).is_ok();
    let answer = match question.field {
        Field::DeviceType => match kinds::read(&text) {
            Kind::Is(category) => category.word().to_owned(),
            Kind::Nothing | Kind::Unknown | Kind::NotQuoted => return None,
        },
        Field::Condition => match grades::read(&text) {
            Said::Grade(grade, others) if others.is_empty() => grade.word().to_owned(),
            Said::Nothing | Said::Grade(..) | Said::Unclear(..) => return None,
        },
        Field::Brand if plain() => brand_of_cell(&text).map_or(text, |(brand, _)| brand.word().to_owned()),
        Field::Storage | Field::Ram => return sizes(question, category, &text),
        Field::FunctionStatus => {
            let known = unclear_parts(&text).is_empty();
            let status = FunctionStatus::parse(&text, std::iter::empty()).ok().filter(|_| known)?;
            if status.is_normal() { FunctionStatus::NORMAL.to_owned() } else { text }
        }
        Field::RepairHistory if RepairHistory::parse(&text).is_ok() => text,
        Field::PurchaseChannel if PurchaseChannel::parse(&text).is_ok() => text,
        Field::Model if plain() => text,
        Field::Brand | Field::Model | Field::RepairHistory | Field::PurchaseChannel | Field::Keyword => {
            return None;
        }
    };
    Some(vec![of(question.field, answer)])
}

/// An answer about sizes: one, or storage and memory.
fn sizes(question: &Question, category: Option<Category>, text: &str) -> Option<Vec<Answered>> {
    let of = |field: Field, answer: String| Answered { field, text: question.text.clone(), answer };
    let lower = text.to_lowercase();
    if question.field == Field::Storage && category.is_some_and(|it| it.features().storage == StorageIs::Kit)
    {
        let said = kit(&lower).map(str::to_owned);
        let said = said.or_else(|| {
            (!speaks_of_sizes(&lower) && PlainText::parse(text).is_ok()).then(|| text.to_owned())
        });
        return Some(vec![of(Field::Storage, said?)]);
    }
    let own = if question.field == Field::Storage { Of::Storage } else { Of::Memory };
    let read = Sizes::of_cell(&lower, Some(own), Device::Computer).filter(|it| !it.unclear)?;
    let storage =
        read.storage.filter(|size| !size.is_no_storage()).map(|size| of(Field::Storage, size.word()));
    let memory = read.memory.filter(|size| !size.is_no_memory()).map(|size| of(Field::Ram, size.word()));
    let answered: Vec<Answered> = [storage, memory].into_iter().flatten().collect();
    answered.iter().any(|it| it.field == question.field).then_some(answered)
}

#[cfg(test)]
mod tests {
    use super::super::{Written, understand};
    use super::*;
    use crate::QuoteForm;
    use crate::understanding::Why;

    fn read(field: Field, text: &str) -> Option<Vec<String>> {
        let question = Question { field, why: Why::Missing, text: String::new() };
        let answered = read_answer(&question, Some(Category::Laptop), text)?;
        Some(answered.into_iter().map(|it| it.answer).collect())
    }

    #[test]
    fn each_word_of_a_choice_is_an_answer() {
        for category in [None, Some(Category::Phone), Some(Category::Laptop), Some(Category::Camera)] {
            for field in Field::OF_A_DEVICE {
                let question = Question { field, why: Why::Missing, text: "?".into() };
                for word in choice(field, category).words {
                    let answered = read_answer(&question, category, &word);
                    let answer = Answered { field, text: "?".into(), answer: word.clone() };
                    assert_eq!(answered, Some(vec![answer]), "{word}");
                }
            }
        }
    }

    #[test]
    fn what_does_not_answer_is_no_answer() {
        for (field, text, answers) in [
            (Field::Condition, "95新", Some(&["九五新"][..])),
            (Field::Condition, "Like New", Some(&["九五新"])),
            (Field::Condition, "A", None),
            (Field::Condition, "九成新 屏碎", None),
            (Field::Storage, "512", Some(&["512GB"])),
            (Field::Storage, "16+512", Some(&["512GB", "16GB"])),
            (Field::Storage, "1T/16G", Some(&["1TB", "16GB"])),
            (Field::Storage, "big", None),
            (Field::Ram, "16 GB", Some(&["16GB"])),
            (Field::DeviceType, "notebook", Some(&["笔记本"])),
            (Field::DeviceType, "打印机", None),
            (Field::Brand, "APPLE", Some(&["苹果"])),
            (Field::Brand, "Fairphone", Some(&["Fairphone"])),
            (Field::FunctionStatus, "fully working", Some(&["正常"])),
            (Field::FunctionStatus, "屏碎、电池老化", Some(&["屏碎、电池老化"])),
            (Field::FunctionStatus, "市场部", None),
            (Field::FunctionStatus, "", None),
        ] {
            let answers = answers.map(|all| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>());
            assert_eq!(read(field, text), answers, "{text}");
        }
    }

    #[test]
    fn an_answer_counts_over_what_the_row_says() {
        let form = QuoteForm {
            device_type: "平板".into(),
            brand: "华为".into(),
            model: "iPhone 13 128G 256G 黑色".into(),
            condition: "A级 屏碎".into(),
            function_status: "市场部、电池不行".into(),
            ..QuoteForm::default()
        };
        let mut written = Written { form, notes: "机身发烫，换过电池".into(), ..Written::default() };
        for _ in 0..9 {
            let understood = understand(&written);
            let questions = understood.all_questions(&understood.request());
            let Some(question) = questions.first() else { break };
            let answer = match (question.field, question.text.as_str()) {
                (Field::DeviceType, "平板") => "手机",
                (Field::Brand, "华为") => "苹果",
                (Field::Storage, "") => "256",
                (Field::Condition, "A级") => "九成新",
                (Field::FunctionStatus, "市场部") => "正常",
                (Field::FunctionStatus, "机身发烫") => "按键故障",
                other => panic!("{other:?}"),
            };
            written.answers.extend(read_answer(question, Some(Category::Phone), answer).unwrap());
        }
        let request = understand(&written).request().unwrap();
        assert_eq!(
            (request.category(), request.brand(), request.model()),
            (Category::Phone, "苹果", "iPhone 13")
        );
        assert_eq!((request.storage(), request.grade()), ("256GB", Grade::Excellent));
        let faults: Vec<_> =
            request.function_status().faults().iter().filter_map(crate::Fault::kind).collect();
        assert_eq!(faults, [FaultKind::OuterGlass, FaultKind::Battery, FaultKind::Buttons]);
    }

    #[test]
    fn what_is_not_said_is_answered_too() {
        let form = QuoteForm { model: "iPhone 13 128G".into(), ..QuoteForm::default() };
        let mut written = Written { form, ..Written::default() };
        let answers = [(Field::Condition, "九成新"), (Field::FunctionStatus, "正常")];
        for (field, answer) in answers {
            let understood = understand(&written);
            let question = understood.all_questions(&understood.request()).into_iter().next().unwrap();
            assert_eq!((question.field, question.why, question.text.as_str()), (field, Why::Missing, ""));
            written.answers.extend(read_answer(&question, None, answer).unwrap());
        }
        assert!(understand(&written).request().unwrap().function_status().is_normal());
    }
}
