//! Which language a page speaks, and its money and times.

use std::str::FromStr;

use domain::Moment;
use leptos_i18n::Locale as _;

use crate::Locale;
use crate::i18n::td_string;

/// The languages that there are: one for each file in `locales/`.
pub fn all() -> &'static [Locale] {
    Locale::get_all()
}

/// The language that a `locale` attribute or parameter names (`zh-CN`, `en`, `en-GB` …).
pub fn named(text: &str) -> Option<Locale> {
    let text = text.trim();
    Locale::from_str(text).ok().or_else(|| {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        all().iter().copied().find(|locale| primary(tag(*locale)) == primary(text))
    })
}

/// The reader's language: the one asked for, else the first in `Accept-Language` that
/// there is, else Chinese.
pub fn negotiate(asked: &str, accept_language: &str) -> Locale {
    named(asked)
        .or_else(|| accept_language.split(',').find_map(|range| named(range.split(';').next()?)))
        .unwrap_or_default()
}

/// The BCP 47 tag, for `lang` attributes.
pub fn tag(locale: Locale) -> &'static str {
    locale.as_str()
}

/// The language's name in itself, such as `English`.
pub fn name(locale: Locale) -> &'static str {
    td_string!(locale, language.name)
}

/// A time in UTC+8, to the minute, as the language writes it.
pub fn time(locale: Locale, moment: Moment) -> String {
    let at = moment.in_utc8();
    let month = month(locale, at.month());
    let clock = format!("{:02}:{:02}", at.hour(), at.minute());
    let (year, day) = (at.year().to_string(), at.day().to_string());
    td_string!(locale, language.time, year = year, month = month, day = day, clock = clock)
}

/// A day as the language writes it, with the year where it is not this one.
#[cfg(feature = "ssr")]
pub fn day(locale: Locale, day: jiff::civil::Date, today: jiff::civil::Date) -> String {
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

fn month(locale: Locale, number: i8) -> &'static str {
    let place = usize::try_from(number - 1).unwrap_or_default();
    td_string!(locale, language.months).split(' ').nth(place).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_asked_for_wins_over_the_browsers() {
        assert_eq!(negotiate("en", "zh-CN,zh;q=0.9"), Locale::en);
        assert_eq!(negotiate("", "fr-FR, en-GB;q=0.8, zh;q=0.5"), Locale::en);
        assert_eq!(negotiate("", "zh-Hans-CN"), Locale::zh_CN);
        assert_eq!(negotiate("xx", "fr"), Locale::zh_CN);
    }

    #[test]
    fn times_are_told_in_beijing_whatever_the_machine() {
        let moment = Moment::from_utc8("2025-12-31T14:05:00".parse().unwrap()).unwrap();
        assert_eq!(time(Locale::zh_CN, moment), "2025年12月31日 14:05");
        assert_eq!(time(Locale::en, moment), "31 Dec 2025, 14:05");
    }
}
