//! The states of the widget, by name. The studio offers them, and [`samples`](crate::samples) draws them.

use crate::words::{Locale, td_string};

/// A state of the widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "`name` says what each is")]
pub enum State {
    Form,
    Review,
    Invalid,
    Loading,
    Slow,
    Quoted,
    Compared,
    Expiring,
    Expired,
    Renewed,
    Stale,
    Zero,
    Estimated,
    Accepted,
    Redeemed,
    Withdrawn,
    Ended,
    Refused,
    Unknown,
    NotAccepted,
    Quota,
    Limited,
    Down,
    Offline,
    Internal,
    Missing,
}

impl State {
    /// Every state, in the order in which a shopper may see them.
    pub const ALL: [Self; 26] = [
        Self::Form,
        Self::Review,
        Self::Invalid,
        Self::Loading,
        Self::Slow,
        Self::Quoted,
        Self::Compared,
        Self::Expiring,
        Self::Expired,
        Self::Renewed,
        Self::Stale,
        Self::Zero,
        Self::Estimated,
        Self::Accepted,
        Self::Redeemed,
        Self::Withdrawn,
        Self::Ended,
        Self::Refused,
        Self::Unknown,
        Self::NotAccepted,
        Self::Quota,
        Self::Limited,
        Self::Down,
        Self::Offline,
        Self::Internal,
        Self::Missing,
    ];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Review => "review",
            Self::Invalid => "invalid",
            Self::Loading => "loading",
            Self::Slow => "slow",
            Self::Quoted => "quoted",
            Self::Compared => "compared",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Renewed => "renewed",
            Self::Stale => "stale",
            Self::Zero => "zero",
            Self::Estimated => "estimated",
            Self::Accepted => "accepted",
            Self::Redeemed => "redeemed",
            Self::Withdrawn => "withdrawn",
            Self::Ended => "ended",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::NotAccepted => "not_accepted",
            Self::Quota => "quota",
            Self::Limited => "limited",
            Self::Down => "down",
            Self::Offline => "offline",
            Self::Internal => "internal",
            Self::Missing => "missing",
        }
    }

    /// The state of that name.
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Its name for people.
    pub fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Form => td_string!(locale, state.form),
            Self::Review => td_string!(locale, state.review),
            Self::Invalid => td_string!(locale, state.invalid),
            Self::Loading => td_string!(locale, state.loading),
            Self::Slow => td_string!(locale, state.slow),
            Self::Quoted => td_string!(locale, state.quoted),
            Self::Compared => td_string!(locale, state.compared),
            Self::Expiring => td_string!(locale, state.expiring),
            Self::Expired => td_string!(locale, state.expired),
            Self::Renewed => td_string!(locale, state.renewed),
            Self::Stale => td_string!(locale, state.stale),
            Self::Zero => td_string!(locale, state.zero),
            Self::Estimated => td_string!(locale, state.estimated),
            Self::Accepted => td_string!(locale, state.accepted),
            Self::Redeemed => td_string!(locale, state.redeemed),
            Self::Withdrawn => td_string!(locale, state.withdrawn),
            Self::Ended => td_string!(locale, state.ended),
            Self::Refused => td_string!(locale, state.refused),
            Self::Unknown => td_string!(locale, state.unknown),
            Self::NotAccepted => td_string!(locale, state.not_accepted),
            Self::Quota => td_string!(locale, state.quota),
            Self::Limited => td_string!(locale, state.limited),
            Self::Down => td_string!(locale, state.down),
            Self::Offline => td_string!(locale, state.offline),
            Self::Internal => td_string!(locale, state.internal),
            Self::Missing => td_string!(locale, state.missing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_name_to_be_found_by() {
        for state in State::ALL {
            assert_eq!(State::find(state.code()), Some(state));
        }
        assert_eq!(State::find("nothing"), None);
    }
}
