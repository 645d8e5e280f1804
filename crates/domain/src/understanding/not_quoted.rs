//! Devices of other kinds than ours, which are not quoted.

use std::sync::LazyLock;

use super::spelling::Phrases;

/// Kinds that are not quoted; commas separate them.
const NOT_QUOTED: &str = "cable, adapter, stylus, 转接头, 手写笔, 打印机, 复印机, 扫描仪, 传真机, 一体机, 显示器, 显示屏, \
    台式机, 台式电脑, tower, sff, usff, mini pc, 台式, 桌机, 桌上型, 主机, 服务器, 交换机, 路由器, 投影仪, 投影机, 电视, 音箱, 耳机, 键盘, 鼠标, \
    充电器, 充电头, 充电线, 贴膜, 钢化膜, 手机壳, 数据线, 保护壳, 手表, 手环, 硬盘, u盘, 移动硬盘, 电话机, 座机, 摄像头, 扩展坞, 桌子, 椅子, \
    办公桌, 空调, printer, scanner, monitor, desktop, server, router, projector, headset, headphones, \
    keyboard, mouse, charger, dock, docking station, watch, smartwatch, webcam, television, earphones, \
    imac, mac mini, mac studio, airpods, apple watch, 碎纸机, 白板, 电纸书, 学习机, 点读机, 录音笔, \
    考勤机, 摄像机, 无人机, 稳定器, 三脚架, 存储卡, 闪光灯, 冰箱, 饮水机, 文件柜, pos机, 扫码枪, \
    对讲机, 机顶盒, 游戏机, 功放, 音响, 防火墙, 机柜, 充电宝, 移动电源, 读卡器, 会议平板, 触控一体机, \
    教学一体机, whiteboard, tripod, drone, access point, firewall, camcorder, kindle, e-reader, \
    game console, playstation, xbox, shredder, laminator, soundbar, desk phone, ip phone, \
    conference phone, thin client, power bank, hard drive, flash drive, memory card, sd card, \
    label maker, network switch, all-in-one, 网络设备, 监护仪, 示波器, \
    配件, 附件, 耗材, accessories, accessory, pda, 手持终端, 手持机, 盘点机, theodolite, fitness band, trolley, 一箱, 一批, 一堆, 一袋, 散件, \
    零件, assorted, box of, bag of, bundle of, spare parts, hotspot, mifi, modem, sat nav, satnav, sat-nav, ups, \
    microphone, mic, gimbal, walkie-talkie, walkie talkie, turntable, \
    interactive panel, whiteboard panel, touch panel, interactive display, monitors, printers, headsets, projectors, \
    keyboards, chargers, docks, routers, servers, 随身wifi, 导航仪, 扩音器, 话筒, 麦克风, 点钞机, 收银机, 打卡机, 门禁, 条码枪, \
    扫描枪, 热敏机, 标签机, 塑封机, 装订机, door fob, key fob, access card, id badge, swipe card, laptop bag, backpack, rucksack, \
    lanyard, 工牌, 电脑包, 双肩包, pager, pagers, 寻呼机, 充电柜, 充电车, charging cabinet, charging cart, charging trolley, 净化器, \
    加湿器, 电风扇, 热水壶, 微波炉";

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
    "galaxy watch",
    "galaxy buds",
    "galaxy fit",
    "pixel watch",
    "pixel buds",
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
    "总成",
    "spares",
    "cases",
    "clear case",
    "screen protectors",
    "screens",
    "screen assembly",
    "lcd assembly",
    "digitizer",
    "排线",
    "拆机件",
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
const OTHER_MAKERS: &str = "fitbit, epson, 爱普生, brother, 兄弟, tp-link, jabra, plantronics, apc, rode, tomtom, garmin, \
    logitech, 罗技, \
    manfrotto, 曼富图, zebra, cisco, yealink, ubiquiti, netgear, h3c, maxhub, promethean, hikvision, 海康威视, 海康, 得力, 奔图, \
    pantum, xerox, 施乐, kyocera, 京瓷, konica, 柯尼卡美能达, viewsonic, 优派, sennheiser, 森海塞尔, bose, jbl, sandisk, sigma, 适马, \
    tamron, 腾龙, samyang, viltrox, 唯卓仕, tokina, \
    闪迪, seagate, 希捷, western digital, 西部数据, synology, 群晖, verifone, ingenico, dymo, fellowes, sonos, 山特, 科密, 惠朗";

/// Whether a text in lower case begins with a maker of none of our kinds of device.
pub(crate) fn is_of_another_maker(lower: &str) -> bool {
    static MAKERS: LazyLock<Phrases<()>> =
        LazyLock::new(|| Phrases::new(OTHER_MAKERS.split(", ").map(|maker| (maker, ()))));
    MAKERS.beginning(lower).is_some()
}

/// Whether a model in lower case is one of a device that is not quoted.
pub(crate) fn is_model_not_quoted(lower: &str) -> bool {
    // A leaver had none.
    if matches!(lower.trim(), "未领用" | "未配发" | "无设备" | "no device" | "not issued") {
        return true;
    }
    static MODELS: LazyLock<Phrases<()>> =
        LazyLock::new(|| Phrases::new(MODELS_NOT_QUOTED.iter().map(|name| (*name, ()))));
    !MODELS.found(lower).is_empty()
}
