//! What works and what does not (`function_status`).
//!
//! Faults are told with their detail, since "broken screen" may mean the outer glass or
//! the display, and the price at inspection depends on which.

use std::fmt;

use crate::{Category, PlainText, Problem, Score, Term};

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

/// One fault: what, and in which way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fault {
    /// A fault of the list, with the detail given or the list's own.
    Listed(FaultKind, Option<PlainText>),
    /// Any other fault, in the person's words.
    Other(PlainText),
}

impl Fault {
    /// Reads `word`, `code`, `word(detail)` or free text.
    fn parse(text: &str) -> Result<Self, Problem> {
        let text = PlainText::parse(text)?;
        let (word, detail) = match text.as_str().split_once(['(', '（']) {
            Some((word, rest)) => (word.trim(), PlainText::parse(rest.trim_end_matches([')', '）'])).ok()),
            None => (text.as_str(), None),
        };
        Ok(match FaultKind::find(word) {
            Some(kind) => Self::Listed(kind, detail.filter(|detail| detail.as_str() != kind.detail())),
            None => Self::Other(text),
        })
    }

    /// The kind, of a fault of the list.
    pub fn kind(&self) -> Option<FaultKind> {
        match self {
            Self::Listed(kind, _) => Some(*kind),
            Self::Other(_) => None,
        }
    }

    fn penalty(&self) -> Score {
        match self {
            Self::Listed(kind, _) => kind.penalty(),
            Self::Other(_) => Score::from_tenths(15),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listed(kind, detail) => {
                write!(f, "{}({})", kind.word(), detail.as_ref().map_or(kind.detail(), PlainText::as_str))
            }
            Self::Other(text) => write!(f, "{text}"),
        }
    }
}

/// Whether everything works, or which faults there are (never an empty list).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FunctionStatus(Vec<Fault>);

impl FunctionStatus {
    /// The partner's word for "everything works".
    pub const NORMAL: &'static str = "正常";
    /// What the form sends when faults are named in fields of their own.
    pub const FAULTY: &'static str = "faulty";
    const SEPARATORS: [char; 4] = ['、', ';', '；', '|'];

    /// Reads the answer: `正常`, or the text of the faults, or [`Self::FAULTY`] with the
    /// faults in `named`. Text and named faults add up; a fault said twice counts once.
    ///
    /// # Errors
    /// [`Problem::Missing`] when nothing was answered, [`Problem::NoFaultNamed`] when
    /// faults were announced without naming one, or what [`PlainText::parse`] refuses.
    pub fn parse<'a>(text: &str, named: impl Iterator<Item = &'a str>) -> Result<Self, Problem> {
        let text = text.trim();
        let named: Vec<&str> = named.filter(|name| !name.trim().is_empty()).collect();
        if matches!(text, Self::NORMAL | "normal" | "无故障" | "功能正常") {
            return Ok(Self(Vec::new()));
        }
        if text.is_empty() && named.is_empty() {
            return Err(Problem::Missing);
        }
        let announced = text == Self::FAULTY;
        let told = text.split(Self::SEPARATORS).filter(|part| !announced && !part.trim().is_empty());
        let mut faults = told.chain(named).map(Fault::parse).collect::<Result<Vec<_>, _>>()?;
        // One order, so that the same faults make the same request however they were told.
        faults.sort_unstable();
        faults.dedup();
        if faults.is_empty() { Err(Problem::NoFaultNamed) } else { Ok(Self(faults)) }
    }

    /// The faults; empty when everything works.
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }

    /// Whether everything works.
    pub fn is_normal(&self) -> bool {
        self.0.is_empty()
    }

    /// The same, with a fault of the list more.
    #[must_use]
    pub fn with(&self, kind: FaultKind) -> Self {
        let mut faults = self.0.clone();
        faults.push(Fault::Listed(kind, None));
        faults.sort_unstable();
        faults.dedup();
        Self(faults)
    }

    /// The same without faults of that kind; when it was the only one, everything works.
    #[must_use]
    pub fn without(&self, kind: FaultKind) -> Self {
        Self(self.0.iter().filter(|fault| fault.kind() != Some(kind)).cloned().collect())
    }

    /// How much all faults together take off the condition score.
    pub fn penalty(&self) -> Score {
        self.0.iter().fold(Score::ZERO, |sum, fault| sum.plus(fault.penalty()))
    }
}

impl fmt::Display for FunctionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_normal() {
            return f.write_str(Self::NORMAL);
        }
        for (position, fault) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("、")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}
