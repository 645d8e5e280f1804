//! What a clause can say.

use crate::{FaultKind, RepairKind};

/// What one clause says, such as `屏碎` of `屏碎，电池不行`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "words"), expect(dead_code, reason = "without the tables, less is read"))]
pub(crate) enum Clause {
    /// Something works, or all does: 正常, 屏幕没问题, no issues.
    Sound,
    /// It does not say whether anything works: 未知, untested, `?`.
    Unclear,
    /// Something is broken, but it does not say what: 有故障, faulty.
    Unnamed,
    /// The name of a part only: 屏幕.
    Bare,
    /// It was never repaired: 无拆修. This does not say that it works.
    NeverRepaired,
    /// A repair in the past: 换过电池, screen replaced.
    Repair(Option<RepairKind>),
    /// A fault; `None` where it is not one of the list.
    Fault(Option<FaultKind>),
}
