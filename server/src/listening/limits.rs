//! The limits on open connections, computed from the number of files that the process may open.

use rlimit::Resource;

/// The number of open files that the process sets as its limit where it may: enough for [`MOST`] connections.
const FILES: u64 = 65_536;
/// Files reserved for everything but connections: database, places of each provider, sandboxes, log, device lists. An
/// idle server in sandbox mode has 46 open; with five comparisons under way, it has 66.
const KEPT_BACK: u64 = 64;
/// The most connections at once: an idle one takes about 10 KiB of memory.
const MOST: usize = 8_192;
/// The most connections of one address. A shop's staff and visitors may share an address, and a browser opens six
/// connections: this is room for more than 80 browsers. When it is full, an idle connection of that address is closed
/// for a new one, so in effect only requests under way are limited.
const MOST_PER_ADDRESS: usize = 512;
/// The lowest limit, even where the process may open fewer files.
const FEWEST: usize = 8;

/// How many connections may be open at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// Of all addresses together.
    pub total: usize,
    /// Of one address, or one /64 of IPv6. `None` behind own proxies, whose address all visitors share. Loopback
    /// addresses have no such limit either.
    pub per_address: Option<usize>,
}

impl ConnectionLimits {
    /// The limits of a process that may open `files` files at once, behind own proxies or not.
    pub fn for_files(files: u64, behind_proxies: bool) -> Self {
        // A quarter is left for the files of the site that answers read from.
        let room = files.saturating_sub(KEPT_BACK) / 4 * 3;
        let total = usize::try_from(room).unwrap_or(MOST).clamp(FEWEST, MOST);
        let per_address = (!behind_proxies).then_some(MOST_PER_ADDRESS.min(total / 2));
        Self { total, per_address }
    }

    /// The limits of this process, from its present limit on open files.
    pub(crate) fn of_this_process(behind_proxies: bool) -> Self {
        Self::for_files(file_limit(), behind_proxies)
    }

    /// The limits of the second address, for `/metrics`, which has few clients.
    pub(crate) fn for_metrics() -> Self {
        Self { total: FEWEST, per_address: None }
    }
}

/// The number of files that this process may open at once; 1,024, the usual default, if the system does not say.
fn file_limit() -> u64 {
    Resource::NOFILE.get_soft().unwrap_or(1024)
}

/// Raises the limit on open files as far as the system allows, and logs a warning where it leaves room for few
/// connections. The lower limit that a process starts with exists for programs that use `select`, which cannot handle
/// file descriptors above 1023.
pub(crate) fn raise_file_limit() {
    if let Err(error) = rlimit::increase_nofile_limit(FILES) {
        tracing::debug!(%error, "the limit on open files cannot be raised");
    }
    let files = file_limit();
    let connections = ConnectionLimits::for_files(files, true).total;
    if connections < MOST_PER_ADDRESS {
        tracing::warn!(
            files,
            connections,
            "this process may open few files (ulimit -n), which leaves room for so many connections; \
             raise it by LimitNOFILE= in its unit"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_kept_back_for_what_is_no_connection() {
        let limits = |files| ConnectionLimits::for_files(files, false);
        assert_eq!(limits(64), ConnectionLimits { total: 8, per_address: Some(4) });
        assert_eq!(limits(1024), ConnectionLimits { total: 720, per_address: Some(360) });
        assert_eq!(limits(FILES), ConnectionLimits { total: MOST, per_address: Some(MOST_PER_ADDRESS) });
        assert_eq!(limits(u64::MAX).total, MOST);
        for few in [0, 16, KEPT_BACK] {
            assert_eq!(limits(few).total, FEWEST, "{few}");
        }
    }

    #[test]
    fn addresses_of_own_proxies_have_no_limit_of_their_own() {
        assert_eq!(ConnectionLimits::for_files(1024, true).per_address, None);
    }
}
