//! Secrets: given in a variable or in a file, and checked for characters that people cannot see. Errors
//! name the place of such a character, never the secret.

use std::path::Path;

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

use super::error::{Place, SettingsError, Wrong};
use super::setting::Setting;
use super::source::Source;
use super::text_file::{read_file, text_of};

/// The longest file of a secret, in bytes.
const LONGEST: usize = 4096;

/// The two settings that give a secret.
#[derive(Clone, Copy)]
pub(super) struct SecretSetting {
    /// The secret itself.
    pub(super) value: &'static Setting,
    /// The path of a file that holds it.
    pub(super) file: &'static Setting,
}

/// A secret, and where it was given.
pub(super) struct GivenSecret {
    /// Never blank, and free of what cannot be seen.
    pub(super) text: SecretString,
    pub(super) place: Place,
    /// The path of its file, where it was in one.
    file: Option<String>,
}

impl GivenSecret {
    /// That this secret cannot be used because of `cause`, which must not hold it.
    pub(super) fn refused(&self, cause: String) -> SettingsError {
        let wrong = match self.file.clone() {
            Some(path) => Wrong::SecretFile { path, cause },
            None => Wrong::Hidden(cause),
        };
        SettingsError::new(self.place.clone(), wrong)
    }
}

/// Reads a secret, given itself or in a file.
///
/// # Errors
/// A secret that is given twice, a file that cannot be read, and a [`Flaw`] of the text.
pub(super) fn read_secret(
    source: &Source<'_>,
    names: SecretSetting,
) -> Result<Option<GivenSecret>, SettingsError> {
    let (given, path) = match (source.given(names.value), source.given(names.file)) {
        (None, None) => return Ok(None),
        (Some(value), Some(file)) => {
            return Err(SettingsError::new(value.place, Wrong::Twice(file.place)));
        }
        (Some(value), None) => {
            let flawed =
                |flaw: Flaw| SettingsError::new(value.place.clone(), Wrong::Hidden(flaw.to_string()));
            let text = SecretString::from(visible(&value.text).map_err(flawed)?);
            return Ok(Some(GivenSecret { text, place: value.place, file: None }));
        }
        (None, Some(file)) => (file.place, file.text),
    };
    let unusable =
        |cause: String| SettingsError::new(given.clone(), Wrong::SecretFile { path: path.clone(), cause });
    let text = secret_in_file(&path).map_err(unusable)?;
    Ok(Some(GivenSecret { text, place: given, file: Some(path) }))
}

/// The secret in the file at `path`.
///
/// # Errors
/// Why it cannot be used, without anything of the file's content.
pub(crate) fn secret_in_file(path: &str) -> Result<SecretString, String> {
    let bytes = read_file(Path::new(path), LONGEST).map_err(|error| error.to_string())?;
    let bytes = Zeroizing::new(bytes);
    secret_text(text_of(&bytes).map_err(|error| error.to_string())?)
}

/// The secret that was given as `text`, checked for characters that cannot be seen.
///
/// # Errors
/// What is wrong with it, without the secret.
pub(crate) fn secret_text(text: &str) -> Result<SecretString, String> {
    visible(text).map(SecretString::from).map_err(|flaw| flaw.to_string())
}

/// What is wrong with a text that must be exact. Places are counted in characters from 1, without the blanks
/// and line breaks around the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Flaw {
    /// Nothing but blanks.
    #[error("it is empty")]
    Blank,
    /// Quotes around the text. Docker's `--env-file`, for one, does not take them off.
    #[error("it has quotes around it, which would be part of it; take them off")]
    Quoted,
    /// More than one line.
    #[error(
        "it has a line break inside, after character {0}; it takes one line (line breaks and blanks around it do not count)"
    )]
    LineBreak(usize),
    /// A zero byte, as texts in UTF-16 have.
    #[error("character {0} of it is NUL, as in UTF-16 or a binary file; save it as plain UTF-8 text")]
    Nul(usize),
    /// A replacement character: the variable was not UTF-8.
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
        /// Its kind, in words.
        what: &'static str,
    },
}

/// The text without a byte order mark before it, and without blanks and line breaks around it.
///
/// # Errors
/// The first [`Flaw`]. With it, the text would be another one than people see.
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

/// The kind of an invisible character, in words; `None` for a visible one, and for the plain blank.
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
