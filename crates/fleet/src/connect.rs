//! Opens a connection to Redis, and finds out whether it works: whether it answers fast enough, and accepts
//! writes.

use std::future::Future;
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisResult};
use tokio::time::timeout;

use crate::cause::Fault;
use crate::key::PROBE;
use crate::scripts::Scripts;
use crate::settings::Settings;

/// The most commands that wait to be sent, and the most that wait for an answer. More wait their turn, each
/// for as long as its own time limit.
const MOST_IN_FLIGHT: usize = 1024;

/// A connection over which Redis was found to work.
///
/// # Errors
/// The [`Fault`]. It takes no longer than twice [`Settings::patient`].
pub(crate) async fn connect(
    client: &Client,
    scripts: &Scripts,
    settings: &Settings,
) -> Result<ConnectionManager, Fault> {
    let limit = settings.patient * 2;
    // The circuit decides when to try again, so the manager makes one try only.
    let config = ConnectionManagerConfig::new()
        .set_number_of_retries(0)
        .set_connection_timeout(Some(limit))
        .set_response_timeout(Some(settings.patient))
        .set_pipeline_buffer_size(MOST_IN_FLIGHT)
        .set_concurrency_limit(MOST_IN_FLIGHT);
    let opened = async {
        let mut connection = ConnectionManager::new_with_config(client.clone(), config).await?;
        scripts.load(&mut connection).await?;
        Ok(connection)
    };
    let connection = within(limit, opened).await?;
    probe(connection.clone(), settings).await?;
    Ok(connection)
}

/// Finds out whether Redis accepts a write within [`Settings::quick`].
///
/// # Errors
/// The [`Fault`].
pub(crate) async fn probe(mut connection: ConnectionManager, settings: &Settings) -> Result<(), Fault> {
    let mut command = redis::cmd("SET");
    command.arg(PROBE).arg(1).arg("PX").arg(1000);
    within(settings.quick, command.exec_async(&mut connection)).await
}

/// The result of a command, if it comes within `limit`.
///
/// # Errors
/// The [`Fault`]; one of the cause [`Slow`](crate::Cause::Slow) if it does not.
pub(crate) async fn within<T>(
    limit: Duration,
    command: impl Future<Output = RedisResult<T>>,
) -> Result<T, Fault> {
    match timeout(limit, command).await {
        Ok(result) => result.map_err(Fault::from),
        Err(_) => Err(Fault::slow(limit)),
    }
}
