use crate::terms::serde_by_word;
use crate::{Score, Term};

/// The cosmetic grade (`condition`): how the device looks, not whether it works.
///
/// A scrapped device (报废) is no grade: it is not quoted, so [`crate::QuoteForm::parse`]
/// turns it away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// 全新: sealed or never used.
    New,
    /// 九五新: no mark at arm's length, nor close by in good light.
    LikeNew,
    /// 九成新: no mark at arm's length.
    Excellent,
    /// 八成新: light scratches that can be seen, not felt.
    Good,
    /// 七成新: scratches that can be felt, or small dents.
    Fair,
    /// 六成新: deep scratches, dents or worn paint.
    Worn,
    /// 五成新: bent, cracked back or missing parts.
    Poor,
}

serde_by_word!(Grade);

impl Grade {
    /// The score of the grade alone, between 5.0 and 10.0.
    pub fn score(self) -> Score {
        Score::from_tenths(match self {
            Self::New => 100,
            Self::LikeNew => 95,
            Self::Excellent => 90,
            Self::Good => 80,
            Self::Fair => 70,
            Self::Worn => 60,
            Self::Poor => 50,
        })
    }

    /// Whether `text` calls a device scrapped, which no partner quotes.
    pub fn means_scrapped(text: &str) -> bool {
        matches!(text.trim(), "报废" | "报废机" | "scrap" | "scrapped")
    }
}

impl Term for Grade {
    const ALL: &'static [Self] =
        &[Self::New, Self::LikeNew, Self::Excellent, Self::Good, Self::Fair, Self::Worn, Self::Poor];

    fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::LikeNew => "like_new",
            Self::Excellent => "excellent",
            Self::Good => "good",
            Self::Fair => "fair",
            Self::Worn => "worn",
            Self::Poor => "poor",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::New => "全新",
            Self::LikeNew => "九五新",
            Self::Excellent => "九成新",
            Self::Good => "八成新",
            Self::Fair => "七成新",
            Self::Worn => "六成新",
            Self::Poor => "五成新",
        }
    }

    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::New => &["未拆封", "10成新"],
            Self::LikeNew => &["95新", "95成新", "99新", "九九新"],
            Self::Excellent => &["9成新", "90新", "9新"],
            Self::Good => &["8成新", "80新", "8新"],
            Self::Fair => &["7成新", "70新", "7新"],
            Self::Worn => &["6成新", "60新", "6新"],
            Self::Poor => &["5成新", "50新", "5新", "五成新以下"],
        }
    }
}
