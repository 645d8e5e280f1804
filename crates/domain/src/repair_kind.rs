//! Kinds of repair.

use crate::Score;
use crate::terms::terms;

terms! {
    /// Repairs the device went through (`repair_history`).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum RepairKind {
        /// 无维修
        None: "none", "无维修", ["无", "未维修", "没修过", "否", "没有过", "never"];
        /// 更换电池
        Battery: "battery", "更换电池", ["换电池", "换过电池"];
        /// 更换屏幕
        Screen: "screen", "更换屏幕", ["换屏", "换过屏"];
        /// 更换后盖或外壳
        Housing: "housing", "更换外壳", ["换壳", "换后盖"];
        /// 主板维修
        Mainboard: "mainboard", "主板维修", ["修过主板"];
    }
}

impl RepairKind {
    /// How much the repair takes off the condition score.
    pub(crate) fn penalty(self) -> Score {
        Score::from_tenths(match self {
            Self::None => 0,
            Self::Battery | Self::Housing => 3,
            Self::Screen => 8,
            Self::Mainboard => 15,
        })
    }
}
