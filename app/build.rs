//! Turns `locales/*.json` into typed functions: a further language is a further file. A
//! string that a language lacks, or has too many, stops the build.

use std::error::Error;
use std::{env, fs, path::Path};

use leptos_i18n_codegen::gen_code;
use leptos_i18n_parser::parse_locales::options::{Config, ParseOptions};
use leptos_i18n_parser::parse_locales::parse_locales;

/// What is spoken to a reader who asked for nothing that there is.
const DEFAULT: &str = "zh-CN";
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=locales");
    println!("cargo:rerun-if-changed=build.rs");
    let mut others = Vec::new();
    for file in fs::read_dir("locales")? {
        let path = file?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).ok_or("a language file without a name")?;
        others.extend(Some(name.to_owned()).filter(|name| name != DEFAULT));
    }
    others.sort();
    let config = Config::new(DEFAULT)?
        .add_locales(others)?
        // Strings with values in them are wanted as text, not only as views.
        .parse_options(ParseOptions::default().interpolate_display(true));
    let parsed = parse_locales(None, config)?;
    let problems: Vec<String> = parsed.diag.warnings().iter().map(ToString::to_string).collect();
    if !problems.is_empty() {
        return Err(problems.join("\n").into());
    }
    let code = gen_code(&parsed, None, false, None, true)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("i18n.rs"), code.to_string())?;
    Ok(())
}
