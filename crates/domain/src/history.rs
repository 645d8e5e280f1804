//! Repairs and the place of purchase. Both take a word of a list or any other text, since shops use
//! words of their own and the partner takes any text.

use std::fmt;

use crate::terms::terms;
use crate::words::{Clause, clauses, is_crossed_out, read};
use crate::{PlainText, Problem, Score, Term};

terms! {
    /// Repairs the device went through (`repair_history`).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum RepairKind {
        /// 无维修
        None: "none", "无维修", ["无", "未维修", "没修过"];
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
    fn penalty(self) -> Score {
        Score::from_tenths(match self {
            Self::None => 0,
            Self::Battery | Self::Housing => 3,
            Self::Screen => 8,
            Self::Mainboard => 15,
        })
    }
}

terms! {
    /// Where the device was bought (`purchase_channel`).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub enum ChannelKind {
        /// 官网
        Official: "official", "官网", ["官方", "直营店", "官方旗舰店"];
        /// 授权经销商
        Retailer: "retailer", "授权经销商", ["经销商", "实体店"];
        /// 电商平台
        Online: "online", "电商平台", ["电商", "网购", "京东", "天猫"];
        /// 运营商
        Carrier: "carrier", "运营商", ["合约机"];
        /// 海外购买
        Overseas: "overseas", "海外购买", ["海外", "港版"];
        /// 二手
        SecondHand: "second_hand", "二手", ["二手平台"];
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

    /// Sorts repairs and removes those that occur twice, so that the same repairs make the same request
    /// in whatever order they came.
    pub(crate) fn settle(repairs: &mut Vec<Self>) {
        // The browser only checks whether they can be sent, and does without the code of a sort.
        if cfg!(feature = "words") {
            repairs.sort_by(|a, b| a.rank().cmp(&b.rank()));
            repairs.dedup_by(|a, b| if a.kind.is_some() { a.kind == b.kind } else { a == b });
        }
    }

    /// Sort key: smallest penalty first, repairs of no list last.
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
    /// Any other text, which is sent to the partner as it is, and the kinds of repair that it names:
    /// `None` for one that the list does not have.
    FreeText(PlainText, Vec<Option<RepairKind>>),
}

impl RepairHistory {
    /// The kinds of repair that a form offers, in order.
    pub fn listed() -> impl Iterator<Item = RepairKind> {
        RepairKind::ALL.iter().copied()
    }

    /// Reads a word, a code or free text; `None` for one without an answer, such as `未知` (unknown).
    ///
    /// # Errors
    /// As [`PlainText::parse`].
    pub fn parse(text: &str) -> Result<Option<Self>, Problem> {
        Self::read(text, Vec::new())
    }

    /// Reads the answer, and adds the repairs that were named among the faults.
    ///
    /// # Errors
    /// As [`PlainText::parse`].
    pub(crate) fn read(text: &str, more: Vec<Repair>) -> Result<Option<Self>, Problem> {
        let own = Self::of_its_field(text)?;
        // A repair that both places name is one repair.
        let known = own.as_ref().map(Self::kinds).unwrap_or_default();
        let more: Vec<Repair> =
            more.into_iter().filter(|it| it.kind.is_none() || !known.contains(&it.kind)).collect();
        if more.is_empty() {
            return Ok(own);
        }
        let own = own.filter(|own| *own != Self::Listed(RepairKind::None));
        let mut words: Vec<&str> = own.iter().map(Self::word).collect();
        for repair in &more {
            // One clause may name two repairs; its text is added once.
            if words.last() != Some(&repair.words.as_str()) {
                words.push(repair.words.as_str());
            }
        }
        let words = PlainText::parse(&words.join("、"))?;
        let kinds = own.iter().flat_map(Self::kinds).chain(more.iter().map(|repair| repair.kind));
        Ok(Some(Self::free_text(words, kinds)))
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
            // Only personal data: no answer.
            Err(Problem::Missing) => return Ok(None),
            words => words?,
        };
        // Without the tables of words, the clauses say no more than the whole text.
        if !cfg!(feature = "words") {
            return Ok(Some(Self::FreeText(words, vec![RepairKind::find(text)])));
        }
        let each: Vec<Vec<Clause>> = clauses(text).into_iter().map(read).collect();
        let said: Vec<Clause> = each.iter().flatten().copied().collect();
        if said.iter().all(|clause| *clause == Clause::Unclear) {
            return Ok(None);
        }
        // 原装 (original parts), 正常 (normal): in this field they mean that nothing was repaired.
        if said.iter().all(|clause| matches!(clause, Clause::Sound | Clause::NeverRepaired)) {
            return Ok(Some(Self::Listed(RepairKind::None)));
        }
        let kinds = each.iter().flat_map(|said| repairs(said, text));
        Ok(Some(Self::free_text(words, kinds)))
    }

    /// Repairs in the person's words, with their kinds in one order.
    fn free_text(words: PlainText, kinds: impl Iterator<Item = Option<RepairKind>>) -> Self {
        let mut kinds: Vec<_> = kinds.collect();
        if cfg!(feature = "words") {
            kinds.sort_by_key(|kind| kind.map(RepairKind::code));
        }
        Self::FreeText(words, kinds)
    }

    /// The repairs as text, which is also what a provider is sent.
    pub fn word(&self) -> &str {
        match self {
            Self::Listed(kind) => kind.word(),
            Self::FreeText(text, _) => text.as_str(),
        }
    }

    /// The kinds of repair; `None` for one that the list does not have.
    fn kinds(&self) -> Vec<Option<RepairKind>> {
        match self {
            Self::Listed(RepairKind::None) => Vec::new(),
            Self::Listed(kind) => vec![Some(*kind)],
            Self::FreeText(_, kinds) => kinds.clone(),
        }
    }

    /// How much all repairs together take off the condition score.
    pub fn penalty(&self) -> Score {
        let other = RepairKind::Screen.penalty();
        let penalties = self.kinds().into_iter().map(|kind| kind.map_or(other, RepairKind::penalty));
        penalties.fold(Score::ZERO, Score::plus)
    }
}

/// The repairs that a clause of the field names. A fault in this field is one that was repaired, unless
/// the clause itself names the repair.
fn repairs(said: &[Clause], text: &str) -> Vec<Option<RepairKind>> {
    let (mut repairs, mut broken) = (Vec::new(), false);
    for clause in said {
        match clause {
            Clause::Repair(kind) => repairs.push(*kind),
            Clause::Fault(_) | Clause::Unnamed | Clause::Bare => broken = true,
            Clause::Sound | Clause::Unclear | Clause::NeverRepaired => {}
        }
    }
    if repairs.is_empty() && broken { vec![RepairKind::find(text)] } else { repairs }
}

impl fmt::Display for RepairHistory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The place of purchase: a word of the list, or other text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PurchaseChannel {
    /// A word of the list.
    Listed(ChannelKind),
    /// Any other text, which is sent to the partner as it is.
    Other(PlainText),
}

impl PurchaseChannel {
    /// The places of purchase that a form offers, in order.
    pub fn listed() -> impl Iterator<Item = ChannelKind> {
        ChannelKind::ALL.iter().copied()
    }

    /// Reads a word, a code or free text; `None` for one without an answer, such as `未知` (unknown).
    ///
    /// # Errors
    /// As [`PlainText::parse`].
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

    /// The place as text, which is also what a provider is sent.
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
