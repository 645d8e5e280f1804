//! Helpers for tests: a Redis server of a test's own ([`RedisServer`]), and a proxy before it that is slow
//! ([`SlowProxy`]). Only with the feature `testing`.

mod redis_server;
mod slow_proxy;

pub use redis_server::RedisServer;
pub use slow_proxy::SlowProxy;
