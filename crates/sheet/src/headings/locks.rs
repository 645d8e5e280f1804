//! What columns about locks say of a device.

use serde::{Deserialize, Serialize};

/// Which lock a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Lock {
    /// An account's: Activation Lock, 激活锁.
    Account,
    /// A network's, or it is not said whose.
    Unsaid,
    /// The network, which may say that the device is locked to it.
    Network,
}

impl Lock {
    /// Of a heading, as [`plain`](super::names::plain) writes it.
    pub(super) fn of(heading: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
        match () {
            () if has(&["activation", "icloud", "findmy", "fmi", "frp", "激活", "id", "账号", "苹果"]) => {
                Self::Account
            }
            () if has(&["network", "carrier", "制式"]) && !heading.contains("lock") => Self::Network,
            () => Self::Unsaid,
        }
    }
}

/// What a cell of a column about locks says of the device; `None` if it is free. Whose lock it is is asked, unless the
/// heading says that it is an account's.
pub(super) fn of_a_lock(cell: &str, lock: Lock) -> Option<&'static str> {
    const FREE: [&str; 35] = [
        "",
        "no",
        "n",
        "false",
        "off",
        "0",
        "none",
        "n/a",
        "na",
        "-",
        "/",
        "—",
        "disabled",
        "not enabled",
        "unlocked",
        "not locked",
        "clear",
        "clean",
        "removed",
        "free",
        "sim free",
        "ok",
        "无",
        "无锁",
        "没有",
        "否",
        "已退出",
        "已退",
        "已解锁",
        "已关闭",
        "关闭",
        "正常",
        "未锁",
        "×",
        "factory unlocked",
    ];
    const LOCKED: [&str; 18] = [
        "yes",
        "y",
        "true",
        "on",
        "1",
        "enabled",
        "active",
        "locked",
        "icloud locked",
        "activation locked",
        "有",
        "有锁",
        "是",
        "未退出",
        "未退",
        "已锁",
        "开启",
        "√",
    ];
    let lower = cell.trim().to_lowercase();
    match lock {
        _ if FREE.contains(&lower.as_str()) => None,
        Lock::Account if LOCKED.contains(&lower.as_str()) => Some("有锁"),
        Lock::Network
            if lower.contains("unlocked") || !(lower.contains("locked") || lower.contains('锁')) =>
        {
            None
        }
        Lock::Account | Lock::Unsaid | Lock::Network if cell.is_ascii() => Some("locked?"),
        Lock::Account | Lock::Unsaid | Lock::Network => Some("有锁?"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_a_fault_and_what_is_not_known_of_it_is_asked() {
        for (heading, cell, says) in [
            ("activationlock", "No", None),
            ("activationlock", "Yes", Some("有锁")),
            ("账号状态", "未退出", Some("有锁")),
            ("lock", "Unlocked", None),
            ("lock", "Locked", Some("locked?")),
            ("simlock", "AT&T", Some("locked?")),
            ("network", "EE", None),
            ("network", "Locked to EE", Some("locked?")),
            ("是否有锁", "有", Some("有锁?")),
        ] {
            assert_eq!(of_a_lock(cell, Lock::of(heading)), says, "{heading}: {cell}");
        }
    }
}
