//! Which language a page speaks, and its money and times.

use std::str::FromStr;

use domain::Moment;

use crate::Locale;

/// The language that a `locale` attribute or parameter names (`zh-CN`, `en`, `en-GB` …).
pub fn named(text: &str) -> Option<Locale> {
    let text = text.trim();
    Locale::from_str(text).ok().or_else(|| {
        match text.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Locale::zh_CN),
            "en" => Some(Locale::en),
            _ => None,
        }
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
    match locale {
        Locale::zh_CN => "zh-CN",
        Locale::en => "en",
    }
}

/// A time in UTC+8, to the minute, as the language writes it.
pub fn time(locale: Locale, moment: Moment) -> String {
    let at = moment.in_utc8();
    let (year, month, day, hour, minute) = (at.year(), at.month(), at.day(), at.hour(), at.minute());
    match locale {
        Locale::zh_CN => format!("{year}年{month}月{day}日 {hour:02}:{minute:02}"),
        Locale::en => {
            const MONTHS: [&str; 12] =
                ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
            let name = usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"");
            format!("{day} {name} {year}, {hour:02}:{minute:02}")
        }
    }
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
