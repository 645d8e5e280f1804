use crate::{Category, Score, Term};

/// A kind of fault, with the detail that the inspection goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FaultKind {
    /// The outer glass is cracked, the picture is sound.
    OuterGlass,
    /// Dead pixels, stripes, spots or no picture.
    Display,
    /// Battery health below 80 %, or swollen.
    Battery,
    /// The camera does not focus or shows spots.
    Camera,
    /// Fingerprint or face recognition fails.
    Biometrics,
    /// Buttons or keyboard fail.
    Buttons,
    /// Speaker or microphone fails.
    Audio,
    /// Charging or another port fails.
    Ports,
    /// Traces of water.
    Water,
    /// An account or a lock is still active.
    Account,
    /// The lens has fungus, dust or scratches.
    Lens,
    /// The shutter sticks or is worn out.
    Shutter,
    /// It does not switch on.
    Dead,
}

impl FaultKind {
    /// Characters of the list's longest word, 生物识别故障.
    pub(crate) const LONGEST_WORD: usize = 6;

    /// The detail the partner is sent with the word; free of the characters that part
    /// one fault from the next.
    pub fn detail(self) -> &'static str {
        match self {
            Self::OuterGlass => "外屏碎裂，显示正常",
            Self::Display => "有坏点或条纹",
            Self::Battery => "健康度低于80%",
            Self::Camera => "无法对焦或有黑斑",
            Self::Biometrics => "指纹或面容无法识别",
            Self::Buttons => "按键或键盘失灵",
            Self::Audio => "扬声器或麦克风无声",
            Self::Ports => "无法充电或接口损坏",
            Self::Water => "有进水痕迹",
            Self::Account => "账号未退出",
            Self::Lens => "镜头发霉或划伤",
            Self::Shutter => "快门卡滞",
            Self::Dead => "无法开机",
        }
    }

    /// How much the fault takes off the condition score.
    pub fn penalty(self) -> Score {
        Score::from_tenths(match self {
            Self::Buttons | Self::Audio | Self::Biometrics | Self::Battery => 8,
            Self::OuterGlass | Self::Camera | Self::Ports | Self::Shutter => 15,
            Self::Lens => 20,
            Self::Display | Self::Water => 25,
            Self::Account => 40,
            Self::Dead => 50,
        })
    }

    /// Whether a device of this category can have the fault.
    pub fn applies_to(self, category: Category) -> bool {
        match self {
            Self::Lens | Self::Shutter => category == Category::Camera,
            Self::Biometrics | Self::Audio | Self::Account | Self::Camera => category != Category::Camera,
            _ => true,
        }
    }
}

impl Term for FaultKind {
    const ALL: &'static [Self] = &[
        Self::OuterGlass,
        Self::Display,
        Self::Battery,
        Self::Camera,
        Self::Lens,
        Self::Shutter,
        Self::Biometrics,
        Self::Buttons,
        Self::Audio,
        Self::Ports,
        Self::Water,
        Self::Account,
        Self::Dead,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::OuterGlass => "outer_glass",
            Self::Display => "display",
            Self::Battery => "battery",
            Self::Camera => "camera",
            Self::Biometrics => "biometrics",
            Self::Buttons => "buttons",
            Self::Audio => "audio",
            Self::Ports => "ports",
            Self::Water => "water",
            Self::Account => "account",
            Self::Lens => "lens",
            Self::Shutter => "shutter",
            Self::Dead => "dead",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::OuterGlass => "外屏损坏",
            Self::Display => "屏幕损坏",
            Self::Battery => "电池老化",
            Self::Camera => "摄像头故障",
            Self::Biometrics => "生物识别故障",
            Self::Buttons => "按键故障",
            Self::Audio => "声音故障",
            Self::Ports => "接口故障",
            Self::Water => "进水",
            Self::Account => "账号锁",
            Self::Lens => "镜头损坏",
            Self::Shutter => "快门故障",
            Self::Dead => "无法开机",
        }
    }

    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::OuterGlass => &["外屏碎裂", "碎屏"],
            Self::Display => &["显示异常", "内屏损坏"],
            Self::Battery => &["电池损坏", "电池鼓包"],
            Self::Camera => &["相机故障"],
            Self::Biometrics => &["指纹失灵", "面容失灵"],
            Self::Buttons => &["按键失灵", "键盘故障"],
            Self::Audio => &["扬声器故障", "麦克风故障"],
            Self::Ports => &["无法充电"],
            Self::Water => &["进水机"],
            Self::Account => &["账号未退出", "有锁"],
            Self::Lens => &["镜头发霉"],
            Self::Shutter => &["快门卡滞"],
            Self::Dead => &["不开机"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_has_as_many_characters_as_is_said() {
        let longest = FaultKind::ALL.iter().map(|kind| kind.word().chars().count()).max();
        assert_eq!(longest, Some(FaultKind::LONGEST_WORD));
    }
}
