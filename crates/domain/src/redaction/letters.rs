//! Characters of a text: their positions, and digits in every way of writing.

/// Positions in characters: the first, and the one after the last.
pub(super) type Span = (usize, usize);

/// The value of a digit: `8`, `８` or `八`.
pub(super) fn digit(letter: char) -> Option<u32> {
    const HAN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match letter {
        '0'..='9' => letter.to_digit(10),
        '０'..='９' => Some(u32::from(letter) - 0xFF10),
        '〇' => Some(0),
        '幺' => Some(1),
        _ => HAN.iter().position(|it| *it == letter).map(|it| it as u32),
    }
}
