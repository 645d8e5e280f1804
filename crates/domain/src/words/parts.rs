//! The parts and functions of a device that people name, in both languages.

use crate::{FaultKind, RepairKind};

/// A part, with its fault and its repair in the lists, where they have one.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) fault: Option<FaultKind>,
    pub(super) repair: Option<RepairKind>,
    /// Its names.
    pub(super) words: &'static str,
    /// Whether it lies behind the glass, so that a crack is its own: LCD.
    pub(super) inner: bool,
    /// What the part does when it works: "powers on". With a denial before it, this is a fault.
    pub(super) does: &'static str,
}

impl Part {
    const fn new(fault: FaultKind, words: &'static str) -> Self {
        Self { fault: Some(fault), repair: None, words, inner: false, does: "" }
    }

    const fn repaired(self, repair: RepairKind) -> Self {
        Self { repair: Some(repair), ..self }
    }

    const fn inner(self) -> Self {
        Self { inner: true, ..self }
    }

    const fn does(self, does: &'static str) -> Self {
        Self { does, ..self }
    }
}

pub(super) const PARTS: &[Part] = &[
    Part::new(FaultKind::OuterGlass, "外屏, 玻璃, 盖板玻璃, glass, screen glass, front glass")
        .repaired(RepairKind::Screen),
    Part::new(
        FaultKind::Account,
        "账号, 账户, 帐号, 帐户, id, icloud, apple id, google account, activation, account, mdm, bios, frp",
    )
    .does("解锁, 退出"),
    Part::new(
        FaultKind::Biometrics,
        "指纹, 面容, 人脸, 指纹解锁, 指纹锁, 面部识别, 指纹识别, 人脸识别, 人脸解锁, 面容解锁, 刷脸, faceid, touchid, face id, touch id, \
         面容id, fp, fingerprint, fingerprint reader, fingerprint sensor, face, biometric, biometrics, \
         face unlock",
    ),
    Part::new(
        FaultKind::Ports,
        "充电, 充电口, 接口, 尾插, 插口, 耳机孔, 无线充电, 充电孔, 充电接口, 数据口, 电源口, 电源接口, usb口, typec, typec口, type c口, hdmi口, 雷电口, usb, \
         type c, hdmi, port, ports, charging, \
         charge, charger, jack, charging port, charge port, charging ports, wireless charging, \
         headphone jack",
    )
    .does("charges, charges fine"),
    Part::new(FaultKind::Battery, "电池, 续航, 待机, battery, batteries, batt, bat, battery life")
        .repaired(RepairKind::Battery)
        .does("holds charge, holds a charge, hold charge, hold a charge"),
    Part::new(FaultKind::Shutter, "快门, shutter, shutter count, actuations, shutter actuations, clicks"),
    Part::new(FaultKind::Lens, "镜片, lens, lenses, front element, rear element, lens element"),
    Part::new(
        FaultKind::Camera,
        "摄像, 摄像头, 后摄, 前摄, 前置, 后置, 镜头, 相机, 拍照, 拍摄, 对焦, 镜头玻璃, 镜头镜片, 摄像头玻璃, 摄像头镜片, 后摄玻璃, 后摄镜片, 相机玻璃, camera glass, \
         camera lens glass, camera, cameras, \
         webcam, cam, cams, front camera, rear camera, back camera, flash, autofocus",
    ),
    Part::new(
        FaultKind::Buttons,
        "键, 按键, 按钮, 键盘, 音量键, 电源键, 开机键, 触摸板, 触控板, 静音拨杆, 静音键, 静音开关, 拨杆, 静音拨片, mute switch, silent switch, ringer switch, home键, 返回键, button, buttons, key, \
         keys, space bar, spacebar, enter key, shift key, keyboard, kbd, trackpad, touchpad, power button, \
         volume button, volume buttons, home button",
    ),
    Part::new(
        FaultKind::Audio,
        "扬声器, 喇叭, loudspeaker, loudspeakers, loud speaker, 听筒, 麦克风, 话筒, 外放, 声音, 音质, 音量, 送话器, speaker, speakers, \
         spkr, microphone, \
         microphones, mic, sound, audio, earpiece, ear speaker, volume",
    ),
    Part::new(
        FaultKind::Display,
        "屏, 屏幕, 显示, 触摸, 触屏, 触控, 显示屏, 屏幕显示, 画面, screen, screens, scr, display, \
         touchscreen, touch screen, touch, rear lcd, rear screen, back screen, rear display, panel, picture, backlight",
    )
    .repaired(RepairKind::Screen),
    Part::new(FaultKind::Display, "液晶, 内屏, lcd, oled, digitiser, digitizer")
        .inner()
        .repaired(RepairKind::Screen),
    Part::new(FaultKind::Dead, "开机, 启动, 通电, 开关机, power, startup").does(
        "power on, powers on, powering on, power up, powers up, turn on, turns on, turning on, switch on, \
         switches on, boot, boots, boot up, boots up, start, starts, start up, starts up",
    ),
    Part { fault: None, repair: Some(RepairKind::Mainboard), words: MAINBOARD, inner: false, does: "" },
    Part { fault: None, repair: Some(RepairKind::Housing), words: HOUSING, inner: false, does: "" },
    Part { fault: None, repair: None, words: OTHERS, inner: false, does: "" },
];

const MAINBOARD: &str = "主板, mainboard, motherboard, logic board, board";

const HOUSING: &str = "外壳, 后盖, 后壳, 机壳, 中框, 盖板, 背板, 边框, 机身, housing, casing, case, back, cover, shell, \
    frame, body, battery cover, 电池盖, 后盖玻璃, 后玻璃, 后玻, 背玻, 背玻璃, 背面玻璃, 背部玻璃, 后面玻璃, 背盖, back glass, rear glass, rear cover, back panel, rear panel, rear housing, chassis";

/// Parts and functions with neither a fault nor a repair in the lists.
const OTHERS: &str = "信号, 通话, 电话, 打电话, 接打电话, 上网, 网络, 联网, 流量, 无线, 无线网, 无线网络, 网卡, 网口, wifi, \
    wi fi, wlan, 蓝牙, 定位, gps, nfc, sim, sim卡, 卡槽, 4g, 5g, 震动, 振动, 马达, 闪光灯, 热靴, 闪光灯热靴, 手电筒, 传感器, \
    感应器, 陀螺仪, 指南针, 红外, 重力感应, 距离感应, 性能, 系统, 软件, 配件, 转轴, 铰链, 合页, 风扇, \
    散热, 硬盘, 内存, 显卡, 光驱, 刷机, 反应, 响应, 插卡, 读卡, 内存卡, 存储卡, signal, reception, \
    电池仓, 电池仓盖, battery door, hdd, cmos, 感光元件, 取景器, viewfinder, evf, 转盘, 拨盘, 拨轮, dial, dials, 防抖, 卡口, s pen, spen, \
    stylus, 手写笔, 原彩, true tone, network, calls, calling, call, internet, bluetooth, cellular, vibration, motor, \
    sensor, sensors, \
    gyroscope, flashlight, torch, sim card, sim slot, sim tray, home screen, hinge, hinges, fan, fans, disk, drive, \
    ssd, memory, performance, software, system";
