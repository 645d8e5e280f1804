use std::io::{Write, stderr, stdout};

use clap::Args;

use super::{CommandError, Environment, block_on, print_json, told};
use crate::Settings;
use crate::partner::Counter;

/// What to look for.
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// A model's name or a part of it
    keyword: String,
    /// Print the models as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: SearchArgs, environment: Environment<'_>) -> Result<(), CommandError> {
    let locale = super::language(environment);
    let settings = Settings::read(environment)?;
    let items = block_on(async {
        let counter = Counter::open(&settings).await?;
        let answer = counter.desk.search(&args.keyword, None).await;
        counter.desks.close().await;
        answer.map_err(|failure| told(locale, &failure))
    })?;
    if args.json {
        return print_json(&items);
    }
    if items.is_empty() {
        writeln!(stderr(), "{}", app::words::found_none(locale))?;
    }
    let mut out = stdout().lock();
    for item in items.iter() {
        let category = app::words::category(locale, item.device_type);
        writeln!(out, "{category}  {}", app::words::device(locale, &item.brand, &item.model))?;
        for sizes in [&item.storages, &item.rams].into_iter().filter(|sizes| !sizes.is_empty()) {
            writeln!(out, "    {}", sizes.join("  "))?;
        }
    }
    Ok(())
}
