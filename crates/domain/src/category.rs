use crate::Term;
use crate::terms::serde_by_word;

/// What kind of device is traded in (`device_type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// 手机
    Phone,
    /// 平板
    Tablet,
    /// 笔记本
    Laptop,
    /// 相机
    Camera,
}

serde_by_word!(Category);

impl Category {
    /// Whether a price needs the memory (`ram`). The partner requires it for computers.
    pub fn requires_memory(self) -> bool {
        matches!(self, Self::Laptop)
    }
}

impl Term for Category {
    const ALL: &'static [Self] = &[Self::Phone, Self::Tablet, Self::Laptop, Self::Camera];

    fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Laptop => "laptop",
            Self::Camera => "camera",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Phone => "手机",
            Self::Tablet => "平板",
            Self::Laptop => "笔记本",
            Self::Camera => "相机",
        }
    }

    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Phone => &["智能手机", "mobile", "smartphone"],
            Self::Tablet => &["平板电脑", "pad"],
            Self::Laptop => &["笔记本电脑", "电脑", "notebook", "computer"],
            Self::Camera => &["照相机", "数码相机"],
        }
    }
}
