//! The words of Apple's names.

use std::collections::BTreeSet;

/// Words beside the year of a Mac.
const PARTS_OF_A_YEAR: [&str; 16] = [
    "early", "mid", "late", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
    "dec", "november",
];

/// Apple's names: chips, sizes, generations and years stand in many orders, and some of them follow from others.
pub(super) fn words(words: Vec<String>) -> BTreeSet<String> {
    let mut names: Vec<String> = Vec::with_capacity(words.len());
    let mut rest = words.into_iter().peekable();
    while let Some(word) = rest.next() {
        let number =
            rest.peek().is_some_and(|next| next.len() == 1 && next.bytes().all(|it| it.is_ascii_digit()));
        if word == "m" && number {
            let mut chip = format!("m{}", rest.next().unwrap_or_default());
            if let Some(level) = rest.next_if(|next| matches!(next.as_str(), "pro" | "max" | "ultra")) {
                chip.push_str(&level);
            }
            names.push(chip);
        } else {
            match word.as_str() {
                "+" => names.push("plus".to_owned()),
                // 14PM
                "p" if names.last().is_some_and(|last| last.bytes().all(|it| it.is_ascii_digit())) => {
                    names.push("pro".to_owned());
                }
                "pm" => names.extend(["pro".to_owned(), "max".to_owned()]),
                _ => names.push(word),
            }
        }
    }
    let mut names: BTreeSet<String> =
        names.into_iter().filter(|word| word != "\"" && word != "chip").collect();
    let has = |names: &BTreeSet<String>, word: &str| names.contains(word);
    let swap = |names: &mut BTreeSet<String>, from: &str, to: &str| {
        if names.remove(from) {
            names.insert(to.to_owned());
        }
    };
    if has(&names, "macbook") {
        // Nov 2023, Late 2021
        names.retain(|word| !PARTS_OF_A_YEAR.contains(&word.as_str()));
        for (from, to) in [
            ("13", "13in"),
            ("14", "14in"),
            ("15", "15in"),
            ("16", "16in"),
            ("13.3", "13in"),
            ("13.6", "13in"),
            ("14.2", "14in"),
            ("15.3", "15in"),
            ("16.2", "16in"),
            ("13.3in", "13in"),
            ("13.6in", "13in"),
            ("14.2in", "14in"),
            ("15.3in", "15in"),
            ("16.2in", "16in"),
        ] {
            swap(&mut names, from, to);
        }
        // The year of a chip's first model says which size it is, where only one came out in that year.
        for (line, chip, year, size) in [
            ("air", "m1", "2020", "13in"),
            ("air", "m2", "2022", "13in"),
            ("air", "m2", "2023", "15in"),
            ("air", "m3", "2024", ""),
            ("pro", "m1", "2020", "13in"),
            ("pro", "m2", "2022", "13in"),
            ("pro", "m1pro", "2021", ""),
            ("pro", "m1max", "2021", ""),
            ("pro", "m2pro", "2023", ""),
            ("pro", "m2max", "2023", ""),
            ("pro", "m3", "2023", "14in"),
            ("pro", "m3pro", "2023", ""),
            ("pro", "m3max", "2023", ""),
        ] {
            if has(&names, line) && has(&names, chip) && names.remove(year) && !size.is_empty() {
                names.insert(size.to_owned());
            }
        }
        // There was only one size of it.
        if has(&names, "air") && has(&names, "m1") {
            names.insert("13in".to_owned());
        }
    }
    if has(&names, "ipad") {
        of_ipads(&mut names);
    }
    if has(&names, "se") {
        for (from, to) in [("2", "gen2"), ("3", "gen3"), ("2020", "gen2"), ("2022", "gen3")] {
            swap(&mut names, from, to);
        }
    }
    names
}

fn of_ipads(names: &mut BTreeSet<String>) {
    let line = ["pro", "air", "mini"].into_iter().find(|line| names.contains(*line));
    // The generation that came out in a year.
    for (of_line, size, year, generation) in [
        (None, "", "2019", "gen7"),
        (None, "", "2020", "gen8"),
        (None, "", "2021", "gen9"),
        (None, "", "2022", "gen10"),
        (Some("air"), "", "2019", "gen3"),
        (Some("air"), "", "2020", "gen4"),
        (Some("air"), "", "2022", "gen5"),
        (Some("mini"), "", "2019", "gen5"),
        (Some("mini"), "", "2021", "gen6"),
        (Some("pro"), "11in", "2020", "gen2"),
        (Some("pro"), "11in", "2021", "gen3"),
        (Some("pro"), "11in", "2022", "gen4"),
        (Some("pro"), "12.9in", "2020", "gen4"),
        (Some("pro"), "12.9in", "2021", "gen5"),
        (Some("pro"), "12.9in", "2022", "gen6"),
    ] {
        let is_size = size.is_empty() || names.contains(size) || names.contains(size.trim_end_matches("in"));
        if line == of_line && is_size && names.remove(year) {
            names.insert(generation.to_owned());
        }
    }
    // Sizes that all models of a line and generation have.
    for size in ["10.2in", "10.9in", "8.3in", "10.2", "10.9", "8.3"] {
        if names.iter().any(|name| name.starts_with("gen")) {
            names.remove(size);
        }
    }
    let numbers: Vec<String> = names
        .iter()
        .filter(|name| name.bytes().all(|it| it.is_ascii_digit() || it == b'.'))
        .cloned()
        .collect();
    for number in numbers {
        let size = matches!(
            (line, number.as_str()),
            (Some("pro" | "air"), "11" | "13") | (Some("pro"), "12.9" | "10.5" | "9.7")
        );
        let generation = number.parse::<u32>().is_ok_and(|number| number <= 11);
        if size || generation {
            names.remove(&number);
            names.insert(if size { format!("{number}in") } else { format!("gen{number}") });
        }
    }
    // The generation that a chip is of.
    for (line, size, chip, generation) in [
        ("air", "", "m1", "gen5"),
        ("pro", "11in", "m1", "gen3"),
        ("pro", "11in", "m2", "gen4"),
        ("pro", "12.9in", "m1", "gen5"),
        ("pro", "12.9in", "m2", "gen6"),
    ] {
        if names.contains(line) && names.contains(chip) && (size.is_empty() || names.contains(size)) {
            names.remove(chip);
            names.insert(generation.to_owned());
        }
    }
}
