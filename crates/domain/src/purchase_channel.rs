//! The place of purchase: a word of a list or any other text, since shops use words of their own and the
//! partner takes any text.

use std::fmt;

use crate::terms::terms;
use crate::words::{Clause, is_crossed_out, read};
use crate::{PlainText, Problem, Term};

terms! {
    /// Where the device was bought (`purchase_channel`).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum ChannelKind {
        /// 官网
        Official: "official", "官网", ["官方", "直营店", "官方旗舰店"];
        /// 授权经销商
        Retailer: "retailer", "授权经销商", ["经销商", "实体店"];
        /// 电商平台
        Online: "online", "电商平台", ["电商", "网购", "京东", "天猫"];
        /// 运营商
        Carrier: "carrier", "运营商", ["合约机"];
        /// 海外购买
        Overseas: "overseas", "海外购买", ["海外", "港版"];
        /// 二手
        SecondHand: "second_hand", "二手", ["二手平台"];
    }
}

/// The place of purchase: a word of the list, or other text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PurchaseChannel {
    /// A word of the list.
    Listed(ChannelKind),
    /// Any other text, which is sent to the partner as it is.
    Other(PlainText),
}

impl PurchaseChannel {
    /// The places of purchase that a form offers, in order.
    pub fn listed() -> impl Iterator<Item = ChannelKind> {
        ChannelKind::ALL.iter().copied()
    }

    /// Reads a word, a code or free text; `None` for a text that gives no answer, such as `未知` (unknown).
    ///
    /// # Errors
    /// As [`PlainText::parse`].
    pub fn parse(text: &str) -> Result<Option<Self>, Problem> {
        if text.trim().is_empty() || is_crossed_out(text) || read(text) == [Clause::Unclear] {
            return Ok(None);
        }
        Ok(Some(match ChannelKind::find(text) {
            Some(kind) => Self::Listed(kind),
            None => match PlainText::parse(text) {
                Err(Problem::Missing) => return Ok(None),
                words => Self::Other(words?),
            },
        }))
    }

    /// The place as text, which is also what a provider is sent.
    pub fn word(&self) -> &str {
        match self {
            Self::Listed(kind) => kind.word(),
            Self::Other(text) => text.as_str(),
        }
    }
}

impl fmt::Display for PurchaseChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
