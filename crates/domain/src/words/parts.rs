//! The parts of a device that people name, in both languages.

use crate::{FaultKind, RepairKind};

/// A part, the fault that it can have, and the repair of it that the list knows.
pub(super) struct Part {
    pub(super) fault: FaultKind,
    pub(super) repair: Option<RepairKind>,
    /// Chinese words, looked for within a clause.
    pub(super) chinese: &'static [&'static str],
    /// English words, each a word of a clause by itself.
    pub(super) english: &'static [&'static str],
}

/// In the order in which they are looked for: what is named more closely comes first, so that
/// `充电口` is a port and not a battery.
pub(super) const PARTS: &[Part] = &[
    Part {
        fault: FaultKind::OuterGlass,
        repair: Some(RepairKind::Screen),
        chinese: &["外屏", "玻璃"],
        english: &["glass"],
    },
    Part {
        fault: FaultKind::Account,
        repair: None,
        chinese: &["账号", "账户", "帐号", "id锁", "激活锁", "icloud", "bios锁", "监管锁"],
        english: &["icloud", "activation", "account", "mdm", "bios"],
    },
    Part {
        fault: FaultKind::Biometrics,
        repair: None,
        chinese: &["指纹", "面容", "人脸", "faceid", "touchid", "face id", "touch id"],
        english: &["fingerprint", "face", "touchid", "faceid", "biometric", "biometrics"],
    },
    Part {
        fault: FaultKind::Ports,
        repair: None,
        chinese: &["充电", "接口", "尾插", "插口", "usb", "耳机孔"],
        english: &["port", "ports", "charging", "charge", "charger", "usb", "hdmi", "jack"],
    },
    Part {
        fault: FaultKind::Battery,
        repair: Some(RepairKind::Battery),
        chinese: &["电池", "续航"],
        english: &["battery"],
    },
    Part { fault: FaultKind::Shutter, repair: None, chinese: &["快门"], english: &["shutter"] },
    Part {
        fault: FaultKind::Lens,
        repair: None,
        chinese: &["镜片", "镜头发霉", "镜头霉", "镜头划"],
        english: &["lens"],
    },
    Part {
        fault: FaultKind::Camera,
        repair: None,
        chinese: &["摄像", "后摄", "前摄", "镜头", "相机", "拍照"],
        english: &["camera", "cameras", "webcam"],
    },
    Part {
        fault: FaultKind::Buttons,
        repair: None,
        chinese: &["按键", "按钮", "键盘", "音量键", "电源键", "触摸板", "触控板"],
        english: &["button", "buttons", "key", "keys", "keyboard", "trackpad", "touchpad"],
    },
    Part {
        fault: FaultKind::Audio,
        repair: None,
        chinese: &["扬声器", "喇叭", "听筒", "麦克风", "话筒", "外放", "声音"],
        english: &["speaker", "speakers", "microphone", "mic", "sound", "audio", "earpiece"],
    },
    Part {
        fault: FaultKind::Display,
        repair: Some(RepairKind::Screen),
        chinese: &["屏", "显示", "触摸", "触控", "液晶"],
        english: &["screen", "display", "lcd", "touchscreen", "touch", "panel"],
    },
];

/// Parts of which the list knows a repair, but no fault.
pub(super) const REPAIRED: &[(RepairKind, &[&str], &[&str])] = &[
    (RepairKind::Mainboard, &["主板"], &["mainboard", "motherboard", "board", "logic"]),
    (
        RepairKind::Housing,
        &["外壳", "后盖", "后壳", "机壳", "换壳", "中框", "盖板"],
        &["housing", "casing", "case", "back", "cover", "shell"],
    ),
];
