//! Audiences do not use each other, and the browser's part contains only the shopper's. So a page of the
//! operator cannot change the wasm: the compiler does not even read its file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const AUDIENCES: [&str; 5] = ["developer", "everyone", "marketer", "operator", "shopper"];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// A file without its comments.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Adds to `read` the files that the compiler reads for the browser: those of the modules that `file`
/// declares without the condition of the feature `ssr`, those that they declare, and so on.
fn read_for_the_browser(file: &Path, folder: &Path, read: &mut BTreeSet<PathBuf>) {
    read.insert(file.to_owned());
    let text = code(file);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut on_the_server = false;
    for line in lines {
        if line.starts_with("#[") {
            on_the_server |= line == "#[cfg(feature = \"ssr\")]";
            continue;
        }
        let module = line.strip_suffix(';').and_then(|line| line.rsplit_once("mod ")).map(|(_, name)| name);
        if let Some(name) = module.filter(|_| !on_the_server) {
            read_for_the_browser(&folder.join(format!("{name}.rs")), &folder.join(name), read);
        }
        on_the_server = false;
    }
}

#[test]
fn the_browsers_half_reads_no_file_of_another_audience() {
    let mut read = BTreeSet::new();
    read_for_the_browser(&src().join("lib.rs"), &src(), &mut read);
    let names: Vec<_> =
        read.iter().map(|file| file.strip_prefix(src()).unwrap().display().to_string()).collect();
    assert!(names.iter().any(|name| name == "shopper/islands/estimator.rs"), "{names:?}");
    for name in &names {
        let audience = name.split(['/', '.']).next().unwrap();
        assert!(matches!(audience, "lib" | "parts" | "shopper" | "words"), "{name} is in the browser's half");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn audiences_do_not_use_each_other_and_what_they_share_uses_none() {
    for file in files(&src()).into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs"))
    {
        let name = file.strip_prefix(src()).unwrap().display().to_string();
        let own = name.split(['/', '.']).next().unwrap();
        // The samples use the shopper's pages, and the root declares all modules.
        if matches!(own, "lib" | "samples") {
            continue;
        }
        let code = code(&file);
        for other in AUDIENCES.iter().chain(&["samples"]).filter(|other| **other != own) {
            assert!(!code.contains(&format!("crate::{other}")), "{name} uses {other}");
        }
    }
}
