//! What comes with a device and is none of its parts: that it is missing says nothing of what works.

use crate::words::{Clause, names_a_defect, names_a_part, read};

/// What belongs to a device and is no part of it. That one is missing is no fault.
const ACCESSORIES: [&str; 51] = [
    "lens",
    "battery grip",
    "充电器",
    "充电头",
    "充电线",
    "数据线",
    "电源",
    "适配器",
    "包装",
    "盒",
    "箱",
    "发票",
    "小票",
    "配件",
    "附件",
    "耳机",
    "保护壳",
    "壳",
    "笔",
    "键盘",
    "鼠标",
    "镜头",
    "镜头盖",
    "卡针",
    "保修",
    "说明书",
    "内存卡",
    "肩带",
    "charger",
    "cable",
    "adapter",
    "power supply",
    "box",
    "packaging",
    "accessories",
    "pencil",
    "keyboard case",
    "keyboard cover",
    "keyboard folio",
    "type cover",
    "folio",
    "bag",
    "receipt",
    "pen",
    "s pen",
    "stylus",
    "strap",
    "case",
    "sleeve",
    "manual",
    "手写笔",
];

/// Whether a cell in lower case names accessories only: case, strap; 2 batteries + charger.
pub(super) fn are_accessories(lower: &str) -> bool {
    const MORE: &str = "battery, batteries, caps, cap, lens cap, hood, card, sd card, boxed, grip, cover, keyboard, pencil, 电池, \
        相机包, 背带, 遮光罩, 原盒";
    let is_one = |part: &str| {
        let name = part.trim_start_matches(|it: char| it.is_ascii_digit() || matches!(it, ' ' | 'x'));
        // A lens may be the one that the camera is sold with.
        let is_a_lens = matches!(name, "lens" | "lenses" | "镜头");
        let is = |word: &str| name == word || name.strip_suffix('s') == Some(word);
        !is_a_lens && (ACCESSORIES.iter().any(|word| is(word)) || MORE.split(", ").any(is))
    };
    let mut parts =
        lower.split([',', '/', '+', '&', '、', ';', '，']).map(str::trim).filter(|part| !part.is_empty());
    !lower.is_empty() && parts.all(is_one)
}

/// Things whose lack has no part in whether a device works.
const EXTRAS: [&str; 20] = [
    "充电器",
    "充电头",
    "充电线",
    "数据线",
    "适配器",
    "包装",
    "发票",
    "配件",
    "附件",
    "说明书",
    "保修",
    "charger",
    "cable",
    "adapter",
    "box",
    "packaging",
    "accessories",
    "receipt",
    "manual",
    "耳机",
];

/// Whether a remark says that something is not there that is no part of the device: 无键盘, 缺充电器, no charger.
pub(super) fn lacks_an_accessory(lower: &str) -> bool {
    lacking(lower).is_some_and(|rest| ACCESSORIES.iter().any(|word| rest.starts_with(word)))
}

/// Whether a text begins with the name of a thing that comes with a device: 充电器一个, 电池两块.
pub(super) fn begins_with_an_accessory(text: &str) -> bool {
    text.starts_with("电池") || ACCESSORIES.iter().any(|word| text.starts_with(word))
}

/// Whether a text in lower case says that there is no keyboard, which is a part of a laptop only.
pub(super) fn lacks_a_keyboard(lower: &str) -> bool {
    const KEYBOARD_COVERS: [&str; 6] =
        ["keyboard case", "keyboard cover", "keyboard folio", "键盘盖", "键盘套", "键盘保护"];
    let is_a_cover = |rest: &str| KEYBOARD_COVERS.iter().any(|cover| rest.starts_with(cover));
    lacking(lower)
        .filter(|rest| !is_a_cover(rest))
        .is_some_and(|rest| rest.starts_with("keyboard") || rest.starts_with("键盘"))
}

/// Whether a text in lower case speaks of a film or a case on the device, which is none of its parts: 钢化膜碎, screen
/// protector cracked.
pub(super) fn is_of_a_cover(lower: &str) -> bool {
    const COVERS: [&str; 14] = [
        "钢化膜",
        "贴了膜",
        "有膜",
        "保护膜",
        "贴膜",
        "手机膜",
        "屏幕膜",
        "手机壳",
        "保护壳",
        "保护套",
        "screen protector",
        "screen guard",
        "tempered glass",
        "phone case",
    ];
    // 钢化膜和屏幕都碎 is of the screen too.
    let rest = COVERS.iter().fold(lower.to_owned(), |rest, cover| rest.replace(cover, ""));
    let names_a_fault = read(&rest).iter().any(|said| matches!(said, Clause::Fault(Some(_))));
    rest != lower && !names_a_fault && !(names_a_part(&rest) && names_a_defect(&rest))
}

/// What a text in lower case says is not there.
pub(super) fn lacking(lower: &str) -> Option<&str> {
    const LACKS: [&str; 18] = [
        "没有",
        "没带",
        "不带",
        "不含",
        "未带",
        "缺少",
        "遗失",
        "丢失",
        "无",
        "没",
        "缺",
        "少",
        "no ",
        "without ",
        "missing ",
        "lost ",
        "lacks ",
        "not included: ",
    ];
    let lacking = LACKS.iter().find_map(|word| lower.strip_prefix(word)).or_else(|| {
        let ends = ["缺失", "遗失", "丢失", " missing", " lost", " not included"];
        ends.iter().find_map(|word| lower.strip_suffix(word))
    });
    lacking.map(|rest| {
        rest.trim_start_matches("原装").trim_start_matches("original ").trim_start_matches("the ")
    })
}

/// Whether a text says that only something is not there which has no part in whether the device works: 无充电器, no box.
/// A laptop without a keyboard is another matter.
pub(crate) fn lacks_an_extra(lower: &str) -> bool {
    lacking(lower).is_some_and(|rest| EXTRAS.iter().any(|word| rest.starts_with(word)))
}

/// Whether a text is the name of a thing that comes with a device and is none of its parts: Charger, 电源适配器.
pub fn names_an_extra(text: &str) -> bool {
    const MORE: [&str; 4] = ["电源", "盒", "psu", "power supply"];
    let lower = text.to_lowercase();
    EXTRAS.iter().chain(&MORE).any(|word| lower.contains(word))
}
