use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::middleware::from_fn;
use clap::Args;
use futures::FutureExt;
use jiff::Timestamp;
use sandbox::{Sandbox, base_url};
use tokio::sync::oneshot;
use tokio::time::sleep;

use super::print::print_beside;
use super::serve::stop_signal;
use super::{CommandError, Environment, block_on};
use crate::listening::{ConnectionLimits, Timeouts, listen, raise_file_limit, refuse_unreadable, serve};
use crate::partner::random_account;
use crate::{Settings, StartError, logging};

/// How long running requests may take after the signal to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(1);

/// Where to listen.
#[derive(Debug, Args)]
pub(super) struct SandboxArgs {
    /// Address and port; port 0 takes any that is free
    #[arg(long, default_value = "127.0.0.1:4000")]
    addr: SocketAddr,
}

pub(super) fn run(args: SandboxArgs, environment: Environment<'_>) -> Result<(), CommandError> {
    let settings = Settings::read(environment)?;
    let _log = logging::start(&settings.logs)?;
    raise_file_limit();
    let (account, made) = match settings.partner.account {
        Some(account) => (account, None),
        None => random_account().map(|(account, secret)| (account, Some(secret)))?,
    };
    block_on(async {
        let app_id = account.app_id().to_owned();
        let sandbox = Sandbox::new(account, Arc::new(Timestamp::now)).map_err(StartError::from)?;
        let failed = |cause| CommandError::Failed(format!("cannot listen on {}: {cause}", args.addr));
        let listener = listen(args.addr).map_err(failed)?;
        let url = base_url(listener.local_addr()?);
        let stop = stop_signal()?.shared();
        let mut lines = format!("AHS_API_URL={url}\nAHS_APP_ID={app_id}\n");
        if let Some(secret) = &made {
            lines += &format!("AHS_APP_SECRET={secret}\n");
        }
        let (failed, failure) = oneshot::channel();
        let is_account_made = made.is_some();
        print_beside(lines, move |error| {
            if is_account_made {
                // The new account is printed nowhere else.
                let _ = failed.send(error);
            } else {
                tracing::warn!(%error, %url, "the address cannot be printed");
            }
        });
        let router = sandbox.router().layer(from_fn(refuse_unreadable));
        let limits = ConnectionLimits::of_this_process(false);
        tokio::select! {
            () = serve(listener, router, limits, Timeouts::default(), stop.clone()) => Ok(()),
            () = async { stop.await; sleep(LAST_REQUESTS).await } => Ok(()),
            Ok(error) = failure => Err(error.into()),
        }
    })
}
