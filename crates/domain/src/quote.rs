use std::fmt;

use serde::{Deserialize, Serialize};

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

/// Where the answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Asked just now.
    Partner,
    /// Asked within the last minutes.
    Cache,
    /// The partner is down; an older answer that is still valid. Not for checkout.
    Stale,
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
    /// The partner's description: storage, memory, colour.
    pub spec: Option<String>,
    /// The cosmetic grade's word.
    pub condition: String,
    /// Grade, faults and repairs in one number.
    pub condition_score: Score,
    /// `正常`, or the faults.
    pub function_status: String,
    /// Repairs, where they were given.
    pub repair_history: Option<String>,
    /// Where it was bought, where that was given.
    pub purchase_channel: Option<String>,
}

impl Device {
    /// The device of `request`, with what the partner said of it.
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

    /// The form that asks for this device again, for changing one answer of it.
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

/// What a device is worth, how that came about, and until when it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The quote's id.
    pub id: QuoteId,
    /// Whether the price came from the sandbox, and will not be paid.
    pub sandbox: bool,
    /// Where the answer came from.
    pub source: Source,
    /// What was quoted.
    pub device: Device,
    /// The price and its parts.
    pub price: Price,
    /// The ways to hand it over, best first.
    pub recycle: Vec<RecycleOption>,
    /// What is looked at during inspection.
    pub quality_check: Vec<String>,
    /// When the partner was asked.
    pub quoted_at: Moment,
    /// Until when the price holds; `None` when the partner did not say it legibly.
    pub valid_until: Option<Moment>,
}

impl Quote {
    /// Whether the price no longer holds at `now`. One whose end is unknown does not
    /// expire, but is not acceptable either.
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

    #[test]
    fn ids_are_letters_and_digits_and_come_back() {
        let id = QuoteId::from_random(u128::MAX);
        assert_eq!(QuoteId::parse(id.as_str()), Some(id.clone()));
        assert_ne!(id, QuoteId::from_random(u128::MAX - 1));
        assert_eq!(QuoteId::from_random(0).as_str().len(), 22);
        assert_eq!(QuoteId::parse("../../etc/passwd"), None);
    }
}
