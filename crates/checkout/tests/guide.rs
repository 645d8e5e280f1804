//! The guide for shops quotes files of the repository: each quoted part is in its file as it stands.

use std::fs;
use std::path::Path;

#[test]
fn the_guides_code_is_that_of_the_files_it_names() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut quoted = 0;
    for guide in ["docs/checkout.md", "docs/checkout.zh-CN.md"] {
        let Ok(text) = fs::read_to_string(repository.join(guide)) else { continue };
        for part in text.split("<!-- examples/").skip(1) {
            let (file, rest) = part.split_once(" -->\n```").unwrap();
            let (_, rest) = rest.split_once('\n').unwrap();
            let (code, _) = rest.split_once("```").unwrap();
            let content = fs::read_to_string(repository.join("examples").join(file)).unwrap();
            assert!(content.contains(code), "{guide} quotes what is not in examples/{file}:\n{code}");
            quoted += 1;
        }
    }
    assert!(quoted >= 9, "only {quoted} parts are quoted");
}
