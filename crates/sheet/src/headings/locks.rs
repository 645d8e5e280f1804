//! What columns about locks say of a device.

use serde::{Deserialize, Serialize};

use super::says::yes_or_no;

/// Which lock a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Lock {
    /// An account's: Activation Lock, 激活锁.
    Account,
    /// A network's, or it is not said whose.
    Unsaid,
    /// The network, which may say that the device is locked to it.
    Network,
    /// An account's that was signed out: 账号已退出, Find My off.
    SignedOut,
}

impl Lock {
    /// Whether a heading says of a lock or an account that it was released, as [`plain`](super::names::plain) writes it.
    pub(super) fn is_of_a_release(heading: &str) -> bool {
        const ACCOUNTS: [&str; 15] = [
            "账号",
            "账户",
            "苹果id",
            "appleid",
            "icloud",
            "findmy",
            "fmi",
            "激活锁",
            "activationlock",
            "account",
            "mdm",
            "id锁",
            "frp",
            "google",
            "已登录",
        ];
        const RELEASED: [&str; 15] = [
            "退出",
            "已退",
            "解除",
            "解绑",
            "注销",
            "解锁",
            "signedout",
            "loggedout",
            "removed",
            "off",
            "disabled",
            "cleared",
            "released",
            "unlocked",
            "关闭",
        ];
        let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
        has(&ACCOUNTS) && has(&RELEASED)
            || heading == "signedout"
            // 是否退ID, ID已退出
            || heading.contains("id") && heading.contains('退')
    }

    /// Of a heading, as [`plain`](super::names::plain) writes it.
    pub(super) fn of(heading: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| heading.contains(word));
        match () {
            () if Self::is_of_a_release(heading) => Self::SignedOut,
            () if has(&[
                "activation",
                "google",
                "icloud",
                "findmy",
                "fmi",
                "frp",
                "激活",
                "id",
                "账号",
                "苹果",
            ]) =>
            {
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
    // 否，已离职联系不上: the answer stands first.
    let marks = [',', ';', '(', '.', ':', '，', '；', '（', '。', '：', '-', '–'];
    let first = lower.split(marks).next().unwrap_or_default().trim();
    let lower = if is_one(first, &[&FREE, &LOCKED]) { first.to_owned() } else { lower };
    if lock == Lock::SignedOut {
        return match yes_or_no(&lower) {
            Some(true) => None,
            Some(false) => Some("有锁"),
            None => of_a_lock(&lower, Lock::Account),
        };
    }
    match lock {
        _ if FREE.contains(&lower.as_str()) => None,
        Lock::Account if LOCKED.contains(&lower.as_str()) => Some("有锁"),
        Lock::Network
            if lower.contains("unlocked") || !(lower.contains("locked") || lower.contains('锁')) =>
        {
            None
        }
        _ if cell.is_ascii() => Some("locked?"),
        Lock::Account | Lock::Unsaid | Lock::Network | Lock::SignedOut => Some("有锁?"),
    }
}

/// Whether one of the lists has the word. An empty text is none.
fn is_one(word: &str, lists: &[&[&str]]) -> bool {
    !word.is_empty() && lists.iter().any(|list| list.contains(&word))
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
            ("账号已退出", "是", None),
            ("账号已退出", "否，已离职联系不上", Some("有锁")),
            ("是否退出账号", "是", None),
            ("账号是否退出", "未退出", Some("有锁")),
            ("是否退id", "否", Some("有锁")),
            ("googlelock", "Yes", Some("有锁")),
            ("findmyoff", "Yes", None),
            ("icloudremoved", "No (user left)", Some("有锁")),
            ("activationlock", "Yes - user left", Some("有锁")),
        ] {
            assert_eq!(of_a_lock(cell, Lock::of(heading)), says, "{heading}: {cell}");
        }
    }
}
