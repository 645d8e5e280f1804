/// Why an answer cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum BadAnswer {
    /// Not JSON, or not UTF-8.
    #[error("it is not JSON in UTF-8")]
    NotJson,
    /// JSON, but not in the agreed shape.
    #[error("it lacks code or data")]
    WrongShape,
    /// Without a readable final price.
    #[error("it has no legible final price")]
    NoPrice,
    /// Longer than 1 MiB.
    #[error("it is longer than 1 MiB")]
    TooLong,
    /// Compressed, though the request asked for no compression.
    #[error("it is compressed, which was not asked for")]
    Compressed,
    /// A redirect. It is not followed, since it would send a signed call to another address.
    #[error("it is a redirect, and those are not followed")]
    Redirect,
    /// A price for a different model than the one in the request (decision 22 of the partner's protocol).
    #[error("it is for another model than was asked")]
    AnotherModel,
    /// A price for a different storage than the one in the request.
    #[error("it is for another storage than was asked")]
    AnotherStorage,
    /// A price for a different grade than the one in the request.
    #[error("it is for another grade than was asked")]
    AnotherGrade,
    /// A final price far above the base price (decision 23 of the partner's protocol).
    #[error("its final price lies far above the price of an undamaged device")]
    AboveBase,
    /// A price in another currency than the yuan.
    #[error("its price is not in yuan")]
    WrongCurrency,
}

impl BadAnswer {
    /// Its name in the audit, in logs and in metrics, as [`crate::Refusal::name`].
    pub fn name(self) -> &'static str {
        match self {
            Self::NotJson
            | Self::WrongShape
            | Self::NoPrice
            | Self::TooLong
            | Self::Compressed
            | Self::Redirect => "bad_answer",
            Self::AnotherModel | Self::AnotherStorage | Self::AnotherGrade => "another_device",
            Self::AboveBase => "above_base",
            Self::WrongCurrency => "wrong_currency",
        }
    }

    /// Whether the answer is bad only for this device. Otherwise the sender of the answer does not follow the
    /// protocol, and would not for other devices.
    pub fn is_of_the_device(self) -> bool {
        match self {
            Self::NoPrice
            | Self::AnotherModel
            | Self::AnotherStorage
            | Self::AnotherGrade
            | Self::AboveBase
            | Self::WrongCurrency => true,
            Self::NotJson | Self::WrongShape | Self::TooLong | Self::Compressed | Self::Redirect => false,
        }
    }
}
