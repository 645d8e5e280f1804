//! What is checked.

/// What is checked, in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// `GET {url}` describes the service.
    Description,
    /// `/search` finds models.
    Search,
    /// A keyword finds what fits, and only that.
    Keywords,
    /// `/quote` answers in the agreed shape.
    Quote,
    /// The answer is for the device that was asked about.
    SameDevice,
    /// Amounts are integers of fen in CNY, and the price is not over 1.5 times the base.
    Money,
    /// Base and steps add up to the price.
    Sums,
    /// The price is valid for a time, in RFC 3339.
    Validity,
    /// Faults lower the price, or the device is refused as `not_accepted`.
    Faults,
    /// So do grades that are worse.
    Grades,
    /// `/quotes` answers for each device, in order.
    Many,
    /// A call without a signature is refused.
    Unsigned,
    /// A call with a wrong signature is refused.
    WrongSignature,
    /// A call whose body was changed after it was signed is refused.
    ChangedBody,
    /// A call that was signed ten minutes ago is refused.
    OldCall,
    /// A call that will be signed in ten minutes is refused.
    FutureCall,
    /// A call with two signatures, of which one is right, is answered: so a secret can be changed.
    TwoSignatures,
    /// A model that is not in the catalogue is refused as `model_unknown`.
    UnknownModel,
    /// Bodies that are not what the contract says are refused, and not with a server error.
    Malformed,
    /// How long answers take.
    Speed,
}

impl Check {
    /// All, in the order of the report.
    pub const ALL: [Self; 20] = [
        Self::Description,
        Self::Search,
        Self::Keywords,
        Self::Quote,
        Self::SameDevice,
        Self::Money,
        Self::Sums,
        Self::Validity,
        Self::Faults,
        Self::Grades,
        Self::Many,
        Self::Unsigned,
        Self::WrongSignature,
        Self::ChangedBody,
        Self::OldCall,
        Self::FutureCall,
        Self::TwoSignatures,
        Self::UnknownModel,
        Self::Malformed,
        Self::Speed,
    ];
    /// Those that look at prices of one device.
    pub(super) const OF_PRICES: [Self; 7] =
        [Self::Quote, Self::SameDevice, Self::Money, Self::Sums, Self::Validity, Self::Faults, Self::Grades];
    /// Those that look at how calls are refused.
    pub(super) const OF_REFUSALS: [Self; 8] = [
        Self::Unsigned,
        Self::WrongSignature,
        Self::ChangedBody,
        Self::OldCall,
        Self::FutureCall,
        Self::TwoSignatures,
        Self::UnknownModel,
        Self::Malformed,
    ];

    /// Its name in the report as JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Search => "search",
            Self::Keywords => "keywords",
            Self::Quote => "quote",
            Self::SameDevice => "same_device",
            Self::Money => "money",
            Self::Sums => "sums",
            Self::Validity => "validity",
            Self::Faults => "faults",
            Self::Grades => "grades",
            Self::Many => "many",
            Self::Unsigned => "unsigned",
            Self::WrongSignature => "wrong_signature",
            Self::ChangedBody => "changed_body",
            Self::OldCall => "old_call",
            Self::FutureCall => "future_call",
            Self::TwoSignatures => "two_signatures",
            Self::UnknownModel => "unknown_model",
            Self::Malformed => "malformed",
            Self::Speed => "speed",
        }
    }
}
