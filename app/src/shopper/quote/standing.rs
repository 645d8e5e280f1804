//! What has become of a price in a shopper's visit.

use domain::{Moment, Money};

use crate::words::{Locale, td_string};

/// What has become of a price in the shopper's visit, as the server knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Where the forms are posted to; empty for the page's own address.
    pub action: String,
    /// The identifier of the visit, for a browser that sent none in a cookie; otherwise `None`.
    pub visit: Option<String>,
    /// What has become of it.
    pub standing: Standing,
}

/// What has become of a price in a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may be accepted.
    Open,
    /// It cannot be accepted, for a reason that is given, or else that the page of the quote states anyway.
    Closed(Option<String>),
    /// It cannot be accepted, because a part of it is an estimate.
    Estimated,
    /// It is accepted.
    Accepted(Taken),
    /// An order has used it.
    Redeemed(Taken, String),
    /// The shopper withdrew it. It may be accepted again.
    Withdrawn,
    /// It was accepted, and has ended.
    Ended(Taken),
    /// It was not accepted, because the page that was sent had another amount. It may be accepted.
    AmountChanged,
    /// Something failed, as these words say. It may be tried again.
    Failed(String),
}

/// An accepted price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The code for people, in groups of characters with a hyphen between them.
    pub code: String,
    /// Price and top-up together.
    pub amount: Money,
    /// Until when the shop holds it.
    pub until: Moment,
}

impl Standing {
    /// Its name in the page, for the script and the style sheet.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Open | Self::Withdrawn | Self::AmountChanged | Self::Failed(_) => "open",
            Self::Closed(_) | Self::Estimated => "closed",
            Self::Accepted(_) => "accepted",
            Self::Redeemed(..) => "redeemed",
            Self::Ended(_) => "ended",
        }
    }

    /// It in a sentence, for a reader who pressed a button; empty if there is nothing to say. `credit` is what
    /// the price and the top-up are now.
    pub fn explain(&self, locale: Locale, credit: Money) -> String {
        match self {
            Self::Open => String::new(),
            Self::Closed(why) => why.clone().unwrap_or_else(|| td_string!(locale, credit.closed).to_owned()),
            Self::Estimated => td_string!(locale, credit.estimated).to_owned(),
            Self::Accepted(taken) => td_string!(locale, credit.accepted, amount = taken.amount.to_string()),
            Self::Redeemed(taken, _) => {
                td_string!(locale, credit.redeemed, amount = taken.amount.to_string())
            }
            Self::Withdrawn => td_string!(locale, credit.withdrawn).to_owned(),
            Self::Ended(taken) => td_string!(locale, credit.ended_hint, amount = taken.amount.to_string()),
            Self::AmountChanged => td_string!(locale, credit.changed, amount = credit.to_string()),
            Self::Failed(why) => why.clone(),
        }
    }
}
