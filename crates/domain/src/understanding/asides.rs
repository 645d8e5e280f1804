//! Words in a model's name that tell no models apart: colour, network, region, what the trade adds.

use std::sync::LazyLock;

use super::spelling::Phrases;

/// Phrases that are left out, in lower case; a longer one stands before the one that it begins with.
const ASIDES: &[&str] = &[
    // Colours.
    "space black",
    "space gray",
    "space grey",
    "jet black",
    "matte black",
    "phantom black",
    "rose gold",
    "sierra blue",
    "pacific blue",
    "alpine green",
    "deep purple",
    "product red",
    "(product)red",
    "natural titanium",
    "blue titanium",
    "white titanium",
    "black titanium",
    "desert titanium",
    "graphite",
    "midnight",
    "starlight",
    "silver",
    "gold",
    "black",
    "white",
    "blue",
    "green",
    "purple",
    "pink",
    "yellow",
    "red",
    "grey",
    "gray",
    "orange",
    "cream",
    "lavender",
    "burgundy",
    "teal",
    "ultramarine",
    "原色钛金属",
    "沙漠钛金属",
    "白色钛金属",
    "黑色钛金属",
    "蓝色钛金属",
    "原色钛",
    "沙漠钛",
    "白钛",
    "黑钛",
    "蓝钛",
    "午夜色",
    "星光色",
    "深空灰色",
    "深空灰",
    "深空黑色",
    "深空黑",
    "远峰蓝",
    "苍岭绿",
    "海蓝色",
    "石墨色",
    "石墨",
    "暗紫色",
    "午夜",
    "星光",
    "亮黑色",
    "雅丹黑",
    "雅川青",
    "海阔天空",
    "墨羽",
    "晴雪",
    "素雪",
    "幽芒",
    "浩海星",
    "流沙金",
    "霞光",
    "昆仑霞光",
    "云锦白",
    "陶瓷白",
    "岩石灰",
    "羽纱紫",
    "羽砂紫",
    "砂岩",
    "琥珀",
    "冰霜银",
    "obsidian",
    "hazel",
    "porcelain",
    "phantom",
    "titanium gray",
    "titanium black",
    "星耀",
    "天青",
    "雪域",
    "月影",
    "夜影",
    "晨曦",
    "极光",
    "珍珠白",
    "冰川蓝",
    "冰川银",
    "极夜黑",
    "星空黑",
    "星河银",
    "皓月银",
    "深空银",
    "银翼",
    "白沙银",
    "南糯紫",
    "曜石黑",
    "曜金黑",
    // Networks and regions.
    "wi-fi + cellular",
    "wifi + cellular",
    "wi-fi+cellular",
    "wifi+cellular",
    "wi-fi",
    "wifi版",
    "wifi",
    "wlan版",
    "wlan",
    "cellular",
    "蜂窝版",
    "蜂窝",
    "5g全网通",
    "4g全网通",
    "全网通版",
    "全网通",
    "双卡双待",
    "双卡",
    "dual sim",
    "single sim",
    "unlocked",
    "5g版",
    "5g",
    "lte",
    "移动版",
    "联通版",
    "电信版",
    "国行",
    "港版",
    "美版",
    "日版",
    "韩版",
    "欧版",
    "行货",
    "大陆版",
    "公开版",
    "官方版",
    "国行版",
    // The trade.
    "smartphone",
    "notebook pc",
    "laptop pc",
    "手机",
    "折叠屏手机",
    "折叠屏",
    "折叠",
    "智能手机",
    "at&t",
    "verizon",
    "t-mobile",
    "vodafone",
    "sprint",
    "笔记本电脑",
    "平板电脑",
    "商务办公",
    "轻薄本",
    "游戏本",
    "二手",
    "无锁",
    "靓机",
    "单机身",
    "机身",
    "body only",
    "body",
    "wifi+cell",
    "wifi + cell",
    "wi-fi + cell",
    "套机",
    "双镜头套机",
    "双镜头",
    "单镜头套机",
    "标准套机",
    "变焦套机",
    "长焦套机",
    "全能套装",
    "单机",
    "款",
    "标准版",
    "standard",
    "standard combo",
    "creator combo",
    "存储",
    "箱说全",
    "箱说齐",
    "箱说",
    "带箱说",
    "配件齐全",
    "配件齐",
    "配件全",
    "全套",
    "裸机",
    "带盒",
    "有盒",
    "带充",
    "有发票",
    "带发票",
    "在保",
    "过保",
    "已过保",
];

/// Words of processors and graphics, which tell no models apart but Apple's.
const PROCESSORS: &[&str] = &[
    "intel",
    "amd",
    "core i3",
    "core i5",
    "core i7",
    "core i9",
    "酷睿",
    "锐龙",
    "ryzen",
    "酷睿版",
    "锐龙版",
    "intel版",
    "amd版",
    "集显",
    "独显",
    "集显版",
    "独显版",
    "标压版",
    "标压",
];

