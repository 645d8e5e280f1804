use std::io::{Write, stdout};

use aihuishou::{Parameters, sign};
use clap::Args;

use super::{CommandError, Environment};
use crate::Settings;

/// What to sign.
#[derive(Debug, Args)]
pub(super) struct SignArgs {
    /// Parameters, just as they are to be sent; none is added
    #[arg(value_name = "NAME=VALUE", required = true)]
    parameters: Vec<String>,
}

pub(super) fn run(args: SignArgs, environment: Environment<'_>) -> Result<(), CommandError> {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for text in &args.parameters {
        let Some((name, value)) = text.split_once('=').filter(|(name, _)| !name.is_empty()) else {
            return Err(CommandError::Usage(format!("{text:?} is no parameter; write NAME=VALUE")));
        };
        if pairs.iter().any(|(given, _)| *given == name) {
            return Err(CommandError::Usage(format!("{name} is given twice; a call carries each name once")));
        }
        pairs.push((name, value));
    }
    let secret = Settings::secret(environment)?.ok_or_else(|| {
        CommandError::Failed("no secret to sign with: set AHS_APP_SECRET or AHS_APP_SECRET_FILE".to_owned())
    })?;
    let parameters = Parameters::new(pairs);
    let canonical = parameters.canonical(&secret);
    let mut out = stdout().lock();
    writeln!(out, "canonical  {}", canonical.masked())?;
    writeln!(out, "sign       {}", sign(&parameters, &secret))?;
    Ok(())
}
