//! The list in use, and the former one.

use std::fmt;
use std::sync::Arc;

use domain::UTC8;
use jiff::Timestamp;
use jiff::civil::Date;
use parking_lot::RwLock;
use sheet::ReadError;

use crate::{Language, Mistakes, PriceList};

/// The price list in use, the one before it, and why the last one was refused. A list is replaced as a whole: a quote
/// is made by one list only.
#[derive(Debug, Default)]
pub struct PriceLists(RwLock<State>);

/// What is in use, for the operator.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The list in use; `None` until one was taken.
    pub current: Option<Arc<Taken>>,
    /// The list before it, which [`PriceLists::go_back`] puts in use again.
    pub former: Option<Arc<Taken>>,
    /// The last list that was refused, if no list was taken after it.
    pub refused: Option<Arc<Refused>>,
}

/// A list that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The list.
    pub list: PriceList,
    /// The file's name.
    pub file: String,
    /// When it was taken.
    pub at: Timestamp,
}

/// A list that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file's name.
    pub file: String,
    /// When it was refused.
    pub at: Timestamp,
    /// Why.
    pub why: Why,
}

/// Why a list is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no such file.
    Missing,
    /// The disk does not give it.
    Disk(String),
    /// It is no workbook or text that can be read.
    Unreadable(ReadError),
    /// It has mistakes.
    Mistakes(Mistakes),
    /// It holds only from this day in UTC+8 on.
    NotYet(Date),
}

impl Why {
    /// The reason in a line; of mistakes, how many there are.
    pub fn told(&self, language: Language) -> String {
        match self {
            Self::Missing => language.of("文件不存在", "the file is not there"),
            Self::Disk(cause) => {
                language.of(format!("读不到文件：{cause}"), format!("the file cannot be opened: {cause}"))
            }
            Self::Unreadable(error) => language.of(format!("无法读取：{error}"), error.to_string()),
            Self::Mistakes(mistakes) => {
                let count = mistakes.count();
                language.of(format!("有 {count} 处错误"), format!("it has {count} mistakes"))
            }
            Self::NotYet(day) => language.of(format!("{day} 起生效"), format!("it holds from {day} on")),
        }
    }
}

/// In English, for logs.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::English))
    }
}

impl PriceLists {
    /// The list in use.
    pub fn current(&self) -> Option<Arc<Taken>> {
        self.0.read().current.clone()
    }

    /// What is in use, and what was before.
    pub fn state(&self) -> State {
        self.0.read().clone()
    }

    /// Puts a list in use, and keeps the one before it. A list that says the same as the one in use changes nothing:
    /// a workbook that is saved again has other bytes, and the former list would be lost.
    ///
    /// # Errors
    /// [`Why::NotYet`] before the day from which it holds, in UTC+8. Then nothing changes but [`State::refused`].
    pub fn take(&self, list: PriceList, file: &str, now: Timestamp) -> Result<(), Why> {
        if let Some(day) = list.valid_from().filter(|day| *day > UTC8.to_datetime(now).date()) {
            let why = Why::NotYet(day);
            self.refuse(file, now, why.clone());
            return Err(why);
        }
        if self.current().is_some_and(|current| current.list == list) {
            self.forget_refusal();
            return Ok(());
        }
        let taken = Arc::new(Taken { list, file: file.to_owned(), at: now });
        let mut state = self.0.write();
        let before = state.current.replace(taken);
        state.former = before.or(state.former.take());
        state.refused = None;
        Ok(())
    }

    /// Notes that a list is not taken.
    pub fn refuse(&self, file: &str, now: Timestamp, why: Why) {
        self.0.write().refused = Some(Arc::new(Refused { file: file.to_owned(), at: now, why }));
    }

    /// Forgets the last refusal: the list in use is the one in the file again.
    pub(crate) fn forget_refusal(&self) {
        self.0.write().refused = None;
    }

    /// Puts the list before the one in use in use again; another call undoes that. Returns the list that is in use
    /// now, or `None` if there was none before. It lasts until another list is taken, or the process ends.
    pub fn go_back(&self) -> Option<Arc<Taken>> {
        let mut state = self.0.write();
        let former = state.former.take()?;
        state.former = state.current.replace(Arc::clone(&former));
        Some(former)
    }
}
