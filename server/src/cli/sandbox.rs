use std::io::{Write, stdout};
use std::net::SocketAddr;
use std::sync::Arc;

use clap::Args;
use jiff::Timestamp;
use sandbox::Sandbox;

use super::{CommandError, Environment, block_on};
use crate::partner::random_account;
use crate::{Settings, StartError, logging};

/// Where to listen.
#[derive(Debug, Args)]
pub(super) struct SandboxArgs {
    /// Address and port; port 0 takes any that is free
    #[arg(long, default_value = "127.0.0.1:4000")]
    addr: SocketAddr,
}

pub(super) fn run(args: SandboxArgs, environment: Environment<'_>) -> Result<(), CommandError> {
    let settings = Settings::read(environment)?;
    logging::start(&settings.logs).map_err(|error| CommandError::Failed(error.to_string()))?;
    let (account, made) = match settings.partner.account {
        Some(account) => (account, None),
        None => random_account().map(|(account, secret)| (account, Some(secret)))?,
    };
    block_on(async {
        let app_id = account.app_id().to_owned();
        let sandbox = Sandbox::new(account, Arc::new(Timestamp::now)).map_err(StartError::from)?;
        let running = sandbox
            .serve(args.addr)
            .await
            .map_err(|cause| CommandError::Failed(format!("cannot listen on {}: {cause}", args.addr)))?;
        let stop = super::serve::stop_signal()?;
        let mut lines = format!("AHS_API_URL={}\nAHS_APP_ID={app_id}\n", running.base_url());
        if let Some(secret) = &made {
            lines += &format!("AHS_APP_SECRET={secret}\n");
        }
        match stdout().write_all(lines.as_bytes()) {
            // Nobody can call it without the account that was made.
            Err(error) if made.is_some() => return Err(error.into()),
            Err(error) => tracing::warn!(%error, url = running.base_url(), "the address cannot be printed"),
            Ok(()) => {}
        }
        stop.await;
        Ok(())
    })
}
