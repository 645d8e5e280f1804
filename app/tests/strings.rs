//! The build fails if a language lacks a string or has an unknown one; this test finds strings that are not
//! used.

use std::fs;
use std::path::Path;

use serde_json::Value;

fn source(folder: &Path) -> String {
    let read = |entry: fs::DirEntry| match entry.path() {
        path if path.is_dir() => source(&path),
        path => fs::read_to_string(path).unwrap(),
    };
    fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap())).collect()
}

fn keys(prefix: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(group) => {
            for (name, value) in group {
                let joint = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
                keys(&joint, value, found);
            }
        }
        _ => found.push(prefix.to_owned()),
    }
}

#[test]
fn every_string_is_used() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = source(&here.join("src"));
    let language: Value =
        serde_json::from_str(&fs::read_to_string(here.join("locales/zh-CN.json")).unwrap()).unwrap();
    let mut all = Vec::new();
    keys("", &language, &mut all);
    let part_of_a_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let read = |key: &String| {
        source.match_indices(key.as_str()).any(|(at, _)| {
            let (before, after) = (source[..at].chars().next_back(), source[at + key.len()..].chars().next());
            !before.is_some_and(part_of_a_name) && !after.is_some_and(part_of_a_name)
        })
    };
    all.retain(|key| !read(key));
    assert!(all.is_empty(), "strings that are not used: {all:?}");
}
