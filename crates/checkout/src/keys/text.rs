//! Reads and writes the text of the key file: PEM blocks with a few lines of text before each. `openssl`
//! skips such lines and reads the first block, which is the current key. A file that `openssl genpkey` wrote
//! can be read here too.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::Moment;
use secrecy::zeroize::Zeroizing;

use super::{KeyRing, PublicKey, Retired, SigningKey, der};

/// What is wrong with a key file. It contains nothing of the file's content, which may be secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct UnreadableKeys {
    /// The number of the line, from 1. If something is missing, it is the last line.
    pub line: usize,
    /// What is wrong there.
    pub problem: &'static str,
}

const PRIVATE: &str = "PRIVATE KEY";
const PUBLIC: &str = "PUBLIC KEY";

/// The text of the key file for `ring`.
pub(super) fn write(ring: &KeyRing) -> Zeroizing<String> {
    // Enough capacity for the whole text: a string that grows is moved, and its first copy would not be
    // wiped.
    let mut text = Zeroizing::new(String::with_capacity(1024 + 512 * ring.retired().len()));
    text.push_str("Keys that sign offer tokens. Keep this file secret, and change it by the program only.\n");
    let from = ring.from().map(|from| ("From", from));
    block(&mut text, "current", ring.current().public(), from, PRIVATE, ring.current().pkcs8());
    if let Some(next) = ring.next() {
        block(&mut text, "next", next.public(), None, PRIVATE, next.pkcs8());
    }
    for Retired { key, until } in ring.retired() {
        block(&mut text, "previous", key, Some(("Until", *until)), PUBLIC, &der::public(&key.point()));
    }
    text
}

fn block(
    text: &mut Zeroizing<String>,
    role: &str,
    key: &PublicKey,
    time: Option<(&str, Moment)>,
    label: &str,
    document: &[u8],
) {
    let time = time.map(|(name, time)| format!("{name}: {time}\n")).unwrap_or_default();
    let body = Zeroizing::new(BASE64.encode(document));
    let begun = format!("\nKey: {role}\nKid: {}\n{time}-----BEGIN {label}-----\n", key.kid());
    text.push_str(&begun);
    text.push_str(&body);
    text.push_str(&format!("\n-----END {label}-----\n"));
}

/// The values of the lines before a block.
#[derive(Default)]
struct Notes {
    role: Option<String>,
    kid: Option<String>,
    from: Option<Moment>,
    until: Option<Moment>,
}

/// Reads a key file.
///
/// # Errors
/// [`UnreadableKeys`].
pub(super) fn read(text: &str) -> Result<KeyRing, UnreadableKeys> {
    let (mut current, mut next, mut retired) = (None, None, Vec::new());
    let mut notes = Notes::default();
    let mut lines = text.lines().map(str::trim).enumerate();
    let mut last = 1;
    while let Some((index, line)) = lines.next() {
        last = index + 1;
        let wrong = |problem| UnreadableKeys { line: index + 1, problem };
        let Some(label) = line.strip_prefix("-----BEGIN ").and_then(|rest| rest.strip_suffix("-----")) else {
            notes.read(line).map_err(wrong)?;
            continue;
        };
        let document = document(&mut lines, label).map_err(wrong)?;
        let Notes { role, kid, from, until } = std::mem::take(&mut notes);
        let public = match (label, role.as_deref()) {
            (PRIVATE, Some("current") | None) if current.is_none() => {
                let key = SigningKey::from_pkcs8(&document).map_err(|_| wrong("is no Ed25519 key"))?;
                current.insert((key, from)).0.public().clone()
            }
            (PRIVATE, Some("next")) if next.is_none() => {
                let key = SigningKey::from_pkcs8(&document).map_err(|_| wrong("is no Ed25519 key"))?;
                next.insert(key).public().clone()
            }
            (PUBLIC, Some("previous")) => {
                let point = der::point_of(&document).ok_or_else(|| wrong("is no Ed25519 key"))?;
                let until = until.ok_or_else(|| wrong("a previous key needs a line `Until:`"))?;
                retired.push(Retired { key: PublicKey::new(&point), until });
                PublicKey::new(&point)
            }
            (PRIVATE, _) => return Err(wrong("needs a line `Key: current` or `Key: next`, each once")),
            (PUBLIC, _) => return Err(wrong("a public key needs a line `Key: previous`")),
            _ => return Err(wrong("is neither a PRIVATE KEY nor a PUBLIC KEY without a password")),
        };
        if kid.is_some_and(|kid| kid != public.kid()) {
            return Err(wrong("the line `Kid:` names another key"));
        }
    }
    let (key, from) = current.ok_or(UnreadableKeys { line: last, problem: "the file has no current key" })?;
    let ring = KeyRing::new(key, from);
    let ring = match next {
        Some(next) => ring.with_next(next),
        None => ring,
    };
    Ok(retired.into_iter().fold(ring, KeyRing::with_retired))
}

impl Notes {
    /// Reads one line. Lines with other names are remarks for people and are ignored.
    fn read(&mut self, line: &str) -> Result<(), &'static str> {
        let Some((name, value)) = line.split_once(": ") else { return Ok(()) };
        let time = || value.parse().map(Moment::new).map_err(|_| "is no time such as 2026-01-31T08:00:00Z");
        match name {
            "Key" => self.role = Some(value.to_owned()),
            "Kid" => self.kid = Some(value.to_owned()),
            "From" => self.from = Some(time()?),
            "Until" => self.until = Some(time()?),
            _ => {}
        }
        Ok(())
    }
}

/// The content of the block that has begun.
fn document<'a>(
    lines: &mut impl Iterator<Item = (usize, &'a str)>,
    label: &str,
) -> Result<Zeroizing<Vec<u8>>, &'static str> {
    let end = format!("-----END {label}-----");
    let mut body = Zeroizing::new(String::with_capacity(128));
    for (_, line) in lines {
        if line == end {
            let bytes = BASE64.decode(body.as_bytes()).map_err(|_| "the block is not base64")?;
            return Ok(Zeroizing::new(bytes));
        }
        body.push_str(line);
    }
    Err("the block has no end")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::samples;

    fn ring() -> KeyRing {
        let ring = KeyRing::generate([1; 32], [2; 32], samples::moment(0));
        ring.rotated(samples::moment(60), [3; 32], samples::moment(1)).unwrap()
    }

    #[test]
    fn line_breaks_of_windows_spaces_and_remarks_do_not_matter() {
        let text = write(&ring());
        let other = text.replace('\n', " \r\n").replace("Key: next", "# ours: do not touch\n\n  Key: next");
        assert_eq!(*write(&read(&other).unwrap()), *text);
    }

    #[test]
    fn a_retired_key_is_kept_without_its_private_half() {
        let text = write(&ring());
        let (_, previous) = text.split_once("Key: previous").unwrap();
        assert!(previous.contains("BEGIN PUBLIC KEY") && !previous.contains("PRIVATE"));
        let private = BASE64.encode(SigningKey::from_seed([1; 32]).pkcs8());
        assert!(!text.contains(&private));
    }

    proptest! {
        #[test]
        fn whatever_the_file_holds_reading_it_ends_with_keys_or_an_error(
            cut in 0..900_usize, put in ".{0,40}", take in 0..80_usize,
        ) {
            let text = write(&ring());
            let (cut, end) = (cut.min(text.len()), (cut + take).min(text.len()));
            let _ = read(&format!("{}{put}{}", &text[..cut], &text[end..]));
            let _ = read(&put);
        }
    }
}
