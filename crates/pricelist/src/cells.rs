//! The texts of cells: amounts, shares and days.

use domain::{Money, Ratio, half_width};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;

/// Why a cell is no amount or share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotANumber {
    /// It is another text.
    Text,
    /// It has more decimals than two, or a share than four.
    Decimals,
    /// It is below 0, or 0 where that is no price.
    TooLow,
    /// It is far above what devices cost, or a share above its limit.
    TooHigh,
    /// 1 without a percent sign may be 1 % or 100 %.
    Ambiguous,
}

/// The highest amount, in yuan. Above it, a decimal point is missing.
const MOST_YUAN: i64 = 1_000_000;
/// Decimals at which a number that a spreadsheet has computed is rounded: it may be 0.30000000000000004.
const COMPUTED: u32 = 8;
/// Words in the cell of a price that mean that there is none.
const NO_PRICE: [&str; 8] = ["-", "/", "—", "–", "无", "不收", "none", "n/a"];

/// Whether a cell stands for an empty one.
pub(crate) fn is_empty(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || NO_PRICE.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A price in yuan: `4500`, `¥4,500.50`, `4500元`.
///
/// # Errors
/// [`NotANumber`].
pub(crate) fn price(text: &str) -> Result<Money, NotANumber> {
    let amount = amount(text)?;
    if amount == Money::ZERO { Err(NotANumber::TooLow) } else { Ok(amount) }
}

/// An amount in yuan, which may be 0.
///
/// # Errors
/// [`NotANumber`].
pub(crate) fn amount(text: &str) -> Result<Money, NotANumber> {
    let text = half_width(text).to_lowercase();
    let text = text.trim();
    let text = ["¥", "￥", "rmb", "cny"].iter().find_map(|sign| text.strip_prefix(sign)).unwrap_or(text);
    let text = ["元", "yuan", "rmb", "cny"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text);
    let yuan = number(text.trim())?;
    if yuan > Decimal::from(MOST_YUAN) {
        return Err(NotANumber::TooHigh);
    }
    match Money::from_yuan(yuan) {
        Some((amount, false)) => Ok(amount),
        Some((_, true)) => Err(NotANumber::Decimals),
        None => Err(NotANumber::TooHigh),
    }
}

/// The share of the price that a grade is worth: `0.8` or `80%`, above 0 and at most 1.5: a price over 1.5 times the
/// base is taken for a mistake (decision 23 of the partner's protocol).
///
/// # Errors
/// [`NotANumber`].
pub(crate) fn ratio(text: &str) -> Result<Ratio, NotANumber> {
    let (number, is_percent) = share(text)?;
    let value = if is_percent { number / Decimal::ONE_HUNDRED } else { number };
    if value.is_zero() {
        return Err(NotANumber::TooLow);
    }
    bounded(value, Decimal::new(15, 1))
}

/// The share that is taken off: `10%`, `10` or, as spreadsheets keep percentages, `0.1`; at most 100 %.
///
/// # Errors
/// [`NotANumber`].
pub(crate) fn percent(text: &str) -> Result<Ratio, NotANumber> {
    let (number, is_percent) = share(text)?;
    if !is_percent && number == Decimal::ONE {
        return Err(NotANumber::Ambiguous);
    }
    let value = if is_percent || number > Decimal::ONE { number / Decimal::ONE_HUNDRED } else { number };
    bounded(value, Decimal::ONE)
}

fn bounded(value: Decimal, most: Decimal) -> Result<Ratio, NotANumber> {
    let ratio = Ratio::new(value);
    match () {
        () if value > most => Err(NotANumber::TooHigh),
        () if ratio.value() != value => Err(NotANumber::Decimals),
        () => Ok(ratio),
    }
}

/// A number, and whether a percent sign stands after it.
fn share(text: &str) -> Result<(Decimal, bool), NotANumber> {
    let text = half_width(text);
    let text = text.trim();
    match text.strip_suffix('%') {
        Some(text) => Ok((number(text.trim())?, true)),
        None => Ok((number(text)?, false)),
    }
}

/// A number at least 0, with commas between thousands only.
fn number(text: &str) -> Result<Decimal, NotANumber> {
    let positive = text.strip_prefix(['-', '−']).unwrap_or(text).trim();
    let (whole, decimals) = positive.split_once('.').unwrap_or((positive, "0"));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let has_commas = whole.contains(',');
    let are_thousands =
        !has_commas || (first.len() <= 3 && groups.all(|group| group.len() == 3 && is_digits(group)));
    if !is_digits(first) || !is_digits(decimals) || !are_thousands {
        return Err(NotANumber::Text);
    }
    let digits = positive.replace(',', "");
    let value: Decimal = digits.parse().map_err(|_| NotANumber::TooHigh)?;
    if positive != text && !value.is_zero() {
        return Err(NotANumber::TooLow);
    }
    Ok(value.round_dp(COMPUTED).normalize())
}

/// A day: `2026-01-31`, `2026/1/31`, `2026.1.31`, `2026年1月31日`.
pub(crate) fn day(text: &str) -> Option<Date> {
    let text = half_width(text);
    let text = text.trim().trim_end_matches('日');
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月']).collect();
    let [year, month, of_month] = parts[..] else { return None };
    let is_number = |text: &str, longest: usize| {
        (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if year.len() != 4 || !is_number(year, 4) || !is_number(month, 2) || !is_number(of_month, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, of_month.parse().ok()?)
        .ok()
        .filter(|day| *day >= date(2000, 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_are_yuan_with_two_decimals_at_most() {
        for (text, fen) in [
            ("4500", 450_000),
            ("4,500", 450_000),
            ("¥4,500.5", 450_050),
            ("￥1,234,567.89", 0),
            ("￥234,567.89", 23_456_789),
            ("４５００元", 450_000),
            ("3299.3999999999996", 329_940),
            ("3299.7000000000003", 329_970),
            ("0.01", 1),
        ] {
            let expected = if fen == 0 { Err(NotANumber::TooHigh) } else { Ok(Money::from_fen(fen)) };
            assert_eq!(price(text), expected, "{text}");
        }
        for (text, why) in [
            ("四千五", NotANumber::Text),
            ("4.500,00", NotANumber::Text),
            ("4,50", NotANumber::Text),
            ("45,00.5", NotANumber::Text),
            ("4500.123", NotANumber::Decimals),
            ("0", NotANumber::TooLow),
            ("-5", NotANumber::TooLow),
            ("99999999999999999999999999999999", NotANumber::TooHigh),
            ("#N/A", NotANumber::Text),
            ("1e5", NotANumber::Text),
            (".5", NotANumber::Text),
            ("5.", NotANumber::Text),
            ("", NotANumber::Text),
        ] {
            assert_eq!(price(text), Err(why), "{text}");
        }
        assert_eq!(amount("0"), Ok(Money::ZERO));
    }

    #[test]
    fn shares_are_fractions_or_percentages_and_what_may_be_both_is_refused() {
        let of = |text: &str| Ok(Ratio::new(text.parse().unwrap()));
        for (text, share) in [("0.8", of("0.8")), ("80%", of("0.8")), ("110％", of("1.1")), ("1", of("1"))] {
            assert_eq!(ratio(text), share, "{text}");
        }
        for (text, why) in
            [("80", NotANumber::TooHigh), ("0", NotANumber::TooLow), ("八折", NotANumber::Text)]
        {
            assert_eq!(ratio(text), Err(why), "{text}");
        }
        for (text, share) in [
            ("10%", of("0.1")),
            ("10", of("0.1")),
            ("0.1", of("0.1")),
            ("0.07", of("0.07")),
            ("12.5", of("0.125")),
            ("100%", of("1")),
            ("0", of("0")),
        ] {
            assert_eq!(percent(text), share, "{text}");
        }
        for (text, why) in [
            ("1", NotANumber::Ambiguous),
            ("101%", NotANumber::TooHigh),
            ("-10%", NotANumber::TooLow),
            ("0.12345", NotANumber::Decimals),
        ] {
            assert_eq!(percent(text), Err(why), "{text}");
        }
    }

    #[test]
    fn days_are_year_month_and_day() {
        for text in ["2026-01-31", "2026/1/31", "2026.1.31", "2026年1月31日", " ２０２６-1-31"] {
            assert_eq!(day(text), Some(date(2026, 1, 31)), "{text}");
        }
        for text in ["2026-02-30", "31.1.2026", "1/31/2026", "45000", "soon", "", "2026-1"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
