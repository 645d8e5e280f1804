//! How many connections are open at once, by the number of files that the process may open.

use rlimit::Resource;

/// How many files the process asks for. That many are enough for [`MOST`] connections.
const FILES: u64 = 65_536;
/// Files for what is not a connection: database, partner and its stand-in, log, device lists. A server at rest
/// has 18, one whose five places are taken in sandbox mode 35.
const KEPT_BACK: u64 = 40;
/// The most connections at once: a silent one takes some 10 KiB of memory.
const MOST: usize = 8_192;
/// The most connections of one address. A shop's staff and visitors may share one: browsers open six connections
/// each, so that is more than eighty at the same moment. Beyond that, idle connections make room for new ones, so
/// only requests that are at work at the same moment count.
const MOST_PER_ADDRESS: usize = 512;
/// The fewest that any server has room for, however few files it may open.
const FEWEST: usize = 8;

/// How many connections may be open at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// From all addresses together.
    pub total: usize,
    /// From one address, or one /64 of IPv6. `None` where the addresses are our own proxies', which all visitors
    /// share. This machine's own addresses have no such limit either.
    pub per_address: Option<usize>,
}

impl ConnectionLimits {
    /// The limits of a process that may open `files` files at once, which own proxies stand before or not.
    pub fn for_files(files: u64, behind_proxies: bool) -> Self {
        // An answer may have a file of the site open, so not all that remain are connections.
        let room = files.saturating_sub(KEPT_BACK) / 4 * 3;
        let total = usize::try_from(room).unwrap_or(MOST).clamp(FEWEST, MOST);
        let per_address = (!behind_proxies).then_some(MOST_PER_ADDRESS.min(total / 2));
        Self { total, per_address }
    }

    /// The limits of this process, by the files that it may open now.
    pub(crate) fn of_this_process(behind_proxies: bool) -> Self {
        Self::for_files(file_limit(), behind_proxies)
    }

    /// The limits of the second address, for `/metrics`: few ask there.
    pub(crate) fn for_metrics() -> Self {
        Self { total: FEWEST, per_address: None }
    }
}

/// How many files this process may open at once; what most systems allow where they do not tell.
fn file_limit() -> u64 {
    Resource::NOFILE.get_soft().unwrap_or(1024)
}

/// Raises the number of files that this process may open as far as the system lets it, and says so where that
/// leaves room for few connections. The lower limit that a process starts with is for programs that use `select`,
/// which knows no number above 1023.
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
        assert_eq!(limits(64), ConnectionLimits { total: 18, per_address: Some(9) });
        assert_eq!(limits(1024), ConnectionLimits { total: 738, per_address: Some(369) });
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
