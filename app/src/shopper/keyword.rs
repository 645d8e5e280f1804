//! Decides which keywords are searched for. Each search may cost a call, and a single letter, which matches
//! half the catalogue, is not worth one.

/// The least number of letters in a keyword.
const LETTERS: usize = 2;

/// Whether a keyword is long enough to search for: two letters or digits, or one Han character. An empty
/// keyword asks for popular models and is not searched for.
pub fn is_searchable(keyword: &str) -> bool {
    // Not `char::is_alphanumeric`, whose tables the browser would have to load.
    let letters = keyword.chars().filter(|c| c.is_ascii_alphanumeric() || (!c.is_ascii() && !is_blank(*c)));
    letters.count() >= LETTERS || keyword.chars().any(is_han)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Han characters: the unified ideographs with extension A, the compatibility ideographs, and
/// the planes of further extensions.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Refuses a keyword that is neither empty nor long enough. Personal data in it does not count, because it is
/// removed before the partner is asked.
///
/// # Errors
/// [`domain::Failure::InvalidInput`], which names [`domain::Field::Keyword`].
#[cfg(feature = "ssr")]
pub fn check(keyword: &str) -> Result<(), domain::Failure> {
    use domain::{Failure, Field, FieldError, Problem};
    if keyword.trim().is_empty() || is_searchable(&domain::redacted(keyword).replace('…', " ")) {
        return Ok(());
    }
    let short = FieldError { field: Field::Keyword, problem: Problem::Missing };
    Err(Failure::InvalidInput { fields: vec![short] })
}

#[cfg(test)]
mod tests {
    use super::is_searchable;

    #[test]
    fn two_letters_or_one_han_character_are_searched_for() {
        for keyword in ["ip", "x1", " 14 ", "米", "华为", "é1", "ｉｐ", "i-p"] {
            assert!(is_searchable(keyword), "{keyword}");
        }
        for keyword in ["", " ", "i", "1", "é", "-", "--", " i ", "i\u{3000}", "！"] {
            assert!(!is_searchable(keyword), "{keyword:?}");
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn what_is_personal_is_not_searched_for() {
        for keyword in ["", "iphone", "华为 13800138000"] {
            assert!(super::check(keyword).is_ok(), "{keyword}");
        }
        for keyword in ["13800138000", "i 138 0013 8000", "zhang@example.com", "…"] {
            assert!(super::check(keyword).is_err(), "{keyword}");
        }
    }
}
