//! The scripts that run inside Redis. Each runs as a whole, without other commands in between; its contract
//! is a comment at the beginning of its file.

use redis::Script;
use redis::aio::ConnectionManager;

/// The scripts. Redis forgets them when it restarts; `redis::Script` loads one again when that happened.
#[derive(Debug)]
pub(crate) struct Scripts {
    pub(crate) join: Script,
    pub(crate) answer: Script,
    pub(crate) renew: Script,
    pub(crate) release: Script,
    pub(crate) limit: Script,
    pub(crate) block: Script,
}

impl Scripts {
    pub(crate) fn new() -> Self {
        Self {
            join: Script::new(include_str!("scripts/join.lua")),
            answer: Script::new(include_str!("scripts/answer.lua")),
            renew: Script::new(include_str!("scripts/renew.lua")),
            release: Script::new(include_str!("scripts/release.lua")),
            limit: Script::new(include_str!("scripts/limit.lua")),
            block: Script::new(include_str!("scripts/block.lua")),
        }
    }

    /// Loads all of them, so that no shopper waits for it.
    pub(crate) async fn load(&self, connection: &mut ConnectionManager) -> redis::RedisResult<()> {
        let Self { join, answer, renew, release, limit, block } = self;
        for script in [join, answer, renew, release, limit, block] {
            script.load_async(connection).await?;
        }
        Ok(())
    }
}
