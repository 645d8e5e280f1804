//! What is personal in a text that somebody typed: phone numbers, IMEI and other long numbers,
//! e-mail and postal addresses, names in messengers. It is blanked at the door, so that it is
//! neither sent to the partner nor kept nor logged (decision 20 of the partner's protocol).

use std::borrow::Cow;

/// What stands for what was blanked.
#[cfg(feature = "words")]
const BLANK: char = '…';

/// The text with `…` in place of what is personal in it. What is blanked once stays as it is.
#[cfg(feature = "words")]
pub fn redacted(text: &str) -> Cow<'_, str> {
    if !may_be_personal(text) {
        return Cow::Borrowed(text);
    }
    let letters: Vec<char> = text.chars().collect();
    let mut found = numbers(&letters);
    found.extend(emails(&letters));
    found.extend(contacts(&letters));
    found.extend(chinese_addresses(&letters));
    found.extend(english_addresses(&letters));
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        match found.iter().any(|(start, end)| (*start..*end).contains(&at)) {
            true if kept.ends_with(BLANK) => {}
            true => kept.push(BLANK),
            false => kept.push(*letter),
        }
    }
    Cow::Owned(kept)
}

/// Whether a closer look is worth it: names of models, sizes and faults hold none of the signs of
/// what is personal, and they are most of what is read.
#[cfg(feature = "words")]
fn may_be_personal(text: &str) -> bool {
    /// Fewer digits than this are no number of a person's.
    const FEW: usize = 8;
    const SIGNS: [char; 18] = [
        '@', '＠', ':', '：', '微', '电', '手', '联', '址', '路', '街', '道', '巷', '弄', '村', '镇', '区',
        '园',
    ];
    let digits = text.chars().filter(|letter| digit(*letter).is_some()).count();
    digits >= FEW
        || text.contains(SIGNS)
        || text.contains('苑')
        || (digits > 0 && text.split(|it: char| !it.is_ascii_alphanumeric()).any(is_street))
}

#[cfg(feature = "words")]
fn is_street(word: &str) -> bool {
    const STREETS: [&str; 9] = ["street", "st", "road", "rd", "avenue", "ave", "lane", "drive", "boulevard"];
    STREETS.iter().any(|street| word.eq_ignore_ascii_case(street))
}

/// The browser sends what was typed; the server blanks it.
#[cfg(not(feature = "words"))]
pub fn redacted(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

/// From the first letter to the one after the last.
#[cfg(feature = "words")]
type Span = (usize, usize);

/// A digit in any script that numbers are written in: `8`, `８`, `八`.
#[cfg(feature = "words")]
fn digit(letter: char) -> Option<u32> {
    const HAN: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match letter {
        '０'..='９' => letter.to_digit(10).or(Some(u32::from(letter) - 0xFF10)),
        '〇' => Some(0),
        '幺' => Some(1),
        _ => letter.to_digit(10).or_else(|| HAN.iter().position(|it| *it == letter).map(|it| it as u32)),
    }
}

/// Digits that belong together though marks part them, long enough to be a phone's, an IMEI, a
/// card's or an identity's number.
#[cfg(feature = "words")]
fn numbers(letters: &[char]) -> Vec<Span> {
    /// Digits in a row of which no size, year or price has so many.
    const LONG: usize = 8;
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if digit(letters[at]).is_none() {
            at += 1;
            continue;
        }
        let (start, mut end, mut longest, mut row) = (at, at, 0, 0);
        let mut digits = Vec::new();
        while at < letters.len() {
            match digit(letters[at]) {
                Some(value) => {
                    digits.push(value);
                    row += 1;
                    longest = longest.max(row);
                    end = at + 1;
                }
                // One mark between digits.
                None if matches!(letters[at], ' ' | '-' | '.' | '–' | '\u{a0}')
                    && letters.get(at + 1).is_some_and(|next| digit(*next).is_some()) =>
                {
                    row = 0;
                }
                None => break,
            }
            at += 1;
        }
        let mobile = |digits: &[u32]| digits.len() == 11 && digits[0] == 1 && digits[1] >= 3;
        let abroad = digits.len() == 13 && digits[..2] == [8, 6] && mobile(&digits[2..]);
        let landline = digits[0] == 0 && (10..=12).contains(&digits.len());
        if longest >= LONG || mobile(&digits) || abroad || landline || (14..=19).contains(&digits.len()) {
            // The last of an identity's number may be a letter.
            let check = digits.len() == 17 && letters.get(end).is_some_and(|it| matches!(it, 'x' | 'X'));
            found.push((start, end + usize::from(check)));
        }
    }
    found
}

#[cfg(feature = "words")]
fn emails(letters: &[char]) -> Vec<Span> {
    let inside = |letter: &char| letter.is_ascii_alphanumeric() || "._%+-".contains(*letter);
    let around = |(at, _): (usize, &char)| {
        let before = letters[..at].iter().rev().take_while(|it| inside(it)).count();
        let after = letters[at + 1..].iter().take_while(|it| inside(it)).count();
        let dotted = letters[at + 1..at + 1 + after].contains(&'.');
        (before > 0 && dotted).then_some((at - before, at + 1 + after))
    };
    letters.iter().enumerate().filter(|(_, it)| matches!(it, '@' | '＠')).filter_map(around).collect()
}

