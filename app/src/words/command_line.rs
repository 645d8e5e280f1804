//! Texts that only the command line uses.

use domain::{Category, Failure, Field, Grade, Term};

use super::strings::{Locale, td_string};

/// The values that a field accepts, as they are typed; `None` for a field without a closed list.
pub fn choices(locale: Locale, field: Field) -> Option<String> {
    let choices = match field {
        Field::DeviceType => listed::<Category>(locale),
        Field::Condition => listed::<Grade>(locale),
        Field::Brand
        | Field::Model
        | Field::Storage
        | Field::Ram
        | Field::FunctionStatus
        | Field::RepairHistory
        | Field::PurchaseChannel
        | Field::Keyword => return None,
    };
    Some(td_string!(locale, problem.choices, choices = choices))
}

fn listed<T: Term>(locale: Locale) -> String {
    let choice = |term: &T| td_string!(locale, cli.choice, code = term.code(), word = term.word());
    T::ALL.iter().map(choice).collect::<Vec<_>>().join(td_string!(locale, language.comma))
}

/// A sentence with a note in brackets.
pub fn with_note(locale: Locale, sentence: &str, note: &str) -> String {
    td_string!(locale, cli.note, sentence = sentence, note = note)
}

/// What to do next at the command line, if it differs from the page's text; `None` if it does not.
pub fn next_at_command_line(locale: Locale, failure: &Failure) -> Option<&'static str> {
    match failure {
        Failure::ModelUnknown => Some(td_string!(locale, cli.search)),
        // A form keeps what was typed; a command line does not.
        Failure::PartnerUnavailable | Failure::Internal { .. } => Some(td_string!(locale, cli.again)),
        Failure::InvalidInput { .. }
        | Failure::NotAccepted { .. }
        | Failure::QuotaExhausted { .. }
        | Failure::RateLimited { .. }
        | Failure::PartnerRefused
        | Failure::Expired
        | Failure::NotFound
        | Failure::NotAllowed => None,
    }
}

/// The message that a search found nothing.
pub fn found_none(locale: Locale) -> &'static str {
    td_string!(locale, form.found_none)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_values_that_are_named_are_values_that_are_taken() {
        let kinds = choices(Locale::en, Field::DeviceType).unwrap();
        assert!(kinds.starts_with("choose one of: phone (手机), tablet (平板), "), "{kinds}");
        for kind in Category::ALL {
            assert!(kinds.contains(&format!("{} ({})", kind.code(), kind.word())), "{kinds}");
        }
        let grades = choices(Locale::zh_CN, Field::Condition).unwrap();
        let words = grades.split_once('：').unwrap().1.split('、');
        assert!(words.map(|word| Grade::find(word).unwrap()).eq(Grade::ALL.iter().copied()));
        assert_eq!(choices(Locale::en, Field::Storage), None);
    }

    #[test]
    fn a_note_stands_in_the_brackets_of_its_language() {
        assert_eq!(with_note(Locale::en, "wrong", "choose"), "wrong (choose)");
        assert_eq!(with_note(Locale::zh_CN, "不对", "可选"), "不对（可选）");
    }
}
