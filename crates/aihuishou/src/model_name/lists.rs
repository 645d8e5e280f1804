//! Words in models' names: those that tell models apart, and those that tell none apart.

/// Words that tell models apart, besides those of one or two letters, such as `se`, `fe` and `gt`.
/// Two names with different ones of these are of two models.
pub(super) const TELLING: &[&str] = &[
    "pro", "max", "plus", "ultra", "mini", "air", "lite", "note", "fold", "flip", "neo", "turbo", "active",
    "edge", "zoom", "play", "power", "prime", "youth", "racing", "explorer", "edition", "design", "porsche",
    "classic", "champion", "speed", "premium", "enjoy", "gaming", "slim", "carbon", "yoga", "nano",
    "extreme", "studio", "book", "laptop", "pad", "tab", "tablet", "watch", "band", "buds", "mate", "nova",
    "pura", "reno", "find", "magic", "mix", "civi", "pocket", "razr", "duo", "kit", "lens", "body", "iii",
    "vii", "viii", "cellular", "elite", "master", "hyper", "ace", "art", "nord", "alpha", "cine", "rog",
    "xcover", "fusion", "stylus", "quantum", "zero", "flex",
];

/// Those of [`TELLING`] that are written at the end of another word, as in `promax`.
pub(super) const ENDINGS: &[&str] =
    &["pro", "max", "plus", "ultra", "mini", "air", "lite", "note", "fold", "flip", "neo", "turbo"];

/// English words that tell no models apart: nets, and ways to sell.
pub(super) const NEUTRAL: &[&str] = &[
    "lte",
    "wifi",
    "dual",
    "sim",
    "cn",
    "hk",
    "us",
    "phone",
    "smartphone",
    "color",
    "colour",
    "inch",
    "inches",
    "gen",
    "generation",
    "ssd",
    "ram",
];

/// English words for colours. What stands between one of these and the last word that tells models
/// apart is a part of the colour's name, as in Phantom Black.
pub(super) const COLOURS: &[&str] = &[
    "black",
    "white",
    "red",
    "blue",
    "green",
    "purple",
    "gold",
    "silver",
    "gray",
    "grey",
    "pink",
    "yellow",
    "orange",
    "midnight",
    "starlight",
    "graphite",
    "titanium",
    "natural",
    "space",
    "sierra",
    "alpine",
    "coral",
    "lavender",
    "cream",
    "violet",
    "brown",
    "beige",
    "bronze",
    "teal",
    "mint",
    "navy",
    "ivory",
    "ultramarine",
];

/// Chinese words that tell no models apart; those that contain another come first.
pub(super) const CHINESE_NEUTRAL: &[&str] = &[
    "红色特别版",
    "国行",
    "港版",
    "美版",
    "行货",
    "大陆",
    "官方",
    "正品",
    "全网通",
    "移动版",
    "联通版",
    "电信版",
    "公开版",
    "标准版",
    "普通版",
    "双卡双待",
    "双卡",
    "单卡",
    "智能手机",
    "手机",
    "平板电脑",
    "笔记本电脑",
    "数码相机",
    "版本",
    "英寸",
    "官翻",
    "芯片",
];

/// What makes a Chinese word tell models apart wherever it stands: an edition (版), a generation, a
/// year, what a camera is sold with, and the editions' names where 版 is left out.
pub(super) const CHINESE_TELLING: &[&str] = &[
    "版",
    "代",
    "款",
    "机身",
    "套机",
    "套装",
    "镜头",
    "青春",
    "至尊",
    "典藏",
    "尊享",
    "探索",
    "冠军",
    "竞速",
    "极速",
    "活力",
    "增强",
    "纪念",
    "限定",
    "保时捷",
    "大师",
    "非凡",
    "畅享",
    "畅玩",
    "魅蓝",
    "折叠",
];

/// How names of colours end, such as 远峰蓝.
pub(super) const CHINESE_COLOURS: [char; 13] =
    ['黑', '白', '红', '蓝', '绿', '紫', '金', '银', '灰', '粉', '青', '橙', '黄'];
