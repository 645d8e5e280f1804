//! Secrets: given in a variable or in a file, and checked for what people cannot see in them. What
//! is wrong is said by its place, never by the secret.

use std::path::Path;

use aihuishou::AppSecret;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::SettingsError;
use super::file::Reader;
use super::text_file::{read_file, text_of};

/// The longest file of a secret, in bytes.
const LONGEST: usize = 4096;

/// What a secret's settings are called.
#[derive(Clone, Copy)]
pub(super) struct SecretNames {
    pub(super) value: &'static str,
    pub(super) file: &'static str,
    pub(super) key: &'static str,
}

impl SecretNames {
    pub(super) const CURRENT: Self =
        Self { value: "AHS_APP_SECRET", file: "AHS_APP_SECRET_FILE", key: "partner.secret_file" };
    pub(super) const NEXT: Self = Self {
        value: "AHS_APP_SECRET_NEXT",
        file: "AHS_APP_SECRET_NEXT_FILE",
        key: "partner.secret_next_file",
    };
}

/// A secret of the partner's.
pub(super) fn read_secret(
    reader: &Reader<'_>,
    names: SecretNames,
    in_file: Option<String>,
) -> Result<Option<AppSecret>, SettingsError> {
    let blank = |_| SettingsError::BlankSecret(names.value);
    let text = secret_text(reader, names, in_file)?;
    text.map(|text| AppSecret::new(text.expose_secret()).map_err(blank)).transpose()
}

/// A secret's text, given itself or in a file; never blank, and free of what cannot be seen.
pub(super) fn secret_text(
    reader: &Reader<'_>,
    names: SecretNames,
    in_file: Option<String>,
) -> Result<Option<SecretString>, SettingsError> {
    let path = reader.text(names.file, in_file);
    match ((reader.environment)(names.value), path) {
        (Some(_), Some(_)) => Err(SettingsError::TwoSecrets { value: names.value, file: names.file }),
        (None, None) => Ok(None),
        (Some(text), None) => match visible(&text) {
            Ok(text) => Ok(Some(SecretString::from(text))),
            Err(Flaw::Blank) => Err(SettingsError::BlankSecret(names.value)),
            Err(flaw) => Err(SettingsError::Flawed { name: names.value.to_owned(), cause: flaw.to_string() }),
        },
        (None, Some(path)) => {
            let unusable = |cause: String| SettingsError::SecretFile {
                name: reader.name(names.file, names.key),
                path: path.clone(),
                cause,
            };
            let bytes = read_file(Path::new(&path), LONGEST).map_err(|fault| unusable(fault.to_string()))?;
            let bytes = Zeroizing::new(bytes);
            let text = text_of(&bytes).map_err(|fault| unusable(fault.to_string()))?;
            let text = visible(text).map_err(|flaw| unusable(flaw.to_string()))?;
            Ok(Some(SecretString::from(text)))
        }
    }
}

/// What is wrong with a text that must be exact. Places are counted in characters, from 1, after
/// what stands around the text is taken off.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Flaw {
    /// Nothing, or nothing but blanks.
    #[error("it is empty")]
    Blank,
    /// A value was quoted where quotes are part of it, as in Docker's `--env-file`.
    #[error("it has quotes around it, which would be part of it; take them off")]
    Quoted,
    /// A second line.
    #[error(
        "it has a line break inside, after character {0}; it takes one line (line breaks and blanks around it do not count)"
    )]
    LineBreak(usize),
    /// A zero, as UTF-16 has them.
    #[error("character {0} of it is NUL, as in UTF-16 or a binary file; save it as plain UTF-8 text")]
    Nul(usize),
    /// What was no UTF-8 where it was given.
    #[error("character {0} of it was not UTF-8; give it as UTF-8")]
    NotUtf8(usize),
    /// A character that cannot be seen.
    #[error(
        "character {place} of it is U+{code:04X} ({what}), which cannot be seen; type it anew, or copy it from the console without"
    )]
    Invisible {
        /// Which character.
        place: usize,
        /// Its code point.
        code: u32,
        /// What kind it is.
        what: &'static str,
    },
}

