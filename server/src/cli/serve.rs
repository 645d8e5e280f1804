use std::io::{Write, stdout};

use tokio::signal::unix::{SignalKind, signal};

use super::{CommandError, Environment, block_on};
use crate::reload::{Cause, Reload, Watched};
use crate::{Application, Settings, logging};

pub(super) fn run(environment: Environment<'_>) -> Result<(), CommandError> {
    let mut watched = Watched::new(environment);
    let settings = Settings::read(environment)?;
    logging::start(&settings.logs).map_err(|error| CommandError::Failed(error.to_string()))?;
    watched.warn_if_empty();
    block_on(async {
        let application = Application::build(&settings).await?;
        if let Some(sandbox) = application.sandbox() {
            tracing::warn!(
                sandbox = %sandbox.base_url(),
                "sandbox mode: AHS_APP_ID is not set, so prices come from a stand-in partner and nobody will pay them"
            );
        }
        if let Some(address) = application.metrics_address() {
            tracing::info!(%address, "/metrics is told there without the token");
        }
        // Before anybody is told that it runs, and so sends a signal.
        let (stop, mut again) = (stop_signal()?, signal(SignalKind::hangup())?);
        writeln!(stdout(), "http://{}", application.address())?;
        if let Some(token) = application.made_token() {
            writeln!(stdout(), "operator token for /ops, until the next start: {token}")?;
        }
        let (site, desk) = (application.site().clone(), application.desk().clone());
        let reload = Reload { environment, running: &settings, site, desk };
        let running = application.run_until(stop);
        tokio::pin!(running);
        loop {
            let cause = tokio::select! {
                ended = &mut running => break ended?,
                // A secret store has written new files, or the operator says that all is meant.
                _ = again.recv() => Cause::Signal,
                () = watched.changed() => Cause::Change,
            };
            reload.read_again(&mut watched, cause);
        }
        tracing::info!("stopped");
        Ok(())
    })
}

/// Ends when the process is asked to stop.
pub(super) fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: running requests may finish");
    })
}
