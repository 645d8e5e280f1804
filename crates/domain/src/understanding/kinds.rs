//! Kinds of device in people's words, also those that are not quoted.

use std::sync::LazyLock;

use super::brands::leading_brand;
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
const ANY: [&str; 26] = [
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

/// Kinds that are not quoted; commas separate them.
const NOT_QUOTED: &str = "cable, adapter, stylus, 转接头, 手写笔, 打印机, 复印机, 扫描仪, 传真机, 一体机, 显示器, 显示屏, \
    台式机, 台式电脑, 台式, 主机, 服务器, 交换机, 路由器, 投影仪, 投影机, 电视, 音箱, 耳机, 键盘, 鼠标, \
    充电器, 数据线, 保护壳, 手表, 手环, 硬盘, u盘, 移动硬盘, 电话机, 座机, 摄像头, 扩展坞, 桌子, 椅子, \
    办公桌, 空调, printer, scanner, monitor, desktop, server, router, projector, headset, headphones, \
    keyboard, mouse, charger, dock, docking station, watch, smartwatch, webcam, television, earphones, \
    imac, mac mini, mac studio, airpods, apple watch, 碎纸机, 白板, 电纸书, 学习机, 点读机, 录音笔, \
    考勤机, 摄像机, 无人机, 稳定器, 三脚架, 存储卡, 闪光灯, 冰箱, 饮水机, 文件柜, pos机, 扫码枪, \
    对讲机, 机顶盒, 游戏机, 功放, 音响, 防火墙, 机柜, 充电宝, 移动电源, 读卡器, 会议平板, 触控一体机, \
    教学一体机, whiteboard, tripod, drone, access point, firewall, camcorder, kindle, e-reader, \
    game console, playstation, xbox, shredder, laminator, soundbar, desk phone, ip phone, \
    conference phone, thin client, power bank, hard drive, flash drive, memory card, sd card, \
    label maker, network switch, all-in-one, 网络设备, 监护仪, 示波器, \
    一箱, 一批, 一堆, 一袋, 散件, 零件, assorted, box of, bag of, bundle of, spare parts, hotspot, mifi, modem, sat nav, satnav, sat-nav, ups, microphone, mic, gimbal, walkie-talkie, walkie talkie, turntable, \
    interactive panel, whiteboard panel, touch panel, interactive display, monitors, printers, headsets, projectors, \
    keyboards, chargers, docks, routers, servers, 随身wifi, 云台, 导航仪, 扩音器, 话筒, 麦克风, 点钞机, 收银机, 打卡机, 门禁, 条码枪, \
    扫描枪, 热敏机, 标签机, 塑封机, 装订机, 净化器, 加湿器, 电风扇, 热水壶, 微波炉";

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
    if is_not_quoted(&lower) {
        return Kind::NotQuoted;
    }
    // 折叠屏手机, 商务笔记本电脑
    if let Some(category) = by_its_end(&lower) {
        return Kind::Is(category);
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
    ios, ipados, android, windows, macos, sync, corporate, byod, returns, loan";

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
    const ENDS: [&str; 14] = [
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
        None => end,
    };
    Category::find(name)
}

/// Whether a text in lower case names a kind that is not quoted.
pub(crate) fn is_not_quoted(lower: &str) -> bool {
    static KINDS: LazyLock<Phrases<()>> =
        LazyLock::new(|| Phrases::new(NOT_QUOTED.split(", ").map(|kind| (kind, ()))));
    !KINDS.found(lower).is_empty()
}

/// Names of devices that are not quoted, as they stand in a column of models.
const MODELS_NOT_QUOTED: &[&str] = &[
    "laserjet",
    "deskjet",
    "officejet",
    "imac",
    "mac mini",
    "mac studio",
    "mac pro",
    "optiplex",
    "thinkcentre",
    "prodesk",
    "elitedesk",
    "airpods",
    "apple watch",
    "打印机",
    "显示器",
    "投影仪",
    "台式机",
    "路由器",
    "apple tv",
    "homepod",
    "nest hub",
    "chromecast",
    "fire tv",
    "echo dot",
    "nintendo switch",
    "switch oled",
    "switch lite",
    "ps4",
    "ps5",
    "playstation",
    "xbox",
    "steam deck",
    "kindle",
    "apple pencil",
    "airtag",
    "vmware",
    "virtual machine",
    "virtualbox",
];

/// Makers of none of our kinds of device; commas separate them.
const OTHER_MAKERS: &str = "epson, 爱普生, brother, 兄弟, tp-link, jabra, plantronics, apc, rode, tomtom, garmin, logitech, 罗技, \
    manfrotto, 曼富图, zebra, cisco, yealink, ubiquiti, netgear, h3c, maxhub, promethean, hikvision, 海康威视, 海康, 得力, 奔图, \
    pantum, xerox, 施乐, kyocera, 京瓷, konica, 柯尼卡美能达, viewsonic, 优派, sennheiser, 森海塞尔, bose, jbl, sandisk, \
    闪迪, seagate, 希捷, western digital, 西部数据, synology, 群晖, verifone, ingenico, dymo, fellowes, sonos, 山特, 科密, 惠朗";

/// Whether a text in lower case begins with a maker of none of our kinds of device.
pub(crate) fn is_of_another_maker(lower: &str) -> bool {
    static MAKERS: LazyLock<Phrases<()>> =
        LazyLock::new(|| Phrases::new(OTHER_MAKERS.split(", ").map(|maker| (maker, ()))));
    MAKERS.beginning(lower).is_some()
}

/// Whether a model in lower case is one of a device that is not quoted.
pub(crate) fn is_model_not_quoted(lower: &str) -> bool {
    static MODELS: LazyLock<Phrases<()>> =
        LazyLock::new(|| Phrases::new(MODELS_NOT_QUOTED.iter().map(|name| (*name, ()))));
    !MODELS.found(lower).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_in_both_languages_and_others_are_known_as_not_quoted() {
        for (text, kind) in [
            ("笔记本电脑", Kind::Is(Category::Laptop)),
            ("手机/Phone", Kind::Is(Category::Phone)),
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
