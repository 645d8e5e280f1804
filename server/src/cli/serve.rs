use std::sync::Arc;

use tokio::signal::unix::{SignalKind, signal};

use super::print::print_beside;
use super::{CommandError, Environment, block_on};
use crate::listening::raise_file_limit;
use crate::reload::{Cause, Reload, Watched};
use crate::settings::Way;
use crate::signals::Signals;
use crate::{Application, Settings, logging};

pub(super) fn run(environment: Environment<'static>) -> Result<(), CommandError> {
    // First of all, so that the process can be stopped even if something blocks from here on.
    let signals = Signals::hear()?;
    let mut watched = Watched::new(environment);
    let settings = Settings::read(environment)?;
    let log = logging::start(&settings.logs)?;
    signals.log_to(log.queue());
    raise_file_limit();
    watched.warn_if_empty();
    block_on(async {
        let application = Application::build(&settings).await?;
        if let Some(sandbox) = application.sandbox() {
            tracing::warn!(
                sandbox = %sandbox.base_url(),
                "sandbox mode: AHS_APP_ID is not set, so prices come from a stand-in partner and nobody will pay them"
            );
        }
        let way = &settings.partner.way;
        if application.sandbox().is_none() && *way != Way::Direct {
            tracing::info!(%way, "how the partner is reached");
        }
        if let Some(address) = application.metrics_address() {
            tracing::info!(%address, "/metrics is told there without the token");
        }
        // Before the address is printed: a program that reads it may send a signal at once.
        signals.now_running();
        tell_where(&application);
        let reload = Reload {
            environment,
            running: &settings,
            site: application.site().clone(),
            desks: application.desks().clone(),
            sender: application.sender().clone(),
            checkout: Arc::clone(application.checkout()),
        };
        let reloading = async {
            loop {
                let cause = tokio::select! {
                    // A secret store has written new files, or the operator confirms the file's content.
                    () = signals.reload() => Cause::Signal,
                    () = watched.changed() => Cause::Change,
                };
                reload.read_again(&mut watched, cause).await;
            }
        };
        let stop = async {
            signals.stop().await;
            tracing::info!("stopping: running requests may finish");
        };
        tokio::select! {
            () = application.run_until(stop) => Ok(()),
            () = reloading => Ok(()),
        }
    })?;
    // The last line. All threads except the one for signals have ended, or are given up.
    tracing::info!("stopped");
    Ok(())
}

/// Prints the server's address and, if no operator token was set, the token that the server made: both on
/// stdout, and the address in the log too. If stdout cannot be written, because the disk is full or its
/// reader is gone or hangs, the server starts anyway.
fn tell_where(application: &Application) {
    let address = format!("http://{}", application.address());
    tracing::info!(%address, "listening");
    let token = application.made_token();
    let token_line = token.map(|token| format!("operator token for /ops, until the next start: {token}\n"));
    let is_token_made = token.is_some();
    print_beside(format!("{address}\n{}", token_line.unwrap_or_default()), move |error| {
        tracing::warn!(%error, "the address cannot be printed on stdout");
        if is_token_made {
            tracing::warn!(
                "the operator token that was made for this start could not be printed, and is not logged: to sign \
                 in at /ops, set TRADEIN_OPERATOR_TOKEN or TRADEIN_OPERATOR_TOKEN_FILE and start again"
            );
        }
    });
}

/// Ends when the process receives a signal to stop.
pub(super) fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
