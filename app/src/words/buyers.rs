//! Texts about device lists that ask several buyers.

use domain::{Money, Quote};
use lists::{Phase, ProviderProgress};

use super::batch_text::counts::call_count;
use super::strings::{Locale, td_string};
use super::times;

/// The calls that a list takes of a buyer's quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuyerCalls {
    /// The buyer's name.
    pub buyer: String,
    /// How many calls the list takes; `None` if the buyer is asked without calls.
    pub needed: Option<u32>,
    /// How many lists may still make today; `None` if there is no limit.
    pub left: Option<u32>,
}

/// The calls that a list takes of each buyer's quota, in a line.
pub fn calls(locale: Locale, all: &[BuyerCalls]) -> String {
    let one = |BuyerCalls { buyer, needed, left }: &BuyerCalls| {
        let buyer = buyer.clone();
        match (needed, left) {
            (None, _) => td_string!(locale, list_buyers.no_calls, buyer = buyer),
            (Some(needed), None) => {
                let needed = call_count(locale, *needed);
                td_string!(locale, list_buyers.calls_unlimited, buyer = buyer, needed = needed)
            }
            (Some(needed), Some(left)) => {
                let (needed, left) = (call_count(locale, *needed), left.to_string());
                td_string!(locale, list_buyers.calls, buyer = buyer, needed = needed, left = left)
            }
        }
    };
    all.iter().map(one).collect::<Vec<_>>().join(td_string!(locale, list_buyers.then))
}

/// How far a list of that many devices is at a buyer, and what it does there.
pub fn progress(locale: Locale, devices: u32, one: &ProviderProgress) -> String {
    let (buyer, priced) = (one.provider.as_str().to_owned(), one.priced.to_string());
    let known = (one.priced + one.failed).to_string();
    let far = match devices {
        1 => td_string!(locale, list_buyers.one_progress, buyer = buyer, known = known, priced = priced),
        devices => {
            let devices = devices.to_string();
            td_string!(
                locale,
                list_buyers.progress,
                buyer = buyer,
                known = known,
                devices = devices,
                priced = priced
            )
        }
    };
    match doing(locale, &one.phase) {
        Some(doing) => format!("{far}{}{doing}", td_string!(locale, list_buyers.then)),
        None => far,
    }
}

/// What a list does at a buyer; `None` while it asks.
pub fn doing(locale: Locale, phase: &Phase) -> Option<String> {
    match phase {
        Phase::Asking => None,
        Phase::WaitsForQuota { until } => {
            Some(td_string!(locale, list_buyers.waits_for_quota, until = times::time(locale, *until)))
        }
        Phase::WaitsForPartner { until } => {
            Some(td_string!(locale, list_buyers.waits_for_buyer, until = times::time(locale, *until)))
        }
        Phase::Ended => Some(td_string!(locale, list_buyers.done).to_owned()),
    }
}

/// The best price of a row, whose it is, and for what.
pub fn best(locale: Locale, row: u32, quote: &Quote, buyer: &str) -> String {
    let device = super::device(locale, &quote.device.brand, &quote.device.model);
    td_string!(
        locale,
        list_buyers.best,
        row = row.to_string(),
        price = quote.price.final_price().to_string(),
        buyer = buyer.to_owned(),
        device = format!("{device} {}", quote.device.storage)
    )
}

/// How many rows follow that are not printed.
pub fn more(locale: Locale, rows: u32) -> String {
    td_string!(locale, list_buyers.more, rows = rows.to_string())
}

/// What a list is worth if each device goes to the buyer with the best price, and how many parcels that takes.
pub fn best_each(locale: Locale, rows: u32, worth: Money, parcels: usize) -> String {
    let (worth, parcels) = (worth.to_string(), parcels.to_string());
    match rows {
        1 => td_string!(locale, list_buyers.one_best_each, worth = worth),
        rows => {
            let rows = rows.to_string();
            td_string!(locale, list_buyers.best_each, rows = rows, worth = worth, parcels = parcels)
        }
    }
}

/// What a buyer pays if all its devices go to it.
pub fn total(locale: Locale, buyer: &str, rows: u32, worth: Money) -> String {
    let (buyer, worth) = (buyer.to_owned(), worth.to_string());
    match rows {
        1 => td_string!(locale, list_buyers.one_total, buyer = buyer, worth = worth),
        rows => td_string!(locale, list_buyers.total, buyer = buyer, rows = rows.to_string(), worth = worth),
    }
}

/// The message that a list asks these buyers.
pub fn asked(locale: Locale, names: &str) -> String {
    td_string!(locale, list_buyers.asked, names = names.to_owned())
}

/// The message that there is only one buyer to ask.
pub fn only_one(locale: Locale) -> &'static str {
    td_string!(locale, list_buyers.only_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_device_is_counted_as_one() {
        let worth = Money::from_fen(450_000);
        let each = |rows| best_each(Locale::en, rows, worth, 1);
        assert_eq!(each(1), "Each to the buyer with the best price: 1 device, ¥4,500, buyers to send to: 1");
        assert!(each(2).contains("2 devices, "), "{}", each(2));
        assert_eq!(total(Locale::en, "own", 1, worth), "All to own: 1 device, ¥4,500");
    }
}
