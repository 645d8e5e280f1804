//! What the operator reads about a price list that is not taken.

use jiff::civil::Date;

use super::strings::{Locale, td_string};

/// The list has so many mistakes.
pub fn has_mistakes(locale: Locale, count: usize) -> String {
    td_string!(locale, price_lists.has_mistakes, count = count.to_string())
}

/// A list in memory only holds from `day` on.
pub fn later_in_memory(locale: Locale, day: Date) -> String {
    td_string!(locale, price_lists.later_in_memory, day = day.to_string())
}

/// The former list holds from `day` on.
pub fn not_yet(locale: Locale, day: Date) -> String {
    td_string!(locale, price_lists.not_yet, day = day.to_string())
}

/// The form is about a list that is not there.
pub fn no_such(locale: Locale) -> &'static str {
    td_string!(locale, price_lists.no_such)
}
