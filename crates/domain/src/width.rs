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

#[cfg(test)]
mod tests {
    use super::half_width;

    #[test]
    fn full_width_letters_digits_marks_and_spaces_become_half_width_and_others_stay() {
        assert_eq!(half_width("ＲＯＭ\u{3000}２５６（ｇｂ）～！"), "ROM 256(gb)~!");
        assert_eq!(half_width("屏碎、ok é"), "屏碎、ok é");
    }
}
