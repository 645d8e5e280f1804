//! Finds what separates the cells of a text, and quotes that are never closed.

/// Known delimiters. Of equally good ones, the first counts.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// How many lines are looked at.
const LINES: usize = 60;

/// The delimiter that a first line `sep=;` names, and where the text begins after it. Excel shows no such line.
pub(crate) fn named(text: &str) -> Option<(char, usize)> {
    let line = text.lines().next()?;
    let name = line.get(..4)?;
    let mut rest = line.get(4..)?.trim_end_matches('\r').chars();
    let delimiter = rest.next().filter(|letter| letter.is_ascii() && !letter.is_alphanumeric())?;
    let begin = text.find('\n').map_or(text.len(), |at| at + 1);
    (name.eq_ignore_ascii_case("sep=") && rest.next().is_none()).then_some((delimiter, begin))
}

/// The delimiter that makes the most lines equally wide: within a cell there may be many commas, but not equally many
/// in each line.
pub(crate) fn found(text: &str) -> char {
    let mut widths: [Vec<usize>; DELIMITERS.len()] = Default::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()).take(LINES) {
        let mut counts = [0; DELIMITERS.len()];
        let mut quoted = false;
        for letter in line.chars() {
            quoted ^= letter == '"';
            if let Some(place) = DELIMITERS.iter().position(|it| *it == letter).filter(|_| !quoted) {
                counts[place] += 1;
            }
        }
        for (widths, count) in widths.iter_mut().zip(counts) {
            widths.push(count);
        }
    }
    let best = widths.iter().map(|widths| equal_lines(widths)).max().unwrap_or_default();
    let place = widths.iter().position(|widths| equal_lines(widths) == best).unwrap_or_default();
    DELIMITERS[place]
}

/// How many lines have the commonest width above none, and that width.
fn equal_lines(widths: &[usize]) -> (usize, usize) {
    let lines = |width: usize| widths.iter().filter(|it| **it == width).count();
    widths.iter().filter(|width| **width > 0).map(|width| (lines(*width), *width)).max().unwrap_or_default()
}

/// The text without those quotes that begin a cell and are never closed, or only in a later row: they would make one
/// cell of several rows. `None` if there is no such quote.
pub(crate) fn without_open_quotes(text: &str, delimiter: char) -> Option<String> {
    let columns = text.lines().find(|line| !line.trim().is_empty())?.matches(delimiter).count();
    let swallows = |cell: &str| {
        columns > 0 && cell.lines().skip(1).any(|line| line.matches(delimiter).count() >= columns)
    };
    let mut open_ones = Vec::new();
    let mut from = 0;
    while let Some((open, close)) = next_quoted(text, delimiter, from) {
        match close.filter(|close| !swallows(&text[open..*close])) {
            Some(close) => from = close,
            None => {
                open_ones.push(open);
                from = open + 1;
            }
        }
    }
    let first = *open_ones.first()?;
    let mut mended = String::with_capacity(text.len());
    mended.push_str(&text[..first]);
    for (place, open) in open_ones.iter().enumerate() {
        let next = open_ones.get(place + 1).copied().unwrap_or(text.len());
        mended.push_str(&text[open + 1..next]);
    }
    Some(mended)
}

/// The next quote that begins a cell, at or after `from`, and where its cell ends; `None` there if it is not closed.
fn next_quoted(text: &str, delimiter: char, from: usize) -> Option<(usize, Option<usize>)> {
    let mut before = text[..from].chars().next_back();
    let open = text[from..].char_indices().find_map(|(at, letter)| {
        let begins = letter == '"'
            && before.is_none_or(|before| before == delimiter || before == '\n' || before == '\r');
        before = Some(letter);
        begins.then_some(from + at)
    })?;
    let mut letters = text[open + 1..].char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '"' && letters.next_if(|(_, next)| *next == '"').is_none() {
            return Some((open, Some(open + 1 + at + 1)));
        }
    }
    Some((open, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_makes_lines_equally_wide() {
        for (text, delimiter) in [
            ("a;b;c\n1;2;x,y,z,u\n3;4;x, y", ';'),
            ("a|b\n1, 2|3\n4|5", '|'),
            ("a\tb,c\n1\t2\n", '\t'),
            ("标题\n\na,b;c\n1,2\n3,4;5", ','),
            ("one\ntwo", ','),
        ] {
            assert_eq!(found(text), delimiter, "{text}");
        }
        assert_eq!(named("sep=;\r\na;b"), Some((';', 7)));
        assert_eq!(named("SEP=|\na|b"), Some(('|', 6)));
        assert_eq!(named("separate,b"), None);
    }

    #[test]
    fn a_quote_that_is_not_closed_swallows_no_rows() {
        for (text, mended) in [
            ("a,b\n1,\"x\n2,y\n", Some("a,b\n1,x\n2,y\n")),
            ("a,b\n1,\"x\n2,\"y\"\n", Some("a,b\n1,x\n2,\"y\"\n")),
            ("a,b\n1,\"x\ny\"\n2,z\n", None),
            ("a,b\n1,14\" wide\n", None),
            ("a,b\n1,\"14\"\" wide\"\n", None),
            ("\"a\",\"b, c\"\n", None),
        ] {
            assert_eq!(without_open_quotes(text, ',').as_deref(), mended, "{text}");
        }
    }
}
