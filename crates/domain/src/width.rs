//! Full-width and half-width text.

/// Text with full-width letters, digits and marks as half-width ones: `ＲＯＭ` as `ROM`.
pub fn half_width(text: &str) -> String {
    let half = |letter: char| match letter {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        _ => letter,
    };
    text.chars().map(half).collect()
}
