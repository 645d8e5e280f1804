//! Finds e-mail addresses, and names in messengers after a word that announces them.

use super::letters::{Span, digit};
use crate::words::begins_known;

/// Words for messengers and phones. The text after one is personal if it looks like a name in a
/// messenger or like a number; `微信 闪退` (WeChat crashes) is a fault.
const WORDS: [&str; 19] = [
    "微信",
    "wechat",
    "weixin",
    "whatsapp",
    "qq",
    "vx",
    "wx",
    "v信",
    "电话",
    "手机号",
    "telegram",
    "skype",
    "tel",
    "加微",
    "加v",
    "加我",
    "企鹅",
    "薇信",
    "威信",
];
/// After one of these and a colon, any text is personal.
const NAMES: [&str; 6] = ["联系人", "地址", "收件人", "姓名", "住址", "机主"];
/// Other words around a phone number. Alone they describe no device.
const AROUND: [&str; 22] = [
    "手机",
    "联系",
    "方式",
    "号码",
    "号",
    "码",
    "是",
    "我的",
    "我",
    "请",
    "打",
    "加",
    "找",
    "imei",
    "身份证",
    "序列号",
    "phone",
    "number",
    "contact",
    "call",
    "mail",
    "email",
];
/// The fewest digits of a number in a messenger.
const DIGITS: usize = 5;

/// The positions of e-mail addresses and of names and numbers in messengers.
pub(super) fn find(letters: &[char]) -> Vec<Span> {
    let mut found = emails(letters);
    let lower: Vec<char> = letters.iter().map(char::to_ascii_lowercase).collect();
    // Fast path: few texts have all the letters of one of the words.
    let letters_of = |text: &mut dyn Iterator<Item = char>| text.fold(0, |bits, letter| bits | bit(letter));
    let here = letters_of(&mut lower.iter().copied());
    let words = WORDS.iter().map(|word| (word, false)).chain(NAMES.iter().map(|word| (word, true)));
    for (word, any) in words.filter(|(word, _)| letters_of(&mut word.chars()) & !here == 0) {
        found.extend(places(&lower, word).filter_map(|end| announced(letters, end, any, word.is_ascii())));
    }
    found
}

/// One bit of 64 for a letter. Others may have the same one.
fn bit(letter: char) -> u64 {
    1 << (u32::from(letter) % u64::BITS)
}

/// The text without the words that announce personal data.
pub(super) fn without_their_words(text: &str) -> String {
    let text = text.to_lowercase();
    WORDS.iter().chain(&NAMES).chain(&AROUND).fold(text, |text, word| text.replace(word, ""))
}

fn emails(letters: &[char]) -> Vec<Span> {
    let inside = |letter: &char| letter.is_ascii_alphanumeric() || "._%+-".contains(*letter);
    let around = |(at, _): (usize, &char)| {
        let before = letters[..at].iter().rev().take_while(|it| inside(it)).count();
        let behind = &letters[at + 1..];
        let after = behind.iter().take_while(|it| inside(it)).count();
        let dotted = behind[..after].contains(&'.');
        (before > 0 && dotted).then_some((at - before, at + 1 + after))
    };
    letters.iter().enumerate().filter(|(_, it)| matches!(it, '@' | '＠')).filter_map(around).collect()
}

/// The end of each place where the word stands by itself, and not inside a longer English word.
fn places<'a>(lower: &'a [char], word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let first = word.chars().next();
    let begins = lower.iter().enumerate().filter(move |(_, letter)| Some(**letter) == first);
    begins.filter_map(move |(at, _)| {
        let end = at + word.chars().count();
        let within = word.is_ascii() && at > 0 && lower[at - 1].is_ascii_alphanumeric();
        let here = lower.get(at..end).is_some_and(|letters| letters.iter().copied().eq(word.chars()));
        (here && !within).then_some(end)
    })
}

/// The personal data after the word that ends at `end`; `None` if there is none. With `any`, all text
/// after a colon is personal.
fn announced(letters: &[char], end: usize, any: bool, ascii: bool) -> Option<Span> {
    let mark = |letter: &&char| {
        matches!(
            letter,
            ':' | '：' | '号' | ' ' | '是' | '码' | '=' | '\u{3000}' | '-' | '—' | '/' | '(' | '（' | '→'
        )
    };
    let marks = letters[end..].iter().take_while(mark).count();
    let start = end + marks;
    let colon = letters[end..start].iter().any(|letter| matches!(letter, ':' | '：'));
    let name = |letter: &&char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let id = |letter: &&char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let rest = &letters[start..];
    let length = rest.iter().take_while(if colon { name as fn(&&char) -> bool } else { id }).count();
    let digits = rest.iter().take_while(|letter| digit(**letter).is_some()).count();
    let text: String = rest[..length].iter().collect();
    // 微信闪退, wechat crashes: known words describe the device.
    let known = begins_known(&text);
    let mixed = text.contains(|it: char| it.is_ascii_digit() || it == '_');
    let personal = match marks {
        // Without a mark between: vx123456, 微信zhangsan88.
        0 => digits >= DIGITS || (!ascii && length >= DIGITS && mixed),
        _ if colon && any => true,
        _ => digits >= DIGITS || (!known && text.chars().count() >= 2),
    };
    let length = length.max(if personal { digits } else { 0 });
    (personal && length >= 2).then_some((start, start + length))
}
