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
        New: "new", "全新", ["未拆封", "10成新", "十成新", "未开封", "全新未开封", "unopened", "not opened", "factory sealed", "brand new factory sealed", "全新未拆", "全新未拆封", "全新机", "brand new", "sealed", "new in box", "new sealed", "nib", "bnib", "nib sealed", "bnib sealed", "sealed in box",
            "brand new sealed"];
        /// 九五新: no mark at arm's length, nor close by in good light.
        LikeNew: "like_new", "九五新", [
            "95新", "95成新", "9.5成新", "九五成新", "九成五新", "九五", "95成", "9.5成", "九五成", "95", "9.5新",
            "99新", "九九新", "99成新", "99成", "99", "98新", "98成新", "98", "九八新", "充新", "95%", "99%", "98%",
            "0.95", "0.98", "0.99", "like new", "like-new", "likenew", "as new", "mint", "near mint", "mint condition",
        ];
        /// 九成新: no mark at arm's length.
        Excellent: "excellent", "九成新", ["9成新", "90新", "9新", "90成新", "9成", "九成", "九新", "90%", "0.9", "0.90", "90"];
        /// 八成新: light scratches that can be seen, not felt.
        Good: "good", "八成新", ["8成新", "80新", "8新", "80成新", "8成", "八成", "八新", "80%", "0.8", "0.80", "80"];
        /// 七成新: scratches that can be felt, or small dents.
        Fair: "fair", "七成新", ["7成新", "70新", "7新", "70成新", "7成", "七成", "七新", "70%", "0.7", "0.70", "70"];
        /// 六成新: deep scratches, dents or worn paint.
        Worn: "worn", "六成新", ["6成新", "60新", "6新", "60成新", "6成", "六成", "六新", "60%", "0.6", "0.60"];
        /// 五成新: bent, cracked back or missing parts.
        Poor: "poor", "五成新", ["5成新", "50新", "5新", "50成新", "5成", "五成", "五新", "50%", "0.5", "0.50", "五成新以下"];
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
