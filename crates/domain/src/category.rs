//! Kinds of device, and what devices of each kind have.

use crate::FaultKind;
use crate::terms::{serde_by_word, terms};

terms! {
    /// What kind of device is traded in (`device_type`).
    ///
    /// The code also names the kind's picture in `public/icons.svg`. ARCHITECTURE.md lists the other
    /// places where a new kind is written, and the test or compiler error that finds a forgotten one.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum Category {
        /// 手机
        Phone: "phone", "手机", [
            "智能手机", "移动电话", "智能机", "mobile", "smartphone", "smart phone", "mobile phone", "cell phone",
            "cellphone", "cell", "phones", "smartphones", "mobiles", "mobile phones", "iphone", "手机类",
            "苹果手机", "安卓手机", "手提电话"
        ];
        /// 平板
        Tablet: "tablet", "平板", ["平板电脑", "pad", "tablets", "tablet pc", "tablet computer", "平板类", "ipad", "苹果平板", "平板式微型计算机", "平板计算机"];
        /// 笔记本
        Laptop: "laptop", "笔记本", [
            "笔记本电脑", "电脑", "notebook", "computer", "laptops", "notebooks", "手提电脑", "便携式计算机", "便携计算机",
            "便携式电脑", "笔记本类", "笔电", "手提", "laptop computer", "notebook computer", "notebook pc", "portable computer",
            "macbook", "超极本", "chromebook", "chromebooks", "轻薄本", "游戏本", "办公笔记本", "便携式微型计算机", "移动工作站", "ultrabook", "苹果笔记本", "办公本"
        ];
        /// 相机
        Camera: "camera", "相机", ["照相机", "数码相机", "微单", "单反", "单反相机", "微单相机", "cameras", "digital camera", "dslr", "数码照相机", "数字照相机", "通用照相机"];
    }
}

serde_by_word!(Category);

/// What devices of a kind have, and therefore what a form asks about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features {
    /// The faults that such a device can have. The form offers no others.
    pub faults: &'static [FaultKind],
    /// What the field `storage` means for it.
    pub storage: StorageIs,
    /// Whether a price needs the memory (`ram`).
    pub needs_memory: bool,
}

/// What the field `storage` means for a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageIs {
    /// How much it stores, such as `256GB`.
    Capacity,
    /// What it is sold with, such as `机身` (body only).
    Kit,
}

/// The faults of devices that run apps: all but those of a camera's lens and shutter.
const OF_COMPUTERS: &[FaultKind] = &[
    FaultKind::OuterGlass,
    FaultKind::Display,
    FaultKind::Battery,
    FaultKind::Camera,
    FaultKind::Biometrics,
    FaultKind::Buttons,
    FaultKind::Audio,
    FaultKind::Ports,
    FaultKind::Water,
    FaultKind::Account,
    FaultKind::Dead,
];

impl Category {
    /// What devices of this kind have.
    pub const fn features(self) -> &'static Features {
        match self {
            Self::Phone | Self::Tablet => {
                &Features { faults: OF_COMPUTERS, storage: StorageIs::Capacity, needs_memory: false }
            }
            Self::Laptop => {
                &Features { faults: OF_COMPUTERS, storage: StorageIs::Capacity, needs_memory: true }
            }
            Self::Camera => &Features {
                faults: &[
                    FaultKind::OuterGlass,
                    FaultKind::Display,
                    FaultKind::Battery,
                    FaultKind::Buttons,
                    FaultKind::Ports,
                    FaultKind::Water,
                    FaultKind::Lens,
                    FaultKind::Shutter,
                    FaultKind::Dead,
                ],
                storage: StorageIs::Kit,
                needs_memory: false,
            },
        }
    }

    /// Whether a price needs the memory (`ram`).
    pub fn requires_memory(self) -> bool {
        self.features().needs_memory
    }
}

impl FaultKind {
    /// Whether a device of this category can have the fault.
    pub fn applies_to(self, category: Category) -> bool {
        category.features().faults.contains(&self)
    }
}
