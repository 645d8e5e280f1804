//! Turns `locales/*.json` into typed functions. A new language is a new file. The build fails if a language
//! lacks a string or has an unknown one.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use leptos_i18n_codegen::gen_code;
use leptos_i18n_parser::parse_locales::options::{Config, ParseOptions};
use leptos_i18n_parser::parse_locales::parse_locales;
use serde_json::{Map, Value};

/// The language for a reader whose languages are not in the list.
const DEFAULT: &str = "zh-CN";

/// The groups of strings in the browser's part. Its code does not compile if it uses another group. A change
/// to another group, such as one of the operator's, leaves the wasm the same, byte for byte.
const IN_THE_BROWSER: [&str; 4] = ["brand", "failure", "form", "problem"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let whole = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("locales");
    let tags = tags(&whole)?;
    let locales = if env::var_os("CARGO_FEATURE_SSR").is_some() {
        whole
    } else {
        let part = out.join("locales");
        take_part(&whole, &part, &tags)?;
        part
    };
    let others = tags.into_iter().filter(|tag| tag != DEFAULT);
    let config = Config::new(DEFAULT)?
        .add_locales(others)?
        .locales_path(locales)
        // Strings with values in them are needed as text, not only as views.
        .parse_options(ParseOptions::default().interpolate_display(true));
    let parsed = parse_locales(None, config)?;
    let warnings: Vec<String> = parsed.diag.warnings().iter().map(ToString::to_string).collect();
    if !warnings.is_empty() {
        return Err(warnings.join("\n").into());
    }
    let code = gen_code(&parsed, None, false, None, true)?;
    fs::write(out.join("i18n.rs"), code.to_string())?;
    Ok(())
}

/// The languages: the names of the files, in alphabetical order.
fn tags(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut tags = Vec::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).ok_or("a language file without a name")?;
        tags.push(name.to_owned());
    }
    tags.sort();
    Ok(tags)
}

/// Writes the groups of the browser's part, for each language.
fn take_part(whole: &Path, part: &Path, tags: &[String]) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(part)?;
    for tag in tags {
        let file = format!("{tag}.json");
        let mut groups: Map<String, Value> = serde_json::from_slice(&fs::read(whole.join(&file))?)?;
        groups.retain(|name, _| IN_THE_BROWSER.contains(&name.as_str()));
        fs::write(part.join(file), serde_json::to_vec(&Value::Object(groups))?)?;
    }
    Ok(())
}
