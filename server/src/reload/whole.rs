//! Decides whether a changed file of settings is complete. A full disk, an editor that was killed or a copy
//! that was interrupted can leave a file that is empty or ends early but is still valid TOML.

use crate::merchants::Merchants;

/// One version of a file of settings: its text, and its merchants.
pub(super) struct Version<'a> {
    pub(super) text: &'a [u8],
    pub(super) merchants: &'a Merchants,
}

/// Why a file is considered incomplete.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Doubt {
    /// It has no merchants any more.
    #[error(
        "it names no merchants any more and is taken for emptied; put them back, or restart the server if none is meant"
    )]
    Emptied,
    /// Its end is missing, and with it these merchants.
    #[error(
        "it ends early{} and is taken for half-written; complete it, or send SIGHUP if that is meant",
        without(.0)
    )]
    CutOff(Vec<String>),
}

impl Doubt {
    /// Whether the file is refused even after SIGHUP, by which an operator confirms its content. Secret
    /// stores send SIGHUP too, and a server with merchants must not fall back to the demo while it runs.
    pub(super) fn outlasts_a_signal(&self) -> bool {
        matches!(self, Self::Emptied)
    }
}

fn without(ids: &[String]) -> String {
    if ids.is_empty() { String::new() } else { format!(", without the merchants {}", ids.join(", ")) }
}

/// Why `new` is considered incomplete, compared with `used`, the version in use; `None` if it is accepted.
///
/// - A version with the same merchants is complete.
/// - A version without merchants is emptied.
/// - A version is cut off if it is a beginning of the old text; if its merchants are the first of the old
///   ones and the last are missing; or if it is shorter and its last line has no line break, but the old one
///   had.
/// - Changes in the middle, such as another merchant in the place of one, are accepted.
pub(super) fn doubt(used: &Version<'_>, new: &Version<'_>) -> Option<Doubt> {
    if !used.merchants.are_set() || used.merchants == new.merchants {
        return None;
    }
    if !new.merchants.are_set() {
        return Some(Doubt::Emptied);
    }
    let ids = |merchants: &Merchants| merchants.iter().map(|one| one.id.clone()).collect::<Vec<_>>();
    let (before, now) = (ids(used.merchants), ids(new.merchants));
    let is_beginning = used.text.starts_with(new.text);
    let last_are_missing = now.len() < before.len() && before.starts_with(&now);
    let is_torn =
        new.text.len() < used.text.len() && used.text.ends_with(b"\n") && !new.text.ends_with(b"\n");
    let missing = || before.iter().filter(|id| !now.contains(id)).cloned().collect();
    (is_beginning || last_are_missing || is_torn).then(|| Doubt::CutOff(missing()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;

    const ONE: &str = "[[merchants]]\nid = \"one\"\nname = \"One\"\norigins = [\"https://one.example\"]\n";
    const TWO: &str = "[[merchants]]\nid = \"two\"\nname = \"Two\"\norigins = [\"https://two.example\"]\n";

    fn judged(used: &str, new: &str) -> Option<Doubt> {
        let merchants = |text: &str| Settings::read_with(&|_| None, text.as_bytes()).unwrap().merchants;
        let (before, now) = (merchants(used), merchants(new));
        doubt(
            &Version { text: used.as_bytes(), merchants: &before },
            &Version { text: new.as_bytes(), merchants: &now },
        )
    }

    #[test]
    fn an_emptied_file_is_doubted() {
        for emptied in ["", "\n\n", "# Settings\n", "[limits]\nper_minute = 5\n"] {
            assert_eq!(judged(ONE, emptied), Some(Doubt::Emptied), "{emptied:?}");
        }
    }

    #[test]
    fn a_file_that_is_cut_off_is_doubted_or_cannot_be_read() {
        let whole = format!("[limits]\nper_minute = 5\n{ONE}{TWO}");
        // The text has an edit at its beginning, so it is not a beginning of the old text. If such a file
        // ends between two lines of its last merchant, this cannot be distinguished from an intended change.
        let edited = format!("[limits]\nper_minute = 50\n{ONE}{TWO}");
        let merchants = |text: &str| Settings::read_with(&|_| None, text.as_bytes()).map(|all| all.merchants);
        let used = merchants(&whole).unwrap();
        for (text, between_lines) in [(&whole, true), (&edited, false)] {
            for end in 0..text.len() {
                let cut = &text[..end];
                let Ok(now) = merchants(cut) else { continue };
                let is_unlike = now.iter().count() == 2 && cut.ends_with('\n') && !between_lines;
                assert!(is_unlike || now == used || judged(&whole, cut).is_some(), "{cut:?}");
            }
        }
        let said = judged(&whole, &whole[..whole.len() - TWO.len()]).unwrap().to_string();
        assert!(said.contains("without the merchants two") && said.contains("SIGHUP"), "{said}");
    }

    #[test]
    fn what_is_meant_is_believed() {
        let both = format!("{ONE}{TWO}");
        let meant: [(&str, &str); 9] = [
            ("", ONE),
            (ONE, ONE),
            (ONE, TWO),
            (ONE, &both),
            (&both, TWO),
            (&both, &format!("# A comment.\n{both}")),
            (&both, both.trim_end()),
            (&both, &both.replace("Two", "The second")),
            ("[limits]\nper_minute = 5\n", ""),
        ];
        for (used, new) in meant {
            assert_eq!(judged(used, new), None, "{used:?} {new:?}");
        }
    }
}
