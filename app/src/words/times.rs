//! Times and days, as the reader's language writes them.

use domain::Moment;
use jiff::civil::Date;

use super::strings::{Locale, td_string};

/// A time in UTC+8, to the minute.
pub fn time(locale: Locale, moment: Moment) -> String {
    let at = moment.in_utc8();
    let month = month(locale, at.month());
    let clock = format!("{:02}:{:02}", at.hour(), at.minute());
    let (year, day) = (at.year().to_string(), at.day().to_string());
    td_string!(locale, language.time, year = year, month = month, day = day, clock = clock)
}

/// A day, with its year if that is not the year of `today`.
pub fn day(locale: Locale, day: Date, today: Date) -> String {
    let number = day.day().to_string();
    match day.year() == today.year() {
        true => td_string!(locale, language.day, month = month(locale, day.month()), day = number),
        false => td_string!(
            locale,
            language.day_of_year,
            year = day.year().to_string(),
            month = month(locale, day.month()),
            day = number
        ),
    }
}

/// A time in UTC+8, to the minute, with its year only if that is not the year of `today`.
pub(super) fn short(locale: Locale, moment: Moment, today: Date) -> String {
    let at = moment.in_utc8();
    format!("{} {:02}:{:02}", day(locale, at.date(), today), at.hour(), at.minute())
}

/// The name of a month, from 1.
fn month(locale: Locale, number: i8) -> &'static str {
    let place = usize::try_from(number - 1).unwrap_or_default();
    td_string!(locale, language.months).split(' ').nth(place).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_beijings_on_every_machine() {
        let moment = Moment::from_utc8("2025-12-31T14:05:00".parse().unwrap()).unwrap();
        assert_eq!(time(Locale::zh_CN, moment), "2025年12月31日 14:05");
        assert_eq!(time(Locale::en, moment), "31 Dec 2025, 14:05");
    }

    #[test]
    fn a_short_time_has_its_year_only_if_that_is_another() {
        let moment = Moment::from_utc8("2025-12-31T14:05:00".parse().unwrap()).unwrap();
        let told = |locale, today: &str| short(locale, moment, today.parse().unwrap());
        assert_eq!(told(Locale::en, "2025-12-30"), "31 Dec 14:05");
        assert_eq!(told(Locale::zh_CN, "2025-12-30"), "12月31日 14:05");
        assert_eq!(told(Locale::en, "2026-01-01"), "31 Dec 2025 14:05");
    }
}
