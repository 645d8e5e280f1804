//! What the operator reads after pressing a button about offers.

use super::strings::{Locale, td_string};

/// An offer was released.
pub fn released(locale: Locale) -> &'static str {
    td_string!(locale, offers.released_now)
}

/// An offer was not released, because of `why`.
pub fn not_released(locale: Locale, why: String) -> String {
    td_string!(locale, offers.not_released, why = why)
}

/// An event is sent again, to that many endpoints.
pub fn replayed(locale: Locale, count: u64) -> String {
    td_string!(locale, offers.replayed, count = count.to_string())
}

/// An endpoint was switched on.
pub fn switched_on(locale: Locale) -> &'static str {
    td_string!(locale, offers.switched_on)
}

/// The records did not take a change.
pub fn not_done(locale: Locale) -> &'static str {
    td_string!(locale, offers.not_done)
}
