use std::fmt;

use serde::{Deserialize, Serialize};

use crate::terms::codes;
use crate::{Category, Moment, Money, Price, QuoteForm, QuoteRequest, RecycleOption, Score, Term};

/// A quote's id: 22 letters and digits from 128 random bits, which cannot be guessed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuoteId(String);

impl QuoteId {
    const LENGTH: usize = 22;
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// The id of those random bits.
    pub fn from_random(mut bits: u128) -> Self {
        let mut text = String::with_capacity(Self::LENGTH);
        for _ in 0..Self::LENGTH {
            text.push(char::from(Self::ALPHABET[(bits % 62) as usize]));
            bits /= 62;
        }
        Self(text)
    }

    /// Reads an id; `None` when `text` cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == Self::LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        fits.then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QuoteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for QuoteId {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a quote id has 22 letters and digits")
    }
}

impl From<QuoteId> for String {
    fn from(id: QuoteId) -> Self {
        id.0
    }
}

codes! {
    /// Where the answer came from.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Source {
        /// The partner was asked just now.
        Partner = "partner",
        /// The partner was asked within the last minutes.
        Cache = "cache",
        /// The partner is down: an older quote that is still valid. A checkout must not take it.
        Stale = "stale",
    }
    /// The name in the contract (`source`).
    pub fn code;
}

/// The device as it was quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The partner's model id.
    pub device_id: Option<String>,
    /// What kind of device.
    pub device_type: Category,
    /// The brand.
    pub brand: String,
    /// The exact model.
    pub model: String,
    /// The storage.
    pub storage: String,
    /// The memory, where it was given.
    pub ram: Option<String>,
    /// The partner's description, such as storage, memory and colour.
    pub spec: Option<String>,
    /// The cosmetic grade's word.
    pub condition: String,
    /// Grade, faults and repairs as one score.
    pub condition_score: Score,
    /// `正常`, or the faults.
    pub function_status: String,
    /// Repairs, where they were given.
    pub repair_history: Option<String>,
    /// Where it was bought, where that was given.
    pub purchase_channel: Option<String>,
}

impl Device {
    /// The device of `request`, with the partner's id and description.
    pub fn new(request: &QuoteRequest, device_id: Option<String>, spec: Option<String>) -> Self {
        Self {
            device_id,
            spec,
            device_type: request.category(),
            brand: request.brand().to_owned(),
            model: request.model().to_owned(),
            storage: request.storage().to_owned(),
            ram: request.ram().map(str::to_owned),
            condition: request.grade().word().to_owned(),
            condition_score: request.score(),
            function_status: request.function_status().to_string(),
            repair_history: request.repair_history().map(|repairs| repairs.word().to_owned()),
            purchase_channel: request.purchase_channel().map(|channel| channel.word().to_owned()),
        }
    }

    /// A form filled in with this device, to change one answer of it.
    pub fn to_form(&self) -> QuoteForm {
        QuoteForm {
            device_type: self.device_type.word().to_owned(),
            brand: self.brand.clone(),
            model: self.model.clone(),
            storage: self.storage.clone(),
            ram: self.ram.clone().unwrap_or_default(),
            condition: self.condition.clone(),
            function_status: self.function_status.clone(),
            faults: Vec::new(),
            repair_history: self.repair_history.clone().unwrap_or_default(),
            purchase_channel: self.purchase_channel.clone().unwrap_or_default(),
        }
    }
}

/// What a device is worth, how the price came about, and until when it is valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The quote's id.
    pub id: QuoteId,
    /// Whether the price comes from the sandbox, and will not be paid.
    pub sandbox: bool,
    /// Where the answer came from.
    pub source: Source,
    /// What was quoted.
    pub device: Device,
    /// The price and its parts.
    pub price: Price,
    /// The ways to hand the device over, best first.
    pub recycle: Vec<RecycleOption>,
    /// The points of the inspection.
    pub quality_check: Vec<String>,
    /// When the partner was asked.
    pub quoted_at: Moment,
    /// Until when the price is valid; `None` when the partner gave no time that can be read.
    pub valid_until: Option<Moment>,
}

impl Quote {
    /// Whether the validity has passed at `now`. A quote of unknown validity does not expire, but is
    /// not acceptable either.
    pub fn expired(&self, now: Moment) -> bool {
        self.valid_until.is_some_and(|until| until <= now)
    }

    /// Whether a shop may take this price at checkout at `now`.
    pub fn acceptable(&self, now: Moment) -> bool {
        self.source != Source::Stale
            && self.price.final_price() > Money::ZERO
            && self.valid_until.is_some_and(|until| until > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(source: Source, fen: i64, valid_until: Option<Moment>) -> Quote {
        let form = QuoteForm {
            device_type: "手机".into(),
            brand: "苹果".into(),
            model: "iPhone 14 Pro".into(),
            storage: "256GB".into(),
            condition: "九成新".into(),
            function_status: "正常".into(),
            ..QuoteForm::default()
        };
        let parts = crate::PriceParts {
            base: None,
            condition_discount: None,
            function_deduction: None,
            market_coefficient: None,
            final_price: Money::from_fen(fen),
        };
        Quote {
            id: QuoteId::from_random(1),
            sandbox: false,
            source,
            device: Device::new(&form.parse().unwrap(), None, None),
            price: Price::new(parts),
            recycle: Vec::new(),
            quality_check: Vec::new(),
            quoted_at: moment(0),
            valid_until,
        }
    }

    fn moment(second: i64) -> Moment {
        Moment::new(jiff::Timestamp::from_second(second).unwrap())
    }

    #[test]
    fn a_quote_expires_when_its_validity_ends() {
        let until = Some(moment(100));
        let expired = |valid_until, now| quote(Source::Partner, 1, valid_until).expired(moment(now));
        assert_eq!((expired(until, 99), expired(until, 100), expired(None, 100)), (false, true, false));
    }

    #[test]
    fn a_checkout_may_accept_a_fresh_price_above_0_within_its_validity() {
        let until = Some(moment(100));
        let acceptable = |source, fen, until, now| quote(source, fen, until).acceptable(moment(now));
        assert!(acceptable(Source::Partner, 1, until, 99));
        assert!(acceptable(Source::Cache, 1, until, 99));
        assert!(!acceptable(Source::Stale, 1, until, 99), "an older quote");
        assert!(!acceptable(Source::Partner, 0, until, 99), "worth nothing");
        assert!(!acceptable(Source::Partner, 1, until, 100), "expired");
        assert!(!acceptable(Source::Partner, 1, None, 99), "of unknown validity");
    }

    #[test]
    fn an_id_is_22_letters_and_digits_and_is_read_back() {
        let id = QuoteId::from_random(u128::MAX);
        assert_eq!(QuoteId::parse(id.as_str()), Some(id.clone()));
        assert_ne!(id, QuoteId::from_random(u128::MAX - 1));
        assert_eq!(QuoteId::from_random(0).as_str(), "0".repeat(22));
        assert_eq!(QuoteId::from_random(62 + 61).to_string(), format!("z1{}", "0".repeat(20)));
        assert_eq!(QuoteId::parse(&"a".repeat(21)), None);
        assert_eq!(QuoteId::parse(&"é".repeat(11)), None);
        assert_eq!(serde_json::from_str::<QuoteId>(&format!("\"{id}\"")).unwrap(), id);
        assert!(serde_json::from_str::<QuoteId>("\"short\"").is_err());
        assert_eq!(QuoteId::parse("../../etc/passwd"), None);
    }
}
