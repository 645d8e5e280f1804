//! The `tradein` binary; what it does is in the library.

use std::process::ExitCode;

use clap::Parser;
use server::cli::{Cli, run};

fn main() -> ExitCode {
    run(Cli::parse(), &|name| std::env::var(name).ok())
}
