//! The content of the page of price lists.

use domain::Moment;
use jiff::civil::Date;

use crate::words::{Locale, td_string};

/// The page's address.
pub(super) const PATH: &str = "/ops/prices";

/// The content of the page.
#[derive(Clone, Debug, Default)]
pub struct PricesPage {
    /// The lists, one for each buyer that has one.
    pub lists: Vec<ListShown>,
    /// The buyer whose list a button was pressed for, and what came of it.
    pub said: Option<(String, Said)>,
}

/// A buyer's list.
#[derive(Clone, Debug, Default)]
pub struct ListShown {
    /// The buyer's name.
    pub provider: String,
    /// The file in the settings; `None` for a list in memory only.
    pub path: Option<String>,
    /// The list in use.
    pub current: Option<Counted>,
    /// A list whose day has not come.
    pub waiting: Option<Counted>,
    /// The list before the one in use.
    pub former: Option<Counted>,
    /// What the person who wrote the list in use may not have meant.
    pub warnings: Vec<String>,
    /// Devices, and their prices with the steps to them.
    pub examples: Vec<(String, String)>,
    /// The last list that was refused.
    pub refused: Option<RefusedShown>,
    /// Why the last press of a button did nothing.
    pub problem: Option<String>,
    /// Says which lists the buttons are about.
    pub mark: String,
    /// How files that can be uploaded end, as in `.xlsx,.csv`.
    pub endings: String,
}

/// A list, in numbers.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The file's name.
    pub file: String,
    /// When it was taken.
    pub since: Moment,
    /// From which day on it holds.
    pub from: Option<Date>,
    /// How many models it has.
    pub models: usize,
    /// How many devices it has.
    pub devices: usize,
    /// How many prices of sound devices it has.
    pub prices: usize,
}

impl Counted {
    /// How many there are of each, in a line.
    pub(super) fn told(&self, locale: Locale) -> String {
        td_string!(
            locale,
            price_lists.counts,
            models = self.models.to_string(),
            devices = self.devices.to_string(),
            prices = self.prices.to_string()
        )
    }
}

/// A list that was refused.
#[derive(Clone, Debug)]
pub struct RefusedShown {
    /// The file's name.
    pub file: String,
    /// When it was refused.
    pub at: Moment,
    /// Why.
    pub why: String,
    /// The first mistakes.
    pub mistakes: Vec<WrongCell>,
    /// How many mistakes there are.
    pub count: usize,
}

/// A mistake.
#[derive(Clone, Debug)]
pub struct WrongCell {
    /// The sheet's name; empty in a text such as CSV.
    pub sheet: String,
    /// The cell, such as `C5`.
    pub cell: String,
    /// What is wrong, and how to correct it.
    pub what: String,
}

/// Makes the enum and its codes from one list.
macro_rules! said {
    ($($variant:ident = $code:literal,)+) => {
        /// What came of a press of a button.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Said {
            $(#[doc = $code] $variant,)+
        }

        impl Said {
            /// Its code, in the page's address.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            /// The one with that code.
            pub fn of(code: &str) -> Option<Self> {
                [$(Self::$variant),+].into_iter().find(|said| said.code() == code)
            }
        }
    };
}

said! {
    InUse = "in_use",
    Same = "same",
    Waits = "waits",
    Back = "back",
    Withdrawn = "withdrawn",
    Nothing = "nothing",
}

impl Said {
    pub(super) fn told(self, locale: Locale) -> &'static str {
        match self {
            Self::InUse => td_string!(locale, price_lists.said_in_use),
            Self::Same => td_string!(locale, price_lists.said_same),
            Self::Waits => td_string!(locale, price_lists.said_waits),
            Self::Back => td_string!(locale, price_lists.said_back),
            Self::Withdrawn => td_string!(locale, price_lists.said_withdrawn),
            Self::Nothing => td_string!(locale, price_lists.said_nothing),
        }
    }
}
