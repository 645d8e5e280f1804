//! What the checks are, and what each may find.

use std::time::Duration;

use provider::{BadAnswer, Refusal};

use super::checks::Check;
use crate::{Code, Fault};

/// The longest time of an answer that comparing waits for.
pub const LONGEST: Duration = Duration::from_millis(1500);

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
    /// Prices by what was asked about; `None` where it is not accepted.
    Prices(Vec<(String, Option<domain::Money>)>),
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
    /// The search has found no model to look for.
    NoModels,
    /// The service does not accept the signature.
    NotAuthorized,
    /// Nothing answers at the address.
    NoConnection,
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
    /// What was asked about, such as a keyword or a fault, and what is wrong there.
    About(String, Box<Self>),
    /// A search for a model's name does not find this model.
    NotFound(String),
    /// A search finds this model, which does not fit.
    FoundAnyway(String),
    /// A device in a worse condition costs more.
    Dearer {
        /// Its price.
        price: domain::Money,
        /// The price of the better one.
        than: domain::Money,
    },
    /// A device with a fault in a person's own words costs as much as a sound one.
    AsSound(domain::Money),
    /// A fault has a price with one text in the brackets and none with another.
    BracketsMatter,
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

impl Cause {
    /// The same, said of something that was asked about.
    pub(super) fn about(self, what: String) -> Self {
        Self::About(what, Box::new(self))
    }
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What was checked.
    pub check: Check,
    /// What was found.
    pub finding: Finding,
}
