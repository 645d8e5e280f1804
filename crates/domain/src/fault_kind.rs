//! Kinds of fault.

use crate::Score;
use crate::terms::terms;

terms! {
    /// A kind of fault. Which kinds of device can have it is part of
    /// [`Category::features`](crate::Category::features).
    ///
    /// Faults of one device are sorted by the numbers below, and their order is part of the key that
    /// quotes are recorded under. A new kind gets the next free number, so that recorded keys stay valid.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum FaultKind {
        /// The outer glass is cracked, the picture is sound.
        OuterGlass = 0: "outer_glass", "外屏损坏", ["外屏碎裂", "碎屏"];
        /// Dead pixels, stripes, spots or no picture.
        Display = 1: "display", "屏幕损坏", ["显示异常", "内屏损坏"];
        /// Battery health below 80 %, or swollen.
        Battery = 2: "battery", "电池老化", ["电池损坏", "电池鼓包"];
        /// The camera does not focus or shows spots.
        Camera = 3: "camera", "摄像头故障", ["相机故障"];
        /// The lens has fungus, dust or scratches.
        Lens = 10: "lens", "镜头损坏", ["镜头发霉"];
        /// The shutter sticks or is worn out.
        Shutter = 11: "shutter", "快门故障", ["快门卡滞"];
        /// Fingerprint or face recognition fails.
        Biometrics = 4: "biometrics", "生物识别故障", ["指纹失灵", "面容失灵"];
        /// Buttons or keyboard fail.
        Buttons = 5: "buttons", "按键故障", ["按键失灵", "键盘故障"];
        /// Speaker or microphone fails.
        Audio = 6: "audio", "声音故障", ["扬声器故障", "麦克风故障"];
        /// Charging or another port fails.
        Ports = 7: "ports", "接口故障", ["无法充电"];
        /// Traces of water.
        Water = 8: "water", "进水", ["进水机"];
        /// An account or a lock is still active.
        Account = 9: "account", "账号锁", ["账号未退出", "有锁"];
        /// It does not switch on.
        Dead = 12: "dead", "无法开机", ["不开机"];
    }
}

impl FaultKind {
    /// The length of the list's longest word, 生物识别故障, in characters.
    pub(crate) const LONGEST_WORD: usize = 6;

    /// The detail of a fault for which the person gave none: what the inspection looks for. It is
    /// written in brackets after the word, so it has no bracket itself.
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Term;

    #[test]
    fn the_longest_word_is_as_long_as_its_constant_says() {
        let longest = FaultKind::ALL.iter().map(|kind| kind.word().chars().count()).max();
        assert_eq!(longest, Some(FaultKind::LONGEST_WORD));
    }

    #[test]
    fn details_have_no_bracket() {
        for kind in FaultKind::ALL {
            let detail = kind.detail();
            assert!(!detail.is_empty() && !detail.contains(['(', '（', ')', '）']), "{detail}");
        }
    }
}
