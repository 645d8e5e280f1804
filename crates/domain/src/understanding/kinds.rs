//! Kinds of device in people's words, also those that are not quoted.

use std::sync::LazyLock;

use super::brands::leading_brand;
use super::not_quoted::is_not_quoted;
use super::spelling::{Phrases, is_blank};
use crate::{Category, Term};

/// What a cell says about the kind of device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing, or only that it is a device.
    Nothing,
    Is(Category),
    /// A kind that is not quoted.
    NotQuoted,
    /// Some other word.
    Unknown,
}

/// Words that name no kind.
const ANY: [&str; 29] = [
    "测试机",
    "备用机",
    "工作机",
    "设备",
    "电子设备",
    "办公设备",
    "it设备",
    "移动设备",
    "数码",
    "数码产品",
    "电子产品",
    "资产",
    "固定资产",
    "it资产",
    "hardware",
    "device",
    "equipment",
    "it equipment",
    "electronics",
    "asset",
    "mobile device",
    "移动办公设备",
    "ios",
    "ipados",
    "macos",
    "android",
    "windows",
    "终端",
    "移动终端",
];

/// Reads a cell of the column with the kind of device.
pub(crate) fn read(text: &str) -> Kind {
    let text = text.trim();
    if is_blank(text) {
        return Kind::Nothing;
    }
    if let Some(category) = Category::find(text) {
        return Kind::Is(category);
    }
    let lower = text.to_lowercase();
    // 小米手机
    if let Some(category) =
        leading_brand(&lower).and_then(|(_, length)| Category::find(lower[length..].trim()))
    {
        return Kind::Is(category);
    }
    if ANY.contains(&lower.as_str()) {
        return Kind::Nothing;
    }
    // In the name of a camera, a lens may be what it comes with.
    if is_not_quoted(&lower) || matches!(lower.as_str(), "镜头" | "lens" | "lenses") {
        return Kind::NotQuoted;
    }
    // 折叠屏手机, 商务笔记本电脑
    if let Some(category) = by_its_end(&lower) {
        return Kind::Is(category);
    }
    // 手机 Phone
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    if let Some(first) = words.next().and_then(Category::find)
        && words.all(|word| Category::find(word) == Some(first))
    {
        return Kind::Is(first);
    }
    // The parts of 手机/Phone, 笔记本电脑(办公) and 移动设备-手机, if they agree.
    let parts = lower.split(|letter: char| !letter.is_alphanumeric() && letter != ' ').map(str::trim);
    // Zhang-iPhone is the name of a device.
    let is_name = |part: &str| matches!(part, "iphone" | "ipad" | "macbook");
    let mut known = parts.filter(|part| !is_name(part)).filter_map(Category::find);
    match known.next() {
        Some(first) if known.all(|other| other == first) => Kind::Is(first),
        _ => Kind::Unknown,
    }
}

/// Words with which registers group devices of several kinds.
const GROUPS: &str = "设备, 器材, 终端, 电子, 数码, 办公, 移动, 便携, 计算机, 电脑, 通讯, 通信, 信息, 资产, 摄影, 影像, 拍摄, \
    device, devices, equipment, hardware, electronics, electronic, computing, computer, computers, mobile, mobiles, \
    portable, handheld, asset, assets, it, ict, end user, endpoint, gadget, tech, photography, photographic, \
    ios, ipados, android, windows, macos, apple, mac, pc, sync, corporate, byod, returns, loan";

/// Words for what belongs to a device and is none.
const BELONGINGS: &str = "壳, 膜, 套, 线, 充电, 电池, 支架, 底座, 键盘, 鼠标, 笔, 耳机, 配件, 附件, 零件, 耗材, 镜头, 屏, 卡, 包, 软件, \
    accessory, accessories, case, cover, cable, charger, battery, batteries, part, parts, spares, lens, lenses, stand, \
    keyboard, pen, pencil, software, licence, license, sim, adapter";

/// Whether a text in the column of the kind groups devices of several kinds: 摄影器材, Mobile computing. The model tells
/// which of them it is.
pub(crate) fn is_a_group(text: &str) -> bool {
    static WORDS: LazyLock<Phrases<bool>> = LazyLock::new(|| {
        let groups = GROUPS.split(", ").map(|word| (word, true));
        Phrases::new(groups.chain(BELONGINGS.split(", ").map(|word| (word, false))))
    });
    let found = WORDS.found(&text.to_lowercase());
    !found.is_empty() && found.iter().all(|(.., group)| *group)
}

/// The kind that a Chinese word is one of by its end: 折叠屏手机. An industrial camera is none.
fn by_its_end(lower: &str) -> Option<Category> {
    const ENDS: [&str; 17] = [
        "卡片机",
        "微单",
        "单反",
        "手机",
        "平板电脑",
        "平板",
        "平板式计算机",
        "平板计算机",
        "笔记本电脑",
        "笔记本",
        "手提电脑",
        "便携式计算机",
        "便携计算机",
        "笔记本计算机",
        "照相机",
        "数码相机",
        "相机",
    ];
    const OTHERS: [&str; 6] = ["工业", "监控", "网络", "热像", "/", "、"];
    if lower.is_ascii() || OTHERS.iter().any(|other| lower.contains(other)) {
        return None;
    }
    let end = ENDS.iter().find(|end| lower.ends_with(**end))?;
    // In registers of public bodies: 便携式计算机, 平板式计算机.
    let name = match end.strip_suffix("计算机") {
        Some(which) if which.starts_with("平板") => "平板",
        Some(_) => "笔记本",
        None if matches!(*end, "卡片机" | "微单" | "单反") => "相机",
        None => end,
    };
    Category::find(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_in_both_languages_and_others_are_known_as_not_quoted() {
        for (text, kind) in [
            ("笔记本电脑", Kind::Is(Category::Laptop)),
            ("手机/Phone", Kind::Is(Category::Phone)),
            ("手机 Phone", Kind::Is(Category::Phone)),
            ("笔记本 Laptop", Kind::Is(Category::Laptop)),
            ("平板电脑（教学）", Kind::Is(Category::Tablet)),
            ("Digital Camera", Kind::Is(Category::Camera)),
            ("小米手机", Kind::Is(Category::Phone)),
            ("折叠屏手机", Kind::Is(Category::Phone)),
            ("便携式计算机", Kind::Is(Category::Laptop)),
            ("平板式计算机", Kind::Is(Category::Tablet)),
            ("通用照相机", Kind::Is(Category::Camera)),
            ("台式计算机", Kind::NotQuoted),
            ("网络设备", Kind::NotQuoted),
            ("工业相机", Kind::Unknown),
            ("Lenovo Laptop", Kind::Is(Category::Laptop)),
            ("电子设备", Kind::Nothing),
            ("/", Kind::Nothing),
            ("打印机", Kind::NotQuoted),
            ("激光打印机", Kind::NotQuoted),
            ("24\" Monitor", Kind::NotQuoted),
            ("手机/平板", Kind::Unknown),
            ("POS", Kind::Unknown),
        ] {
            assert_eq!(read(text), kind, "{text}");
        }
    }

    #[test]
    fn a_group_of_several_kinds_leaves_the_kind_to_the_model_and_a_thing_for_a_device_does_not() {
        for group in ["摄影器材", "教学用移动终端", "Mobile Computing", "End User Devices", "信息化设备"]
        {
            assert!(is_a_group(group), "{group}");
        }
        for other in ["手机壳", "电脑配件", "Device accessories", "toaster", "POS", "工业相机"] {
            assert!(!is_a_group(other), "{other}");
        }
    }
}
