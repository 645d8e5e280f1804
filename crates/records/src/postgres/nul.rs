//! The character U+0000: SQLite can store it in text, PostgreSQL cannot.

/// Removes that character from JSON text.
pub(super) fn without_nul(json: String) -> String {
    const NUL: &str = "\\u0000";
    if !json.contains(NUL) {
        return json;
    }
    let (mut kept, mut rest) = (String::with_capacity(json.len()), json.as_str());
    while let Some(at) = rest.find('\\') {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        // An escape has two characters, or six for `\uXXXX`.
        let escape = if rest.starts_with(NUL) { NUL.len() } else { 2 };
        if escape == 2 {
            kept.push_str(&rest[..escape]);
        }
        rest = &rest[escape..];
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::without_nul;

    #[test]
    fn only_the_character_itself_is_left_out() {
        for text in ["", "plain", "屏\0碎", "\0\0", "a\\u0000b", "\\\0\"", "\u{1}\0"] {
            let json = without_nul(serde_json::to_string(text).unwrap());
            let read: String = serde_json::from_str(&json).unwrap();
            assert_eq!(read, text.replace('\0', ""), "{json}");
        }
    }
}
