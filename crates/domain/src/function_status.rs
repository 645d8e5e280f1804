//! What works and what does not (`function_status`).

mod reading;

use std::fmt;

use crate::{Fault, FaultKind, Score};

/// Whether everything works, or which faults there are. No faults means that everything works.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FunctionStatus(Vec<Fault>);

impl FunctionStatus {
    /// The partner's word for "everything works".
    pub const NORMAL: &'static str = "正常";
    /// What the form sends when the faults are ticked in fields of their own.
    pub const FAULTY: &'static str = "faulty";
    /// The most faults of one device. A form with more is refused as [`Problem::TooMany`](crate::Problem).
    pub const MOST: usize = 20;
    /// The longest text of all faults together, in characters, with one separator after each.
    pub const LONGEST: usize = Self::MOST * (Fault::LONGEST + 1);

    /// The faults; empty when everything works.
    pub fn faults(&self) -> &[Fault] {
        &self.0
    }

    /// Whether everything works.
    pub fn is_normal(&self) -> bool {
        self.0.is_empty()
    }

    /// This status with one more fault of the list.
    #[must_use]
    pub fn with(&self, kind: FaultKind) -> Self {
        let mut faults = self.0.clone();
        faults.push(Fault::Listed(kind, None));
        faults.sort_unstable();
        faults.dedup();
        Self(faults)
    }

    /// This status without faults of that kind.
    #[must_use]
    pub fn without(&self, kind: FaultKind) -> Self {
        Self(self.0.iter().filter(|fault| fault.kind() != Some(kind)).cloned().collect())
    }

    /// This status of a device of that category: of a camera, what is said of the lens is a fault of the lens, and not of
    /// what a phone takes pictures with.
    #[cfg(feature = "words")]
    pub(crate) fn of(mut self, category: crate::Category) -> Self {
        if FaultKind::Camera.applies_to(category) {
            return self;
        }
        for fault in &mut self.0 {
            match fault {
                Fault::Listed(kind @ FaultKind::Camera, Some(text)) if is_of_the_lens(text.as_str()) => {
                    *kind = FaultKind::Lens;
                }
                Fault::Other(text) if moves_no_lens(text.as_str()) => {
                    *fault = Fault::Listed(FaultKind::Lens, Some(text.clone()));
                }
                Fault::Listed(..) | Fault::Other(_) => {}
            }
        }
        self.0.sort_unstable();
        self.0.dedup();
        self
    }

    /// How much all faults together take off the condition score.
    pub fn penalty(&self) -> Score {
        self.0.iter().fold(Score::ZERO, |sum, fault| sum.plus(fault.penalty()))
    }
}

/// Whether a fault of what a phone takes pictures with is one of the lens in the words for a camera.
#[cfg(feature = "words")]
fn is_of_the_lens(text: &str) -> bool {
    text.contains("镜头") || text.to_ascii_lowercase().contains("lens")
}

/// Whether words say of a camera that its lens does not move: 不能变焦, 伸不出.
#[cfg(feature = "words")]
fn moves_no_lens(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    // The flash pops up, too.
    !["闪光灯", "flash", "屏", "screen"].iter().any(|word| lower.contains(word))
        && ["变焦", "伸不出", "缩不回", "伸缩", "zoom", "retract", "extend"]
            .iter()
            .any(|word| lower.contains(word))
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
