//! The languages are the files in `locales/`. Some places cannot read that list and name the languages
//! themselves; this test reports which of these lacks one.

use std::fs;
use std::path::Path;

use app::words::language;

/// The rest of the line after `start`.
fn rest_of_line<'t>(text: &'t str, start: &str) -> &'t str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no line with {start:?}"));
    rest.lines().next().unwrap()
}

#[test]
fn every_place_that_names_the_languages_names_all_of_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut lacking = Vec::new();
    for (file, line, quote) in
        [("public/embed/v1.d.ts", "  locale?:", '"'), ("docs/embedding.md", "| `locale` |", '`')]
    {
        let text = fs::read_to_string(root.join(file)).unwrap();
        // Every second part was in quotes.
        let mut named: Vec<&str> = rest_of_line(&text, line).split(quote).skip(1).step_by(2).collect();
        let mut all: Vec<&str> = language::all().iter().map(|locale| language::tag(*locale)).collect();
        named.sort_unstable();
        all.sort_unstable();
        if named != all {
            lacking.push(format!("{file} names {named:?}"));
        }
    }
    assert!(lacking.is_empty(), "the files in app/locales are other languages: {lacking:?}");
}