/// Single letters for colours: they count only where they stand alone.
const COLOURS: [char; 14] =
    ['橙', '棕', '黑', '白', '红', '蓝', '绿', '紫', '粉', '金', '银', '灰', '青', '黄'];

/// All phrases, and whether they are of processors. Built once, from constants.
static PHRASES: LazyLock<Phrases<bool>> = LazyLock::new(|| {
    let asides = ASIDES.iter().map(|phrase| (*phrase, false));
    Phrases::new(asides.chain(PROCESSORS.iter().map(|phrase| (*phrase, true))))
});

/// Where a text in lower case has words that tell no models apart, from left to right.
pub(crate) fn found(lower: &str, of_apple: bool) -> Vec<(usize, usize)> {
    let all = PHRASES.found(lower).into_iter().filter(|(.., processor)| !(of_apple && *processor));
    let mut found: Vec<(usize, usize)> = all.map(|(from, until, _)| (from, until)).collect();
    found.extend(colours(lower, &found));
    if !of_apple {
        found.extend(processors(lower));
    }
    found.sort_unstable();
    found.dedup_by(|next, before| next.0 < before.1);
    found
}

/// Where the names of processors and graphics stand: `i7-1365U`, `R7-7840HS`, `RTX4060`. Apple's tell models apart.
fn processors(lower: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for chunk in lower.split_inclusive([' ', '/', ',', '(', ')', '|']) {
        let word = chunk.trim_end_matches([' ', '/', ',', '(', ')', '|']);
        // R7/16G: a processor before the sizes.
        let before_sizes =
            chunk.ends_with('/') && lower[from + chunk.len()..].starts_with(|it: char| it.is_ascii_digit());
        let is_short = matches!(word, "r3" | "r5" | "r7" | "r9");
        if is_processor(word) || is_short && before_sizes {
            found.push((from, from + word.len()));
        }
        from += chunk.len();
    }
    found
}

fn is_processor(word: &str) -> bool {
    let digits = |text: &str| text.len() >= 3 && text.starts_with(|it: char| it.is_ascii_digit());
    if let Some(rest) = word.strip_prefix("rtx").or_else(|| word.strip_prefix("gtx")) {
        return digits(rest);
    }
    let intel = ["i3", "i5", "i7", "i9"].iter().find_map(|name| word.strip_prefix(name));
    // R5 alone is a camera.
    let amd = ["r3-", "r5-", "r7-", "r9-"].iter().find_map(|name| word.strip_prefix(name));
    intel.is_some_and(|rest| rest.is_empty() || rest.strip_prefix('-').is_some_and(digits))
        || amd.is_some_and(digits)
}

/// Chinese words that are colours by their last letter: 亮黑色, 昆仑青, （红）. The words left out already separate them.
fn colours(lower: &str, known: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let taken = |at: usize| known.iter().any(|(from, until)| (*from..*until).contains(&at));
    let mut found = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    let ends = lower.char_indices().map(Some).chain([None]);
    for letter in ends {
        match letter {
            Some((at, letter)) if !letter.is_ascii() && letter.is_alphabetic() && !taken(at) => {
                run = Some((run.map_or(at, |(from, _)| from), at + letter.len_utf8()));
            }
            _ => {
                if let Some(place) = run.take().filter(|(from, until)| is_colour(&lower[*from..*until])) {
                    found.push(place);
                }
            }
        }
    }
    found
}

fn is_colour(word: &str) -> bool {
    let length = word.chars().count();
    let last = word.chars().next_back();
    match last {
        Some('色') => (2..=5).contains(&length),
        Some(last) => length <= 4 && COLOURS.contains(&last),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_networks_and_words_of_the_trade_are_found_and_models_are_not() {
        for (text, left) in [
            ("iphone13 黑色 国行", "iphone13  "),
            ("iphone 11 (红)", "iphone 11 ()"),
            ("荣耀100 亮黑色", "荣耀100 "),
            ("ipad air (5th generation) wi-fi blue", "ipad air (5th generation)  "),
            ("galaxy s23 ultra phantom black", "galaxy s23 ultra "),
            ("redmi k60 昆仑青", "redmi k60 "),
            ("小米14 ultra", "小米14 ultra"),
            ("mate 60 pro雅川青全网通", "mate 60 pro"),
            ("eos r5", "eos r5"),
        ] {
            let mut rest = text.to_owned();
            let mut places = found(text, true);
            places.sort_unstable();
            for (from, until) in places.into_iter().rev() {
                rest.replace_range(from..until, "");
            }
            assert_eq!(rest, left, "{text}");
        }
    }
}