/// The text without a byte order mark before it, and without blanks and line breaks around it.
///
/// # Errors
/// The first [`Flaw`]: what would make it another text than people see.
pub(super) fn visible(text: &str) -> Result<&str, Flaw> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
    if text.is_empty() {
        return Err(Flaw::Blank);
    }
    for (place, c) in (1..).zip(text.chars()) {
        match c {
            '\n' | '\r' => return Err(Flaw::LineBreak(place - 1)),
            '\0' => return Err(Flaw::Nul(place)),
            '\u{fffd}' => return Err(Flaw::NotUtf8(place)),
            _ => {
                if let Some(what) = invisible(c) {
                    return Err(Flaw::Invisible { place, code: c.into(), what });
                }
            }
        }
    }
    let quotes = [('"', '"'), ('\'', '\''), ('`', '`'), ('\u{201c}', '\u{201d}'), ('\u{2018}', '\u{2019}')];
    let quoted =
        |(open, close): (char, char)| text.len() > 1 && text.starts_with(open) && text.ends_with(close);
    if quotes.into_iter().any(quoted) { Err(Flaw::Quoted) } else { Ok(text) }
}

/// What kind of character that cannot be seen `c` is; `None` for those that can, and for the
/// plain blank.
fn invisible(c: char) -> Option<&'static str> {
    match c {
        ' ' => None,
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some("a no-break space"),
        '\u{200b}' => Some("a zero width space"),
        '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{180e}' => Some("a zero width joiner or non-joiner"),
        '\u{feff}' => Some("a byte order mark"),
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some("a mark for the direction of writing")
        }
        '\u{ad}' => Some("a soft hyphen"),
        '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{2061}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}' => Some("a character without width"),
        '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' => Some("a variation selector or a tag"),
        c if c.is_whitespace() => Some("a blank of another kind"),
        c if c.is_control() => Some("a control character"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_secret_is_taken_off() {
        for given in ["hush", "hush\n", "hush\r\n", "\u{feff}hush\n", "  hush\t\n\n"] {
            assert_eq!(visible(given), Ok("hush"), "{given:?}");
        }
        for exact in ["hush hush", "h\"ush", "\"hush", "密钥-é", "'", "a=b&c"] {
            assert_eq!(visible(exact), Ok(exact));
        }
    }

    #[test]
    fn what_cannot_be_seen_is_named_by_its_place_and_never_by_the_secret() {
        for (given, said) in [
            ("", "empty"),
            (" \n", "empty"),
            ("\u{feff}\n", "empty"),
            ("\"hush\"", "quotes"),
            ("'hush'\n", "quotes"),
            ("“hush”", "quotes"),
            ("hush\nhush", "after character 4"),
            ("hush\rhush", "after character 4"),
            ("hu\0sh", "character 3 of it is NUL"),
            ("hu\u{fffd}sh", "character 3 of it was not UTF-8"),
            ("hush\u{200b}", "character 5 of it is U+200B (a zero width space)"),
            ("\u{a0}hush", "character 1 of it is U+00A0 (a no-break space)"),
            ("hush\u{a0}\n", "U+00A0"),
            ("hu\u{202e}sh", "U+202E (a mark for the direction of writing)"),
            ("\u{200e}hush", "U+200E"),
            ("hush\u{2060}", "U+2060"),
            ("hu\u{feff}sh", "U+FEFF (a byte order mark)"),
            ("hush\u{3000}", "U+3000 (a blank of another kind)"),
            ("hu\u{ad}sh", "U+00AD"),
            ("hu\tsh", "U+0009"),
            ("hu\u{7}sh", "U+0007 (a control character)"),
            ("hush\u{e0041}", "U+E0041"),
        ] {
            let flaw = visible(given).unwrap_err().to_string();
            assert!(flaw.contains(said), "{given:?}: {flaw}");
            assert!(!flaw.contains("hush"), "{flaw}");
        }
    }
}