/// What follows a word that announces how somebody can be reached.
#[cfg(feature = "words")]
fn contacts(letters: &[char]) -> Vec<Span> {
    const WORDS: [&str; 10] =
        ["微信", "wechat", "whatsapp", "qq", "vx", "电话", "手机号", "联系人", "telegram", "地址"];
    let lower: Vec<char> = letters.iter().map(char::to_ascii_lowercase).collect();
    let mut found = Vec::new();
    for word in WORDS {
        let word: Vec<char> = word.chars().collect();
        for at in 0..lower.len().saturating_sub(word.len()) {
            // A word by itself, and not the end of another.
            let within = word[0].is_ascii() && at > 0 && lower[at - 1].is_ascii_alphanumeric();
            if within || lower[at..at + word.len()] != word[..] {
                continue;
            }
            let marks = |letter: &&char| matches!(letter, ':' | '：' | '号' | ' ' | '是' | '码');
            let after = at + word.len() + lower[at + word.len()..].iter().take_while(marks).count();
            let told = after > at + word.len();
            let name = |letter: &&char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
            let length = letters[after..].iter().take_while(name).count();
            if told && length >= 2 {
                found.push((after, after + length));
            }
        }
    }
    found
}

/// A street or an estate with a number: 建国路88号3单元502室, 阳光小区5栋.
#[cfg(feature = "words")]
fn chinese_addresses(letters: &[char]) -> Vec<Span> {
    const PLACES: [char; 10] = ['路', '街', '道', '巷', '弄', '村', '镇', '区', '苑', '园'];
    const NUMBERED: [char; 8] = ['号', '栋', '幢', '座', '单', '室', '弄', '楼'];
    let part = |letter: &char| letter.is_alphanumeric() || matches!(letter, '-' | '#');
    let mut found = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        if !PLACES.contains(letter) {
            continue;
        }
        let digits = letters[at + 1..].iter().take_while(|it| digit(**it).is_some()).count();
        let numbered = letters.get(at + 1 + digits).is_some_and(|it| NUMBERED.contains(it));
        if digits == 0 || !numbered {
            continue;
        }
        let before = letters[..at].iter().rev().take_while(|it| part(it)).count();
        let after = letters[at..].iter().take_while(|it| part(it)).count();
        found.push((at - before, at + after));
    }
    found
}

/// A number with a street after it: 221B Baker Street.
#[cfg(feature = "words")]
fn english_addresses(letters: &[char]) -> Vec<Span> {
    /// Words between the number and what says that it is a street.
    const NAME: usize = 3;
    let mut words: Vec<(Span, String)> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let length = letters[at..].iter().take_while(|it| it.is_ascii_alphanumeric()).count();
        if length > 0 {
            words.push(((at, at + length), letters[at..at + length].iter().collect()));
        }
        at += length.max(1);
    }
    let mut found = Vec::new();
    for (place, (span, word)) in words.iter().enumerate() {
        if !word.starts_with(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        let named = words[place + 1..].iter().take(NAME + 1).skip(1);
        let street = named.take_while(|(_, word)| word.len() > 1).find(|(_, word)| is_street(word));
        if let Some((end, _)) = street {
            found.push((span.0, end.1));
        }
    }
    found
}

#[cfg(all(test, feature = "words"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_personal_is_blanked() {
        for (typed, kept) in [
            ("屏幕碎 13800138000 联系", "屏幕碎 … 联系"),
            ("call 138-0013-8000", "call …"),
            ("138 0013 8000", "…"),
            ("１３８００１３８０００", "…"),
            ("一三八零零一三八零零零", "…"),
            ("+86 13800138000", "+…"),
            ("010-88886666", "…"),
            ("IMEI 490154203237518", "IMEI …"),
            ("35 209900 176148 1", "…"),
            ("身份证11010519491231002X", "身份证…"),
            ("zhang.san@example.com 坏了", "… 坏了"),
            ("微信：zhangsan88", "微信：…"),
            ("WeChat: zhang_san", "WeChat: …"),
            ("联系人: 张三", "联系人: …"),
            ("北京市朝阳区建国路88号3单元502室 自取", "… 自取"),
            ("阳光小区5栋", "…"),
            ("221B Baker Street, London", "…, London"),
        ] {
            assert_eq!(redacted(typed), kept, "{typed}");
            assert_eq!(redacted(kept), kept, "once is enough: {kept}");
        }
    }

    #[test]
    fn what_tells_of_the_device_stays() {
        for text in [
            "iPhone 14 Pro",
            "iPhone 14, 256GB, 1234567",
            "MacBook Air 13 英寸 (M2)",
            "2023-11-05",
            "12+512",
            "ThinkPad X1 Carbon Gen 11",
            "屏幕右上角有 3 条绿线",
            "健康度低于80%",
            "EOS R6 Mark II 24-105mm",
            "外屏损坏(外屏碎裂，显示正常)",
            "手机",
            "微信闪退",
            "2 St buttons",
            "Galaxy Z Fold5 12GB 512GB",
            "电话无声",
            "充电口 2 号",
            "Alpha 7 IV (ILCE-7M4)",
        ] {
            assert_eq!(redacted(text), text);
        }
    }
}
