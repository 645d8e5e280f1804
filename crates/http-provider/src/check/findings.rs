//! What the checks are, and what each may find.

use std::time::Duration;

use provider::{BadAnswer, Refusal};

use crate::{Code, Fault};

/// The longest time of an answer that comparing waits for.
pub const LONGEST: Duration = Duration::from_millis(1500);
/// What is checked, in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// `GET {url}` describes the service.
    Description,
    /// `/search` finds models.
    Search,
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
    pub const ALL: [Self; 16] = [
        Self::Description,
        Self::Search,
        Self::Quote,
        Self::SameDevice,
        Self::Money,
        Self::Sums,
        Self::Validity,
        Self::Many,
        Self::Unsigned,
        Self::WrongSignature,
        Self::ChangedBody,
        Self::OldCall,
        Self::TwoSignatures,
        Self::UnknownModel,
        Self::Malformed,
        Self::Speed,
    ];

    /// Its name in the report as JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Search => "search",
            Self::Quote => "quote",
            Self::SameDevice => "same_device",
            Self::Money => "money",
            Self::Sums => "sums",
            Self::Validity => "validity",
            Self::Many => "many",
            Self::Unsigned => "unsigned",
            Self::WrongSignature => "wrong_signature",
            Self::ChangedBody => "changed_body",
            Self::OldCall => "old_call",
            Self::TwoSignatures => "two_signatures",
            Self::UnknownModel => "unknown_model",
            Self::Malformed => "malformed",
            Self::Speed => "speed",
        }
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// All is well, with a detail.
    Well(Detail),
    /// Something is wrong.
    Wrong(Cause),
    /// Not tried: the service does not offer it, or an earlier check must pass first.
    NotTried(Why),
}

/// A detail of what is well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Nothing to say.
    None,
    /// The service's name, and the most devices in one call.
    Service(String, Option<usize>),
    /// How many models were found.
    Models(usize),
    /// A price, and the device it is for.
    Price(domain::Money, String),
    /// Until when a price is valid.
    Until(domain::Moment),
    /// The median and the 95th percentile of this many calls.
    Times(Times),
}

/// Times of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// How many calls.
    pub calls: usize,
    /// Half of them took no longer.
    pub p50: Duration,
    /// 95 % of them took no longer.
    pub p95: Duration,
}

/// Why a check was not tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The description has no `many`.
    NotOffered,
    /// There is no device to ask about, or no usable price for it.
    NoPrice,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Cause {
    /// There was no usable answer.
    NoAnswer(Refusal),
    /// Another status than the one that fits.
    Status {
        /// The status.
        got: u16,
        /// What fits.
        wanted: u16,
    },
    /// A refusal that is not `application/problem+json` with a `code`.
    NotAProblem {
        /// Its status.
        status: u16,
        /// Its `Content-Type`.
        media_type: String,
    },
    /// A refusal with another `code`.
    Code {
        /// The code; `None` if there is none.
        got: Option<String>,
        /// What fits.
        wanted: Code,
    },
    /// The answer is not JSON.
    NotJson,
    /// Places in the answer that are not as agreed.
    Shape(Vec<Fault>),
    /// No model in the catalogue can be asked about.
    NoModels,
    /// The price is for another device.
    AnotherDevice(BadAnswer, String),
    /// The final price is over 1.5 times the base.
    AboveBase,
    /// Base and steps are this sum, in fen, and the price is another.
    Sum {
        /// The sum of base and steps.
        sum: i64,
        /// The price.
        price: i64,
    },
    /// The price is valid for less than an hour, or not any more.
    Short(domain::Moment),
    /// As many answers as devices were expected.
    Items {
        /// How many came.
        got: usize,
        /// How many were asked for.
        wanted: usize,
    },
    /// A malformed body got no 4xx.
    Body {
        /// The body that was sent.
        body: String,
        /// The status it got.
        status: u16,
        /// The content type of the answer.
        media_type: String,
    },
    /// The 95th percentile is over [`LONGEST`].
    Slow(Times),
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What was checked.
    pub check: Check,
    /// What was found.
    pub finding: Finding,
}
