//! Lists of words in model names: words that distinguish models, and words that do not.

/// Words that distinguish models, in addition to words of one or two letters, such as `se`, `fe` and `gt`.
/// Two names with different words from this list are different models.
pub(super) const TELLING: &[&str] = &[
    "pro", "max", "plus", "ultra", "mini", "air", "lite", "note", "fold", "flip", "neo", "turbo", "active",
    "edge", "zoom", "play", "power", "prime", "youth", "racing", "explorer", "edition", "design", "porsche",
    "classic", "champion", "speed", "premium", "enjoy", "gaming", "slim", "carbon", "yoga", "nano",
    "extreme", "studio", "book", "laptop", "pad", "tab", "tablet", "watch", "band", "buds", "mate", "nova",
    "pura", "reno", "find", "magic", "mix", "civi", "pocket", "razr", "duo", "kit", "lens", "body", "iii",
    "vii", "viii", "cellular", "elite", "master", "hyper", "ace", "art", "nord", "alpha", "cine", "rog",
    "xcover", "fusion", "stylus", "quantum", "zero", "flex",
];

/// The words of [`TELLING`] that can end another word, as in `promax`.
pub(super) const ENDINGS: &[&str] =
    &["pro", "max", "plus", "ultra", "mini", "air", "lite", "note", "fold", "flip", "neo", "turbo"];

/// English words that distinguish no models: networks and sales variants.
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

/// English words for colours. Words between one of these and the last distinguishing word are part of the
/// colour's name, as in Phantom Black.
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

/// Chinese words that distinguish no models. A word that contains another one comes before it.
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

/// Parts that make a Chinese word distinguish models wherever it stands: an edition (版), a generation, a
/// year, what a camera is sold with, and names of editions without 版.
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

/// The last letters of colour names, such as 远峰蓝.
pub(super) const CHINESE_COLOURS: [char; 13] =
    ['黑', '白', '红', '蓝', '绿', '紫', '金', '银', '灰', '粉', '青', '橙', '黄'];
