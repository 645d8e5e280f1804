//! Faults and grades: what they take off, and how a device is refused that the buyer does not take.

use domain::{Grade, Money, QuoteRequest, Term as _};

use super::answers::finding;
use super::device::{in_grade, name_of_grade, with_faults};
use super::findings::{Cause, Detail, Finding};
use super::trial::Trial;

/// A fault, the same one with a shopper's words in the brackets, and two faults.
const FAULTS: [&str; 3] = [
    "按键故障(按键或键盘失灵)",
    "按键故障(音量键，偶尔失灵)",
    "按键故障(按键或键盘失灵)、接口故障(无法充电或接口损坏)",
];
/// A fault in a person's own words.
const OWN_WORDS: &str = "偶尔自动关机";

impl Trial<'_> {
    /// What faults do to the price of a sound device. `sound` is that price.
    pub(super) async fn faults(&self, device: &QuoteRequest, sound: Money) -> Finding {
        finding(self.faulty(device, sound).await.map(Detail::Prices))
    }

    async fn faulty(
        &self,
        device: &QuoteRequest,
        sound: Money,
    ) -> Result<Vec<(String, Option<Money>)>, Cause> {
        let mut prices: Vec<(String, Option<Money>)> = Vec::new();
        for fault in FAULTS {
            let asked = with_faults(device, fault);
            let price = self.price_of(&asked).await.map_err(|cause| cause.about(fault.to_owned()))?;
            // Two faults take off at least what one of them does.
            let before = prices.first().and_then(|(_, one)| *one).unwrap_or(sound);
            if let Some(price) = price.filter(|price| *price > before) {
                return Err(Cause::Dearer { price, than: before }.about(fault.to_owned()));
            }
            prices.push((fault.to_owned(), price));
        }
        if prices[0].1.is_some() != prices[1].1.is_some() {
            return Err(Cause::BracketsMatter.about(FAULTS[1].to_owned()));
        }
        let price = self.price_of(&with_faults(device, OWN_WORDS)).await;
        match price.map_err(|cause| cause.about(OWN_WORDS.to_owned()))? {
            Some(price) if price >= sound => Err(Cause::AsSound(price).about(OWN_WORDS.to_owned())),
            price => {
                prices.push((OWN_WORDS.to_owned(), price));
                prices.remove(1);
                Ok(prices)
            }
        }
    }

    /// The price in each grade that the buyer has a word for, best first.
    pub(super) async fn grades(&self, device: &QuoteRequest, known: Money) -> Finding {
        finding(self.graded(device, known).await.map(Detail::Prices))
    }

    async fn graded(
        &self,
        device: &QuoteRequest,
        known: Money,
    ) -> Result<Vec<(String, Option<Money>)>, Cause> {
        let words = self.client.grades();
        let mut prices = Vec::new();
        let mut before: Option<Money> = None;
        let asked = |grade: &&Grade| words.is_none_or(|words| words.word(**grade).is_some());
        for grade in Grade::ALL.iter().filter(asked) {
            let name = name_of_grade(*grade, words);
            let price = if *grade == device.grade() {
                Some(known)
            } else {
                let price = self.price_of(&in_grade(device, *grade)).await;
                price.map_err(|cause| cause.about(name.clone()))?
            };
            if let (Some(price), Some(than)) = (price, before)
                && price > than
            {
                return Err(Cause::Dearer { price, than }.about(name));
            }
            before = price.or(before);
            prices.push((name, price));
        }
        Ok(prices)
    }
}
