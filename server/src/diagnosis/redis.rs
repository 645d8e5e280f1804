//! The check of Redis, with cause and fix.

use fleet::{Cause, Health};

use super::Check;
use crate::settings::FleetSettings;

/// The check of the Redis in the settings; `None` if none is set.
pub(crate) fn check(settings: &FleetSettings, health: Option<Health>) -> Option<Check> {
    let (url, health) = (settings.redis_url.as_ref()?, health?);
    Some(match health.last_fault {
        Some(fault) if !health.reachable => {
            Check::wrong("redis", format!("{url}: {fault}"), fix(fault.cause))
        }
        _ => Check::well("redis", url.to_string()),
    })
}

/// How to fix it.
fn fix(cause: Cause) -> &'static str {
    match cause {
        Cause::Unreachable => {
            "Check host and port in TRADEIN_REDIS_URL, whether Redis runs there, and the firewall between; rediss:// is \
             for a Redis with TLS, whose certificate this machine trusts."
        }
        Cause::Password => {
            "Check user and password in TRADEIN_REDIS_URL (a password alone: redis://:PASSWORD@HOST), and the user's \
             rights: GET, SET, DEL, PTTL, PEXPIRE, TIME, EVALSHA and SCRIPT LOAD on tradein:*."
        }
        Cause::NotRedis => "Check the port in TRADEIN_REDIS_URL: another program answers there.",
        Cause::OutOfMemory => "Raise Redis's maxmemory, or set its maxmemory-policy to volatile-ttl.",
        Cause::ReadOnly => {
            "Give the address of the primary, not of a replica; if it is the primary, see in its log why it cannot save."
        }
        Cause::Slow => {
            "Use a Redis near this machine (50 ms at most), and see in `redis-cli SLOWLOG GET` what holds it."
        }
        Cause::Failing => {
            "See Redis's own words above; give the address of one Redis 7 or Valkey 8, without Cluster."
        }
    }
}
