//! Repairs and where the device was bought: lists with an open end, since the partner
//! takes any text and shops use words of their own.

use std::fmt;

use crate::words::{Clause, clauses, is_crossed_out, read};
use crate::{PlainText, Problem, Score, Term};

/// Repairs the device went through (`repair_history`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RepairKind {
    /// 无维修
    None,
    /// 更换屏幕
    Screen,
    /// 更换电池
    Battery,
    /// 主板维修
    Mainboard,
    /// 更换后盖或外壳
    Housing,
}

impl RepairKind {
    /// How much the repair takes off the condition score.
    fn penalty(self) -> Score {
        Score::from_tenths(match self {
            Self::None => 0,
            Self::Battery | Self::Housing => 3,
            Self::Screen => 8,
            Self::Mainboard => 15,
        })
    }
}

impl Term for RepairKind {
    const ALL: &'static [Self] = &[Self::None, Self::Battery, Self::Screen, Self::Housing, Self::Mainboard];

    fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Screen => "screen",
            Self::Battery => "battery",
            Self::Mainboard => "mainboard",
            Self::Housing => "housing",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::None => "无维修",
            Self::Screen => "更换屏幕",
            Self::Battery => "更换电池",
            Self::Mainboard => "主板维修",
            Self::Housing => "更换外壳",
        }
    }

    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::None => &["无", "未维修", "没修过"],
            Self::Screen => &["换屏", "换过屏"],
            Self::Battery => &["换电池", "换过电池"],
            Self::Mainboard => &["修过主板"],
            Self::Housing => &["换壳", "换后盖"],
        }
    }
}

/// Where the device was bought (`purchase_channel`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChannelKind {
    /// 官网
    Official,
    /// 授权经销商
    Retailer,
    /// 电商平台
    Online,
    /// 运营商
    Carrier,
    /// 海外购买
    Overseas,
    /// 二手
    SecondHand,
}

impl Term for ChannelKind {
    const ALL: &'static [Self] =
        &[Self::Official, Self::Retailer, Self::Online, Self::Carrier, Self::Overseas, Self::SecondHand];

    fn code(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Retailer => "retailer",
            Self::Online => "online",
            Self::Carrier => "carrier",
            Self::Overseas => "overseas",
            Self::SecondHand => "second_hand",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Official => "官网",
            Self::Retailer => "授权经销商",
            Self::Online => "电商平台",
            Self::Carrier => "运营商",
            Self::Overseas => "海外购买",
            Self::SecondHand => "二手",
        }
    }

    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Official => &["官方", "直营店", "官方旗舰店"],
            Self::Retailer => &["经销商", "实体店"],
            Self::Online => &["电商", "网购", "京东", "天猫"],
            Self::Carrier => &["合约机"],
            Self::Overseas => &["海外", "港版"],
            Self::SecondHand => &["二手平台"],
        }
    }
}

/// One repair in the person's own words, with its kind where the list has it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Repair {
    kind: Option<RepairKind>,
    words: PlainText,
}

impl Repair {
    pub(crate) fn new(kind: Option<RepairKind>, words: &str) -> Result<Self, Problem> {
        Ok(Self { kind, words: PlainText::parse(words)? })
    }

    /// Brings repairs into one order, each once, so that the same ones make the same request however
    /// they were told.
    pub(crate) fn settle(repairs: &mut Vec<Self>) {
        // The browser asks only whether they can be sent; it need not carry a sort for that.
        if cfg!(feature = "words") {
            repairs.sort_by(|a, b| a.rank().cmp(&b.rank()));
            repairs.dedup_by(|a, b| if a.kind.is_some() { a.kind == b.kind } else { a == b });
        }
    }

    /// The lightest first, those of no list last.
    fn rank(&self) -> (bool, Score, Option<&'static str>, &str) {
        let penalty = self.kind.map_or(Score::ZERO, RepairKind::penalty);
        (self.kind.is_none(), penalty, self.kind.map(RepairKind::code), self.words.as_str())
    }
}

/// Repairs, as a word of the list or in the person's own words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RepairHistory {
    /// A word of the list.
    Listed(RepairKind),
    /// Any other text, sent to the partner as it is, and what it names of the list.
    Told(PlainText, Vec<Option<RepairKind>>),
}

impl RepairHistory {
    /// The words people are shown, in order.
    pub fn listed() -> impl Iterator<Item = RepairKind> {
        RepairKind::ALL.iter().copied()
    }

    /// Reads a word, a code or free text; `None` for one that says nothing, such as `未知`.
    ///
    /// # Errors
    /// What [`PlainText::parse`] refuses.
    pub fn parse(text: &str) -> Result<Option<Self>, Problem> {
        Self::read(text, Vec::new())
    }

