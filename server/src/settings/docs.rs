//! Tests that README's tables, the sample files and all texts that name a setting agree with the table of
//! settings.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// The beginnings of our variables' names. `RUST_LOG` is everyone's.
const OURS: [&str; 3] = ["AHS_", "LEPTOS_SITE_", "TRADEIN_"];
/// Variables of the scripts, which the server does not read by name: one may hold a webhook's secret.
const OF_SCRIPTS: [&str; 2] = ["TRADEIN_TOOLS", "TRADEIN_WEBHOOK_SECRET"];

fn table() -> impl Iterator<Item = &'static Setting> {
    TABLE.iter().flat_map(|part| part.iter())
}

/// A path in the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(repository(path)).unwrap()
}

#[test]
fn a_setting_is_in_the_table_once_and_is_read() {
    let asked = RefCell::new(BTreeSet::new());
    let environment = |name: &str| -> Option<String> {
        asked.borrow_mut().insert(name.to_owned());
        None
    };
    Settings::read_with(&environment, b"").unwrap();
    let asked = asked.into_inner();
    let (mut variables, mut keys) = (BTreeSet::new(), BTreeSet::new());
    for setting in table() {
        assert!(variables.insert(setting.variable), "{} is in the table twice", setting.variable);
        assert!(setting.key.is_none_or(|key| keys.insert(key)), "{setting:?}: its key is in the table twice");
        let is_read = asked.contains(setting.variable);
        assert!(
            is_read,
            "{} is in the table, and nothing reads it: see `read` of its file",
            setting.variable
        );
    }
    for name in asked.iter().filter(|name| OURS.iter().any(|ours| name.starts_with(ours))) {
        assert!(variables.contains(&**name), "{name} is read, and not in the TABLE of its file");
    }
}

#[test]
fn the_readmes_have_a_row_for_each_setting_and_no_other() {
    for (path, head, is_english) in [
        ("README.md", "| key | variable | default | |", true),
        ("README.zh-CN.md", "| 键 | 变量 | 默认值 | |", false),
    ] {
        let readme = text(path);
        let rows = readme.lines().skip_while(|line| *line != head).skip(2);
        let mut rows: Vec<&str> = rows.take_while(|line| line.starts_with("| ")).collect();
        assert!(!rows.is_empty(), "{path} has no table that begins with {head}");
        for setting in table() {
            let key = setting.key.map_or_else(|| "–".to_owned(), |key| format!("`{key}`"));
            let default = match setting.unset {
                Unset::Value(value) => format!("`{value}`"),
                Unset::Means { english, chinese } => if is_english { english } else { chinese }.to_owned(),
            };
            let begin = format!("| {key} | `{}` | {default} | ", setting.variable);
            let about = if is_english { setting.about } else { "…" };
            let fits = |row: &&str| {
                let rest = row.strip_prefix(&*begin).and_then(|rest| rest.strip_suffix(" |"));
                rest.is_some_and(|rest| if is_english { rest == about } else { !rest.is_empty() })
            };
            let place = rows.iter().position(fits);
            let place =
                place.unwrap_or_else(|| panic!("{path} lacks this row of a setting:\n{begin}{about} |"));
            rows.swap_remove(place);
        }
        assert!(rows.is_empty(), "{path} has rows of no setting, or twice:\n{}", rows.join("\n"));
    }
}

#[test]
fn the_sample_shows_keys_with_their_variables_and_defaults() {
    let sample = text("tradein.sample.toml");
    let mut section = "";
    for line in sample.lines().take_while(|line| !line.trim_start_matches("# ").starts_with("[[")) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
        }
        let Some((key, rest)) = line.trim_start_matches("# ").split_once(" = ") else { continue };
        let key = format!("{section}.{key}");
        let setting = table().find(|setting| setting.key == Some(&*key));
        let setting = setting.unwrap_or_else(|| panic!("the sample has {key}, which is no setting"));
        let (value, comment) = rest.split_once('#').unwrap_or((rest, ""));
        let named = comment.trim_start().split([' ', ':', ';']).next();
        assert_eq!(named, Some(setting.variable), "the variable behind {key}, in the sample");
        if let Unset::Value(default) = setting.unset {
            assert_eq!(value.trim().trim_matches('"'), default, "the default of {key}, in the sample");
        }
    }
}

#[test]
fn no_text_names_a_variable_that_does_not_exist() {
    let mut files = vec![
        repository("README.md"),
        repository("README.zh-CN.md"),
        repository("ARCHITECTURE.md"),
        repository("tradein.sample.toml"),
        repository(".env.sample"),
        repository("compose.yaml"),
    ];
    for folder in ["docs", "app/locales", "app/src", "server/src", "crates"] {
        collect(&repository(folder), &mut files);
    }
    for file in files {
        let content = fs::read_to_string(&file).unwrap();
        for word in content.split(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
            let is_ours = OURS.iter().any(|ours| word.starts_with(ours) && word != *ours);
            let exists = OF_SCRIPTS.contains(&word) || table().any(|setting| setting.variable == word);
            assert!(!is_ours || exists, "{} names {word}, which is no setting", file.display());
        }
    }
}

/// Adds the texts below `folder` to `files`; tests have variables of their own.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "tests"].iter().any(|name| path.ends_with(name)) {
                collect(&path, files);
            }
        } else if ["json", "md", "rs", "service", "toml", "yml"].contains(&&*kind) {
            files.push(path);
        }
    }
}
