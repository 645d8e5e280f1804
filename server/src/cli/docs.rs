//! Tests that README's lists of commands agree with the command line.

use std::path::Path;

use clap::CommandFactory;

use super::Cli;

#[test]
fn the_readmes_name_every_command() {
    let command = Cli::command();
    for path in ["README.md", "README.zh-CN.md"] {
        let readme =
            std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap();
        for subcommand in command.get_subcommands().filter(|subcommand| !subcommand.is_hide_set()) {
            let line = format!("tradein {}", subcommand.get_name());
            assert!(readme.contains(&line), "{path} does not name `{line}`");
        }
    }
}
