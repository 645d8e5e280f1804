//! What each word of a model's name means.

use super::lists::{CHINESE_NEUTRAL, CHINESE_TELLING, COLOURS, ENDINGS, NEUTRAL, TELLING};
use super::pieces::{Kind, Piece};
use crate::same_device::brand::{brand, brand_within};

/// The meaning of a word in a model's name.
pub(super) enum Told {
    /// It distinguishes models.
    Telling(String),
    /// It distinguishes models, but words around it may still be a colour.
    Edition(String),
    /// It is the model's brand.
    Brand(String),
    /// It is part of a colour's name.
    Colour,
    /// It is none of these.
    Other(String),
}

/// The meaning of an English word; `own_brand` is the requested brand.
pub(super) fn english(word: &str, own_brand: &str) -> Vec<Told> {
    if let Some(brand) = brand(word) {
        return vec![Told::Brand(brand.to_owned())];
    }
    if word == own_brand {
        return vec![Told::Brand(word.to_owned())];
    }
    if NEUTRAL.contains(&word) || matches!(word, "th" | "nd" | "rd" | "st") {
        return Vec::new();
    }
    if COLOURS.contains(&word) {
        return vec![Told::Colour];
    }
    // promax is pro max.
    let mut told = Vec::new();
    let mut rest = word;
    while let Some(ending) =
        ENDINGS.iter().find(|ending| rest.len() > ending.len() && rest.ends_with(**ending))
    {
        told.push(Told::Telling((*ending).to_owned()));
        rest = &rest[..rest.len() - ending.len()];
    }
    let telling = rest.len() <= 2 || TELLING.contains(&rest);
    told.push(if telling { Told::Telling(rest.to_owned()) } else { Told::Other(rest.to_owned()) });
    told.reverse();
    told
}

/// The meaning of a run of Chinese letters, between the pieces before and after it.
pub(super) fn chinese(
    piece: Piece<'_>,
    before: Option<Piece<'_>>,
    next: Option<Piece<'_>>,
    own_brand: &str,
) -> Vec<Told> {
    let mut told = Vec::new();
    let mut text = piece.text.to_owned();
    // The unit of a number: 13英寸, 2023款, 5代.
    if piece.glued && before.is_some_and(|before| before.kind == Kind::Digits) {
        for unit in ["英寸", "寸", "年款", "款", "年", "代"] {
            if let Some(rest) = text.strip_prefix(unit) {
                text = rest.to_owned();
                break;
            }
        }
    }
    if next.is_some_and(|next| next.glued && next.kind == Kind::Digits) {
        text = text.trim_end_matches('第').to_owned();
    }
    while let Some((brand, around)) = brand_within(&text) {
        told.push(Told::Brand(brand.to_owned()));
        text = around;
    }
    if !own_brand.is_ascii() && text.contains(own_brand) {
        told.push(Told::Brand(own_brand.to_owned()));
        text = text.replace(own_brand, " ");
    }
    if let Some((generation, around)) = generation(&text) {
        told.push(Told::Telling(generation));
        text = around;
    }
    for neutral in CHINESE_NEUTRAL {
        text = text.replace(neutral, " ");
    }
    for word in text.split_whitespace() {
        told.extend(match word {
            "版" => None,
            _ if CHINESE_TELLING.iter().any(|telling| word.contains(telling)) => {
                Some(Told::Edition(word.to_owned()))
            }
            _ if word.ends_with('色') => Some(Told::Colour),
            _ => Some(Told::Other(word.to_owned())),
        });
    }
    told
}

/// Finds 第五代 or 五代 in a text. Returns the number in digits, and the text around it.
fn generation(text: &str) -> Option<(String, String)> {
    const HAN: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let (whole, behind) = text.split_once('代')?;
    let front = whole.trim_end_matches(HAN);
    let number = &whole[front.len()..];
    let value = |letters: &str| {
        let mut letters = letters.chars();
        let (letter, more) = (letters.next()?, letters.next());
        HAN.iter().position(|it| *it == letter).filter(|_| more.is_none()).map(|place| place + 1)
    };
    let value = match number.strip_prefix('十').filter(|ones| !ones.is_empty()) {
        Some(ones) => 10 + value(ones)?,
        None => value(number)?,
    };
    Some((value.to_string(), format!("{} {behind}", front.trim_end_matches('第'))))
}
