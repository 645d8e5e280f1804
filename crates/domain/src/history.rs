//! Repairs and where the device was bought: lists with an open end, since the partner
//! takes any text and shops use words of their own.

use std::fmt;

use crate::{PlainText, Problem, Term};

/// Repairs the device went through (`repair_history`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RepairKind {
    /// 无维修
    None,
    /// 更换屏幕
    Screen,
    /// 更换电池
    Battery,
    /// 主板维修
    Mainboard,
    /// 更换后盖或外壳
    Housing,
}

impl Term for RepairKind {
    const ALL: &'static [Self] = &[Self::None, Self::Battery, Self::Screen, Self::Housing, Self::Mainboard];

    fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Screen => "screen",
            Self::Battery => "battery",
            Self::Mainboard => "mainboard",
            Self::Housing => "housing",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::None => "无维修",
            Self::Screen => "更换屏幕",
            Self::Battery => "更换电池",
            Self::Mainboard => "主板维修",
            Self::Housing => "更换外壳",
        }
    }

    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::None => &["无", "未维修", "没修过"],
            Self::Screen => &["换屏", "换过屏"],
            Self::Battery => &["换电池", "换过电池"],
            Self::Mainboard => &["修过主板"],
            Self::Housing => &["换壳", "换后盖"],
        }
    }
}

/// Where the device was bought (`purchase_channel`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChannelKind {
    /// 官网
    Official,
    /// 授权经销商
    Retailer,
    /// 电商平台
    Online,
    /// 运营商
    Carrier,
    /// 海外购买
    Overseas,
    /// 二手
    SecondHand,
}

impl Term for ChannelKind {
    const ALL: &'static [Self] =
        &[Self::Official, Self::Retailer, Self::Online, Self::Carrier, Self::Overseas, Self::SecondHand];

    fn code(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Retailer => "retailer",
            Self::Online => "online",
            Self::Carrier => "carrier",
            Self::Overseas => "overseas",
            Self::SecondHand => "second_hand",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Official => "官网",
            Self::Retailer => "授权经销商",
            Self::Online => "电商平台",
            Self::Carrier => "运营商",
            Self::Overseas => "海外购买",
            Self::SecondHand => "二手",
        }
    }

    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Official => &["官方", "直营店", "官方旗舰店"],
            Self::Retailer => &["经销商", "实体店"],
            Self::Online => &["电商", "网购", "京东", "天猫"],
            Self::Carrier => &["合约机"],
            Self::Overseas => &["海外", "港版"],
            Self::SecondHand => &["二手平台"],
        }
    }
}

/// A word of the list, or text of the shop's own.
macro_rules! open_list {
    ($(#[$doc:meta])* $name:ident of $kind:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            /// A word of the list.
            Listed($kind),
            /// Any other text, sent to the partner as it is.
            Other(PlainText),
        }

        impl $name {
            /// The words people are shown, in order.
            pub fn listed() -> impl Iterator<Item = $kind> {
                $kind::ALL.iter().copied()
            }

            /// Reads a word, a code or free text.
            ///
            /// # Errors
            /// What [`PlainText::parse`] refuses.
            pub fn parse(text: &str) -> Result<Self, Problem> {
                match $kind::find(text) {
                    Some(kind) => Ok(Self::Listed(kind)),
                    None => PlainText::parse(text).map(Self::Other),
                }
            }

            /// The text the partner is sent.
            pub fn word(&self) -> &str {
                match self {
                    Self::Listed(kind) => kind.word(),
                    Self::Other(text) => text.as_str(),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}

open_list! {
    /// Repairs, as a word of the list or text of the shop's own.
    RepairHistory of RepairKind
}

open_list! {
    /// The place of purchase, as a word of the list or text of the shop's own.
    PurchaseChannel of ChannelKind
}
