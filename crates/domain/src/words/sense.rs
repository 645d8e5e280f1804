//! The meanings that a known word can have.

use super::parts::Part;
use crate::{FaultKind, RepairKind};

/// The meaning of a word by itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum Sense {
    /// Something works: 正常, fine.
    Sound,
    /// 全新, brand new: sound. A part that is named after it was replaced.
    New,
    /// Denies what follows; alone it says that there is no fault: 无, none.
    Nothing,
    /// Denies what follows: 不, not.
    Denial,
    /// Denies that something can be done: 无法, cannot. It never denies a defect.
    Inability,
    /// 能, can: what follows works.
    Ability,
    /// Denies the defect before it: scratch free.
    Free,
    /// A part or a function.
    Part(&'static Part),
    /// What a part does when it works: powers on.
    Does(&'static Part),
    /// Something is wrong: 坏, scratches.
    Defect(Defect),
    /// A repair that was made; of which part, if the word says it.
    Repair(Option<RepairKind>),
    /// 修 (repair), 拆 (open): has a meaning only after a denial, "not opened".
    Touched,
    /// 原装 (original parts): it was never repaired; after a denial, it was.
    Original,
    /// A repair that is still needed: 需, needs.
    Yet,
    /// Unknown: makes the clause unclear, whatever else it says.
    Unclear,
    /// 可能, maybe: makes the clause unclear, unless it names a fault.
    Doubt,
    /// 测试, tested: makes the clause unclear after a denial.
    Verified,
    /// 健康度 (health): a percentage beside it is the battery's.
    Health,
    /// 循环, cycles: a number beside it is the battery's cycles.
    Cycles,
    /// 低于, below.
    Below,
    And,
    Or,
    /// Has no meaning of its own.
    Filler,
}

/// A word for something that is wrong.
#[derive(Clone, Copy, Debug)]
pub(super) struct Defect {
    /// The fault of the list that the word means, if it means one.
    pub(super) kind: Option<FaultKind>,
    /// Whether it means that fault whatever part is named beside it.
    pub(super) sure: bool,
    /// Whether it says what is wrong without the name of a part.
    pub(super) named: bool,
    /// Whether it is a noun. One denial may deny several nouns: no dents or scratches.
    pub(super) noun: bool,
    /// Whether it is a crack or a scratch. In a screen the glass has it, not the display.
    pub(super) crack: bool,
}

impl Defect {
    /// 坏, broken.
    pub(super) const BROKEN: Self = Self { kind: None, sure: false, named: false, noun: false, crack: false };
    /// 故障, issue.
    pub(super) const TROUBLE: Self = Self { noun: true, ..Self::BROKEN };
    /// 碎, cracked.
    pub(super) const CRACKED: Self = Self { crack: true, ..Self::BROKEN };
    /// 裂痕, cracks.
    pub(super) const CRACKS: Self = Self { crack: true, ..Self::TROUBLE };
    /// 卡顿, slow.
    pub(super) const UNWELL: Self = Self { named: true, ..Self::BROKEN };
    /// 霉, fungus.
    pub(super) const FLAW: Self = Self { named: true, ..Self::TROUBLE };
    /// 划痕, scratches: in a screen, of the glass.
    pub(super) const SCRATCH: Self = Self { crack: true, ..Self::FLAW };
    /// 刮花, scratched.
    pub(super) const SCRATCHED: Self = Self { crack: true, ..Self::UNWELL };

    /// Whether it says of what is named beside it that it is broken, and nothing more: 坏, 不灵.
    pub(super) const fn is_broken(self) -> bool {
        self.kind.is_none() && !self.named && !self.noun && !self.crack
    }

    /// A word for that fault of the list: 花屏.
    pub(super) const fn of(kind: FaultKind) -> Self {
        Self { kind: Some(kind), sure: true, ..Self::FLAW }
    }

    /// A word for that fault, unless another part is named: 鼓包.
    pub(super) const fn rather(kind: FaultKind) -> Self {
        Self { kind: Some(kind), ..Self::UNWELL }
    }
}

/// A table of words by meaning; the words are separated by commas.
pub(super) type Words = [(Sense, &'static str)];
