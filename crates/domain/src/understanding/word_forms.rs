//! Words of a model's name in other forms than their makers': I Phone, Mac Book, R6 MkII.

/// Names that people write in two words, in lower case.
const IN_TWO: [(&str, &str, &str); 6] = [
    ("i", "phone", "iPhone"),
    ("i", "pad", "iPad"),
    ("mac", "book", "MacBook"),
    ("think", "pad", "ThinkPad"),
    ("mate", "book", "MateBook"),
    ("mate", "pad", "MatePad"),
];
/// The numbers of camera models, from the second on.
const ROMAN: [&str; 6] = ["II", "III", "IV", "V", "VI", "VII"];

/// The name with its makers' forms of such words. A name without any stays as it is, with its spaces.
pub(super) fn of_the_maker(name: &str) -> String {
    // 果14, 米14
    for (letter, brand) in [('果', "苹果"), ('米', "小米")] {
        if let Some(rest) =
            name.strip_prefix(letter).filter(|rest| rest.starts_with(|it: char| it.is_ascii_digit()))
        {
            return format!("{brand}{rest}");
        }
    }
    let mut words: Vec<String> = Vec::new();
    let mut changed = false;
    let mut rest = name.split(' ').peekable();
    while let Some(word) = rest.next() {
        let lower = word.to_ascii_lowercase();
        let next = rest.peek().map(|next| next.to_ascii_lowercase()).unwrap_or_default();
        let in_two = IN_TWO.iter().find(|(first, second, _)| {
            lower == *first && next == *second || lower.split_once('-') == Some((first, second))
        });
        if let Some((first, _, whole)) = in_two {
            if lower == *first {
                rest.next();
            }
            words.push((*whole).to_owned());
            changed = true;
            continue;
        }
        // MkII, mk4 behind the number of a model. Mark II stays as it is.
        let mark = lower.strip_prefix("mk").map(|mark| mark.trim_start_matches('.'));
        match mark.and_then(roman).filter(|_| !words.is_empty()) {
            Some(number) => {
                words.extend(["Mark".to_owned(), number.to_owned()]);
                changed = true;
            }
            None => words.push(word.to_owned()),
        }
    }
    if changed { words.join(" ") } else { name.to_owned() }
}

fn roman(text: &str) -> Option<&'static str> {
    let by_number = || ROMAN.get(text.parse::<usize>().ok()?.checked_sub(2)?).copied();
    ROMAN.iter().copied().find(|number| number.eq_ignore_ascii_case(text)).or_else(by_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_makers_form() {
        for (name, form) in [
            ("R6 MkII", "R6 Mark II"),
            ("5D mk4", "5D Mark IV"),
            ("G7X Mk.3", "G7X Mark III"),
            ("I Phone 13", "iPhone 13"),
            ("i-Pad 9th gen", "iPad 9th gen"),
            ("Mac Book Air", "MacBook Air"),
            ("R6 Mark II", "R6 Mark II"),
            ("Mk2", "Mk2"),
            ("Mate 60  Pro", "Mate 60  Pro"),
            ("果14", "苹果14"),
            ("米家", "米家"),
        ] {
            assert_eq!(of_the_maker(name), form);
        }
    }
}