    /// Reads the answer, and adds the repairs that were told as faults.
    ///
    /// # Errors
    /// What [`PlainText::parse`] refuses.
    pub(crate) fn read(text: &str, told: Vec<Repair>) -> Result<Option<Self>, Problem> {
        let own = Self::of_its_field(text)?;
        // Said in both places, it is one repair.
        let known = own.as_ref().map(Self::kinds).unwrap_or_default();
        let more: Vec<Repair> =
            told.into_iter().filter(|it| it.kind.is_none() || !known.contains(&it.kind)).collect();
        if more.is_empty() {
            return Ok(own);
        }
        let own = own.filter(|own| *own != Self::Listed(RepairKind::None));
        let mut words: Vec<&str> = own.iter().map(Self::word).collect();
        for repair in &more {
            // One clause may tell of two.
            if words.last() != Some(&repair.words.as_str()) {
                words.push(repair.words.as_str());
            }
        }
        let words = PlainText::parse(&words.join("、"))?;
        let kinds = own.iter().flat_map(Self::kinds).chain(more.iter().map(|repair| repair.kind));
        Ok(Some(Self::told(words, kinds)))
    }

    fn of_its_field(text: &str) -> Result<Option<Self>, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let listed = RepairKind::ALL.iter().find(|kind| kind.word() == text || kind.code() == text);
        if let Some(kind) = listed {
            return Ok(Some(Self::Listed(*kind)));
        }
        if is_crossed_out(text) || RepairKind::find(text) == Some(RepairKind::None) {
            return Ok(Some(Self::Listed(RepairKind::None)));
        }
        let words = match PlainText::parse(text) {
            // Nothing but a phone number or the like is no repair.
            Err(Problem::Missing) => return Ok(None),
            words => words?,
        };
        // Without the tables no clause tells more than the text does.
        if !cfg!(feature = "words") {
            return Ok(Some(Self::Told(words, vec![RepairKind::find(text)])));
        }
        let each: Vec<Vec<Clause>> = clauses(text).into_iter().map(read).collect();
        let said: Vec<Clause> = each.iter().flatten().copied().collect();
        if said.iter().all(|clause| *clause == Clause::Unclear) {
            return Ok(None);
        }
        // 原装, 正常: sound here means that nothing was repaired.
        if said.iter().all(|clause| matches!(clause, Clause::Sound | Clause::NeverRepaired)) {
            return Ok(Some(Self::Listed(RepairKind::None)));
        }
        let kinds = each.iter().flat_map(|said| repairs(said, text));
        Ok(Some(Self::told(words, kinds)))
    }

    /// Repairs in those words, whose kinds have one order.
    fn told(words: PlainText, kinds: impl Iterator<Item = Option<RepairKind>>) -> Self {
        let mut kinds: Vec<_> = kinds.collect();
        if cfg!(feature = "words") {
            kinds.sort_by_key(|kind| kind.map(RepairKind::code));
        }
        Self::Told(words, kinds)
    }

    /// The text the partner is sent.
    pub fn word(&self) -> &str {
        match self {
            Self::Listed(kind) => kind.word(),
            Self::Told(text, _) => text.as_str(),
        }
    }

    /// What it names of the list; `None` for a repair of another kind.
    fn kinds(&self) -> Vec<Option<RepairKind>> {
        match self {
            Self::Listed(RepairKind::None) => Vec::new(),
            Self::Listed(kind) => vec![Some(*kind)],
            Self::Told(_, kinds) => kinds.clone(),
        }
    }

    /// How much all repairs together take off the condition score.
    pub fn penalty(&self) -> Score {
        let other = RepairKind::Screen.penalty();
        let penalties = self.kinds().into_iter().map(|kind| kind.map_or(other, RepairKind::penalty));
        penalties.fold(Score::ZERO, Score::plus)
    }
}

/// The repairs that a clause of the history tells. A fault there is one that was repaired, unless the
/// clause says itself what was.
fn repairs(said: &[Clause], text: &str) -> Vec<Option<RepairKind>> {
    let told: Vec<_> = said
        .iter()
        .filter_map(|clause| match clause {
            Clause::Repair(kind) => Some(*kind),
            _ => None,
        })
        .collect();
    let broken = said.iter().any(|it| matches!(it, Clause::Fault(_) | Clause::Unnamed | Clause::Bare));
    if told.is_empty() && broken { vec![RepairKind::find(text)] } else { told }
}

impl fmt::Display for RepairHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The place of purchase, as a word of the list or text of the shop's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PurchaseChannel {
    /// A word of the list.
    Listed(ChannelKind),
    /// Any other text, sent to the partner as it is.
    Other(PlainText),
}

impl PurchaseChannel {
    /// The words people are shown, in order.
    pub fn listed() -> impl Iterator<Item = ChannelKind> {
        ChannelKind::ALL.iter().copied()
    }

    /// Reads a word, a code or free text; `None` for one that says nothing, such as `未知`.
    ///
    /// # Errors
    /// What [`PlainText::parse`] refuses.
    pub fn parse(text: &str) -> Result<Option<Self>, Problem> {
        if text.trim().is_empty() || is_crossed_out(text) || read(text) == [Clause::Unclear] {
            return Ok(None);
        }
        Ok(Some(match ChannelKind::find(text) {
            Some(kind) => Self::Listed(kind),
            None => match PlainText::parse(text) {
                Err(Problem::Missing) => return Ok(None),
                words => Self::Other(words?),
            },
        }))
    }

    /// The text the partner is sent.
    pub fn word(&self) -> &str {
        match self {
            Self::Listed(kind) => kind.word(),
            Self::Other(text) => text.as_str(),
        }
    }
}

impl fmt::Display for PurchaseChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
