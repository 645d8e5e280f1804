//! The profile of the partner's API: what was decided about it rather than known. If a contract differs, this
//! is the only place to change.

use std::num::NonZeroUsize;

use domain::NotAccepted;
use outgoing::is_loopback;
use url::Url;

/// Paths, version and wording of the partner's API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub(crate) base: Url,
}

/// Why an address cannot be the partner's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// Not a URL at all.
    #[error("is not a URL: {0}")]
    NotAUrl(#[from] url::ParseError),
    /// Neither `https` nor `http` on this machine: the signature would be sent without encryption.
    #[error("must begin with https:// (plain http:// only on this machine)")]
    NotSecure,
}

impl Profile {
    /// The partner's address on the open platform.
    pub const PUBLIC_BASE: &str = "https://open.aihuishou.com/api/v2";
    /// The quote call's path, below the base.
    pub const INQUIRY: &str = "item_get_inquir";
    /// The path of the quote call for several devices, below the base.
    pub const BATCH_INQUIRY: &str = "item_batch_inquir";
    /// The most devices in one call.
    pub const MOST_DEVICES: usize = 50;
    /// The most calls at the same time.
    pub const PLACES: NonZeroUsize = NonZeroUsize::MIN.saturating_add(4);
    /// The model search's path, below the base.
    pub const SEARCH: &str = "item_search";
    /// The value of the parameter `version`.
    pub const VERSION: &str = "v2";
    /// The longest answer that is read, in bytes.
    pub const LONGEST_ANSWER: usize = outgoing::LONGEST_ANSWER;

    /// The profile `v2` at `base`, such as [`Self::PUBLIC_BASE`].
    ///
    /// # Errors
    /// [`ProfileError`] unless `base` is `https`, or `http` on a loopback address.
    pub fn v2(base: &str) -> Result<Self, ProfileError> {
        let mut base: Url = base.trim().parse()?;
        if base.scheme() != "https" && !(base.scheme() == "http" && is_loopback(&base)) {
            return Err(ProfileError::NotSecure);
        }
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Ok(Self { base })
    }

    /// The profile's name, which is part of every cache key.
    pub fn name(&self) -> &'static str {
        Self::VERSION
    }

    /// The partner's host: a name, or an address (in brackets where it is IPv6).
    pub fn host(&self) -> &str {
        self.base.host_str().unwrap_or_default()
    }

    /// Whether the partner is on this machine, as a sandbox is.
    pub fn is_local(&self) -> bool {
        is_loopback(&self.base)
    }

    /// Whether calls go over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.base.scheme() == "https"
    }

    pub(crate) fn url(&self, path: &str) -> Result<Url, url::ParseError> {
        self.base.join(path)
    }

    /// The reason in a 500's `msg` why a device is not bought; `None` for an error of the partner.
    pub(crate) fn means_not_accepted(message: &str) -> Option<NotAccepted> {
        const WORDS: [(&str, NotAccepted); 6] = [
            ("报废", NotAccepted::Scrapped),
            ("仿冒", NotAccepted::Counterfeit),
            ("山寨", NotAccepted::Counterfeit),
            ("未上市", NotAccepted::NotOnSale),
            ("超出范围", NotAccepted::Unspecified),
            ("out of range", NotAccepted::Unspecified),
        ];
        WORDS.iter().find(|(word, _)| message.contains(word)).map(|(_, reason)| *reason)
    }

    /// Whether a refusal's `msg` says that the day's calls are used up.
    ///
    /// A 403 means either that or a missing permission, so one word about quota is enough. Other codes have
    /// other causes, so the text must say that something is used up. With a 429 it must also mention the day,
    /// since otherwise a 429 is about the pace of calls.
    pub(crate) fn means_quota(code: u16, message: &str) -> bool {
        const QUOTA: [&str; 3] = ["配额", "额度", "quota"];
        const CALLS: [&str; 3] = ["次数", "调用量", "请求量"];
        const DAY: [&str; 6] = ["今日", "当日", "本日", "当天", "每日", "daily"];
        const USED_UP: [&str; 13] = [
            "用尽", "用完", "耗尽", "超限", "超出", "超过", "不足", "上限", "已满", "exceed", "exhaust",
            "used up", "reached",
        ];
        const PARAMETERS: [&str; 9] =
            ["参数", "长度", "字符", "字段", "大小", "失败次数", "parameter", "length", "field"];
        let message = message.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
        if says(&QUOTA) && says(&USED_UP) {
            return true;
        }
        if says(&PARAMETERS) {
            return false;
        }
        match code {
            403 => says(&QUOTA) || says(&CALLS) || says(&["超限", "limit exceeded"]),
            429 => says(&DAY) && says(&USED_UP),
            _ => (says(&CALLS) || says(&DAY)) && says(&USED_UP),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for good in [
            "https://open.aihuishou.com/api/v2",
            "http://127.0.0.1:4000/api/v2",
            "http://[::1]/",
            "http://localhost:1/x",
        ] {
            assert!(Profile::v2(good).is_ok(), "{good}");
        }
        for bad in [
            "http://open.aihuishou.com/api/v2",
            "http://127.0.0.1.evil.example/",
            "ftp://localhost/",
            "open.aihuishou.com",
            "",
        ] {
            assert!(Profile::v2(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_text_means_quota_where_it_says_that_the_days_calls_are_used_up() {
        for (code, quota) in [
            (403, "今日配额已用尽"),
            (403, "quota"),
            (403, "调用超限"),
            (429, "今日配额已用尽"),
            (429, "今日调用次数超限"),
            (400, "额度不足"),
            (500, "请求失败，今日配额已用尽"),
            (1001, "调用次数超限"),
            (1001, "Daily limit exceeded"),
        ] {
            assert!(Profile::means_quota(code, quota), "{code} {quota}");
        }
        for (code, other) in [
            (403, "协议未签署"),
            (403, "参数长度超限"),
            (429, "请求次数超限，请稍后再试"),
            (429, "Rate limit exceeded"),
            (400, "缺少参数 quota_type"),
            (1001, "参数长度超限"),
            (1001, "字段超过上限"),
            (1001, "登录失败次数超限"),
            (500, ""),
        ] {
            assert!(!Profile::means_quota(code, other), "{code} {other}");
        }
    }

    #[test]
    fn calls_go_below_the_base() {
        let profile = Profile::v2("https://open.aihuishou.com/api/v2").unwrap();
        assert_eq!((profile.name(), profile.host()), ("v2", "open.aihuishou.com"));
        assert!(profile.is_secure() && !profile.is_local());
        let sandbox = Profile::v2("http://[::1]:4000/api/v2").unwrap();
        assert!(sandbox.is_local() && !sandbox.is_secure() && sandbox.host() == "[::1]");
        let url = profile.url(Profile::INQUIRY).unwrap();
        assert_eq!(url.as_str(), "https://open.aihuishou.com/api/v2/item_get_inquir");
    }
}
