use std::io::{Write, stdout};

use tokio::signal::unix::{SignalKind, signal};

use super::{CommandError, Environment, block_on};
use crate::{Application, Settings, logging};

pub(super) fn run(environment: Environment<'_>) -> Result<(), CommandError> {
    let settings = Settings::read(environment)?;
    logging::start(&settings.logs).map_err(|error| CommandError::Failed(error.to_string()))?;
    block_on(async {
        let application = Application::build(&settings).await?;
        if let Some(sandbox) = application.sandbox() {
            tracing::warn!(
                sandbox = %sandbox.base_url(),
                "sandbox mode: AHS_APP_ID is not set, so prices come from a stand-in partner and nobody will pay them"
            );
        }
        writeln!(stdout(), "http://{}", application.address())?;
        application.run_until(stop_signal()?).await?;
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
