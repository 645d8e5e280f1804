//! Cosmetic grades.

use crate::Score;
use crate::terms::{serde_by_word, terms};

terms! {
    /// The cosmetic grade (`condition`): how the device looks, not whether it works.
    ///
    /// A scrapped device (报废) has no grade: it is not quoted, so [`crate::QuoteForm::parse`]
    /// refuses it.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Grade {
        /// 全新: sealed or never used.
        New: "new", "全新", ["未拆封", "10成新"];
        /// 九五新: no mark at arm's length, nor close by in good light.
        LikeNew: "like_new", "九五新", ["95新", "95成新", "99新", "九九新"];
        /// 九成新: no mark at arm's length.
        Excellent: "excellent", "九成新", ["9成新", "90新", "9新"];
        /// 八成新: light scratches that can be seen, not felt.
        Good: "good", "八成新", ["8成新", "80新", "8新"];
        /// 七成新: scratches that can be felt, or small dents.
        Fair: "fair", "七成新", ["7成新", "70新", "7新"];
        /// 六成新: deep scratches, dents or worn paint.
        Worn: "worn", "六成新", ["6成新", "60新", "6新"];
        /// 五成新: bent, cracked back or missing parts.
        Poor: "poor", "五成新", ["5成新", "50新", "5新", "五成新以下"];
    }
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

    /// Whether `text` says that a device is scrapped. The partner quotes no such device.
    pub fn means_scrapped(text: &str) -> bool {
        matches!(text.trim(), "报废" | "报废机" | "scrap" | "scrapped")
    }
}
