//! Words that are never left out silently: of faults and losses, and those that may lower the price.

use std::sync::LazyLock;

use super::spelling::{Phrases, has};

/// Words of faults and losses. Where they stand in a remark that is not understood, the row is asked.
const ALARMING: [&str; 50] = [
    "坏",
    "碎",
    "裂",
    "故障",
    "失灵",
    "不能",
    "无法",
    "不开机",
    "进水",
    "鼓包",
    "报错",
    "异常",
    "不良",
    "漏液",
    "花屏",
    "黑屏",
    "断",
    "缺",
    "不显示",
    "不充电",
    "锁",
    "维修",
    "报废",
    "丢失",
    "遗失",
    "被盗",
    "lost",
    "stolen",
    "scrap",
    "scrapped",
    "written off",
    "write off",
    "broken",
    "crack",
    "cracked",
    "cracks",
    "fault",
    "faulty",
    "dead",
    "swollen",
    "not working",
    "doesn't",
    "won't",
    "damaged",
    "damage",
    "defective",
    "stuck",
    "missing",
    "locked",
    "repair",
];

/// Words that may lower the price: a symptom, a lock, an origin. The row is asked, also where they stand in the column of
/// the function.
const DOUBTFUL: &str = "异响, 噪音, 杂音, 松动, 死机, 重启, 发热, 发烫, 残影, 漏光, 偶尔, 时好时坏, 监管, 卡贴, 配置锁, 黑名单, 组装, 扩容, 翻新, 资源机, 官换, 展示机, \
    样机, 配件机, 拆机, noisy, noise, crackles, crackling, flickers, flickering, sticky, loose, \
    intermittent, overheats, overheating, for parts, parts only, spares, supervised, blacklisted, \
    refurbished, demo, 蓝屏, 黑机, 妖机, 带密码, 有密码, bios密码, 发黄, 泛黄, 发黑, 黑了一块, 翘起, 起翘, 开胶, 风扇响, 风扇声, 风扇吵, \
    未知部件, bios password set, bent, chipped, lifting, separating, yellowing, discoloured, discolored, \
    going dark, runs hot, gets hot, very hot, slow, crashes, crashing, freezes, freezing, reboots, \
    restarts, blue screen, blue screens, bsod, failed, fails, fan loud, loud fan, drive removed, \
    disk removed, ssd removed, hdd removed, ram removed, battery removed, viewfinder dusty, \
    dusty viewfinder, spots, mdm enrolled, in mdm, in abm, barred, blocked, ber, issue, issues, problem, problems, no sign of life, no signs of life, hangs, hanging, \
    heats, heating, heats up, drains, draining, blur, blurry, blurred, cannot get in, cant get in, can't get in, get past it, get past the logo, get past logo, get past the login, get past login, get past the password, get past the lock, line on, lines on, lines across, lines coming, \
    icloud, not getting, not switching, not turning, not powering, not starting, not booting, not charging, not charged, \
    not responding, not detected, not detecting, not recognised, not recognized, not displaying, not connecting, \
    not holding, not loading, not closing, not audible, not focusing, not focussing, not reading, not lasting, not lighting, beyond economic repair, uneconomic, on finance";

/// Whether a text in lower case has a word that is not left out silently.
pub(super) fn is_doubtful(lower: &str) -> bool {
    static WORDS: LazyLock<Phrases<()>> =
        LazyLock::new(|| Phrases::new(DOUBTFUL.split(", ").map(|word| (word, ()))));
    is_alarming(lower) || !WORDS.found(lower).is_empty()
}

/// Whether a text in lower case has a word of a fault or a loss.
fn is_alarming(lower: &str) -> bool {
    // A device in a store is unplugged: 已断电存放.
    let is_unplugged = lower.starts_with("已断电") || lower.starts_with("断电");
    ALARMING.iter().any(|word| has(lower, word) && !(is_unplugged && *word == "断"))
}

/// Whether a text in lower case says that a phone is locked to a network, which is no lock of an account.
pub(super) fn is_a_network_lock(lower: &str) -> bool {
    const LOCKS: [&str; 12] = [
        // 美版有锁
        "版有锁",
        "网络锁",
        "运营商锁",
        "网锁",
        "sim锁",
        "network lock",
        "carrier lock",
        "sim lock",
        "simlock",
        "sim-lock",
        "network-lock",
        "carrier-lock",
    ];
    const NETWORKS: [&str; 24] = [
        "at&t", "att", "verizon", "t-mobile", "tmobile", "vodafone", "ee", "o2", "three", "sprint", "orange",
        "docomo", "softbank", "kddi", "au", "telstra", "optus", "rogers", "bell", "telus", "移动", "联通",
        "电信", "network",
    ];
    let to_a_network = ["locked to", "lock to", "锁"].iter().any(|it| lower.contains(it))
        && !lower.contains("unlocked")
        && NETWORKS.iter().any(|network| has(lower, network));
    LOCKS.iter().any(|lock| lower.contains(lock)) || to_a_network
}

/// Whether a text in lower case says that a device is gone, which is no fault of it.
pub(super) fn says_it_is_gone(lower: &str) -> bool {
    const GONE: [&str; 8] =
        ["lost", "stolen", "scrap", "scrapped", "written off", "write off", "被盗", "遗失"];
    GONE.iter().any(|word| lower.contains(word) && has(lower, word))
}

/// Whether a text in lower case has such a word that no other word begins with: 断货 and 锁屏 say nothing of a fault.
pub(super) fn is_alarming_word(lower: &str) -> bool {
    let is_long = |word: &&&str| word.chars().count() > 1 || lower.starts_with(**word) && **word == "缺";
    ALARMING.iter().filter(is_long).any(|word| has(lower, word))
}
