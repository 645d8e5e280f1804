//! Decodes text: UTF-8, UTF-16 with or without a mark, GB18030, Big5, and Western Windows text.

use std::borrow::Cow;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::read_error::ReadError;

/// One character in this many may be broken; each is then read as U+FFFD.
const ONE_BROKEN_IN: usize = 50;
/// Characters of headings and cells, by which texts in GB18030 and in Big5 are told apart.
const SIMPLIFIED: &str = "手机型号品牌成色容量设备类内存储功能状态苹果华为正常新笔记本电脑平板一九八七数";
const TRADITIONAL: &str = "手機型號品牌成色容量設備類內存儲功能狀態蘋果華為正常新筆記本電腦平板一九八七數體";

/// The text of a file.
///
/// # Errors
/// [`ReadError::Encoding`], and [`ReadError::Unknown`] for what is no text.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return mended(encoding, &bytes[mark..]).ok_or(ReadError::Encoding);
    }
    if bytes.contains(&0) {
        return without_a_mark(bytes).ok_or(ReadError::Unknown);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    if let Some(text) = mended(encoding_rs::UTF_8, bytes) {
        return Ok(text);
    }
    if is_western(bytes) {
        return Ok(WINDOWS_1252.decode_without_bom_handling(bytes).0);
    }
    let score = |encoding, common: &str| {
        let text: Cow<'_, str> = mended(encoding, bytes)?;
        Some((text.chars().filter(|it| !it.is_ascii() && common.contains(*it)).count(), text))
    };
    match (score(GB18030, SIMPLIFIED), score(BIG5, TRADITIONAL)) {
        (Some((simplified, _)), Some((traditional, text))) if traditional > simplified => Ok(text),
        (Some((_, text)), _) | (None, Some((_, text))) => Ok(text),
        (None, None) => Err(ReadError::Encoding),
    }
}

/// The text, if no more than a few characters are broken. A text of one kind of encoding is broken everywhere in
/// another.
fn mended<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if !broken {
        return Some(text);
    }
    let (mut all, mut lost, mut within) = (0, 0, false);
    for letter in text.chars() {
        let broken = letter == char::REPLACEMENT_CHARACTER;
        all += usize::from(!letter.is_ascii());
        // Of one broken character, several bytes may be replaced.
        lost += usize::from(broken && !within);
        within = broken;
    }
    (lost * ONE_BROKEN_IN <= all || (lost == 1 && all > 10)).then_some(text)
}

/// UTF-16 without a mark: every ASCII character has a zero byte beside it.
fn without_a_mark(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let encoding = if zeros(1) > zeros(0) { UTF_16LE } else { UTF_16BE };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let is_text = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t');
    (text.chars().all(is_text) && text.contains('\n')).then_some(text)
}

/// Whether the bytes beyond ASCII stand alone among letters, as in `André` or `13”`: a Chinese character has two.
fn is_western(bytes: &[u8]) -> bool {
    let alone = |at: usize| {
        let ascii = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(u8::is_ascii);
        ascii(at.checked_sub(1)) && ascii(Some(at + 1))
    };
    let mut beyond = (0..bytes.len()).filter(|at| !bytes[*at].is_ascii()).peekable();
    beyond.peek().is_some() && bytes.iter().any(u8::is_ascii_alphabetic) && beyond.all(alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str =
        "品牌,型号,成色\r\n苹果,iPhone 13,九成新\r\n华为,Mate 60,八成新\r\n苹果,iPhone 14,九成新\r\n";

    #[test]
    fn each_encoding_is_told_by_its_text() {
        let traditional = "品牌,型號,成色\r\n蘋果,iPhone 13,九成新\r\n華為,Mate 60,八成新\r\n";
        let wide = |to_bytes: fn(u16) -> [u8; 2]| LIST.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
        for (bytes, text) in [
            (LIST.as_bytes().to_vec(), LIST),
            (GB18030.encode(LIST).0.into_owned(), LIST),
            (BIG5.encode(traditional).0.into_owned(), traditional),
            (wide(u16::to_le_bytes), LIST),
            (wide(u16::to_be_bytes), LIST),
            (
                WINDOWS_1252.encode("Model,Notes\niPhone 13,André, 6.1” wide").0.into_owned(),
                "Model,Notes\niPhone 13,André, 6.1” wide",
            ),
        ] {
            assert_eq!(decode(&bytes).unwrap(), text);
        }
    }

    #[test]
    fn one_broken_byte_costs_one_character() {
        for bytes in [LIST.as_bytes().to_vec(), GB18030.encode(LIST).0.into_owned()] {
            let mut broken = bytes.clone();
            // Within the last line's 苹果.
            let at = bytes.windows(7).rposition(|it| it == b"iPhone ").unwrap() - 2;
            broken[at] = 0xff;
            let text = decode(&broken).unwrap();
            assert_eq!(text.lines().count(), 4, "{text}");
            assert!(text.contains("华为,Mate 60,八成新"), "{text}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(&[0xff, 0xff, 0x80]), Err(ReadError::Encoding));
        assert_eq!(decode(b"GIF89a\0\x01"), Err(ReadError::Unknown));
    }
}
