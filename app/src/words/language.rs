//! The list of languages, and how a page's or a terminal's language is chosen.

use std::str::FromStr;

use leptos_i18n::Locale as _;

use super::strings::Locale;

/// The language of a terminal that names none in the list.
const OF_A_TERMINAL: Locale = Locale::en;

/// All languages: one for each file in `locales/`, the default first.
pub fn all() -> &'static [Locale] {
    Locale::get_all()
}

/// The BCP 47 tag, for `lang` attributes.
pub fn tag(locale: Locale) -> &'static str {
    locale.as_str()
}

/// All tags, as an error names them: `zh-CN or en`.
pub fn tags() -> String {
    all().iter().map(|locale| tag(*locale)).collect::<Vec<_>>().join(" or ")
}

/// The language that a tag names (`zh-CN`, `en`, also `en-GB` and `zh_CN.UTF-8`); `None` if there is none.
pub fn named(text: &str) -> Option<Locale> {
    let text = text.trim();
    Locale::from_str(text).ok().or_else(|| {
        let primary = |tag: &str| tag.split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
        all().iter().copied().find(|locale| primary(tag(*locale)) == primary(text))
    })
}

/// The reader's language: the requested one, else the first in `Accept-Language` that is in the list, else
/// the default, which `build.rs` names.
pub fn negotiate(asked: &str, accept_language: &str) -> Locale {
    named(asked)
        .or_else(|| accept_language.split(',').find_map(|range| named(range.split(';').next()?)))
        .unwrap_or_default()
}

/// The language that the value of `LC_ALL` or `LANG` names, such as `zh_CN.UTF-8`; English for others.
pub fn of_terminal(value: &str) -> Locale {
    named(value).unwrap_or(OF_A_TERMINAL)
}

/// The language's own name, such as `English`.
#[cfg(feature = "ssr")]
pub fn name(locale: Locale) -> &'static str {
    super::strings::td_string!(locale, language.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_asked_for_wins_over_the_browsers() {
        assert_eq!(negotiate("en", "zh-CN,zh;q=0.9"), Locale::en);
        assert_eq!(negotiate("", "xx-XX, en-GB;q=0.8, zh;q=0.5"), Locale::en);
        assert_eq!(negotiate("", "zh-Hans-CN"), Locale::zh_CN);
        assert_eq!(negotiate("xx", "xx-YY"), Locale::zh_CN);
    }

    #[test]
    fn a_terminal_names_any_language_that_there_is() {
        for locale in all() {
            let value = format!("{}.UTF-8", tag(*locale).replace('-', "_"));
            assert_eq!(of_terminal(&value), *locale, "{value}");
        }
        assert_eq!(["", "C", "C.UTF-8", "POSIX"].map(of_terminal), [Locale::en; 4]);
    }
}
