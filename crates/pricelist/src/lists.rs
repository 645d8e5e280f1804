//! The list in use, and the former one.

use std::fmt;
use std::sync::Arc;

use domain::UTC8;
use jiff::Timestamp;
use jiff::civil::Date;
use parking_lot::RwLock;
use provider::GradeWords;
use sheet::ReadError;

use crate::{Language, Mistakes, PriceList};

/// The price list in use, the one before it, and why the last one was refused. A list is replaced as a whole: a quote
/// is made by one list only.
#[derive(Debug, Default)]
pub struct PriceLists {
    state: RwLock<State>,
    grades: Option<GradeWords>,
}

/// What is in use, for the operator.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The list in use; `None` until one was taken.
    pub current: Option<Arc<Taken>>,
    /// The list before it, which [`Intake::go_back`](crate::Intake::go_back) puts in use again.
    pub former: Option<Arc<Taken>>,
    /// A list without a mistake whose day has not come.
    pub waiting: Option<Arc<Taken>>,
    /// The last list that was refused, if no list was taken after it.
    pub refused: Option<Arc<Refused>>,
}

impl State {
    /// Changes whenever another list is in use or waits. A form that was drawn with it is known to be old if it differs.
    pub fn mark(&self) -> String {
        let at = |taken: &Option<Arc<Taken>>| taken.as_ref().map_or(0, |taken| taken.at.as_nanosecond());
        format!("{}-{}", at(&self.current), at(&self.waiting))
    }
}

/// A list that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The list.
    pub list: Arc<PriceList>,
    /// The file's name.
    pub file: String,
    /// When it was taken by this process.
    pub at: Timestamp,
    /// The file, to be written again; `None` for a list that was in no file.
    pub(crate) bytes: Option<Arc<[u8]>>,
}

impl Taken {
    /// The day from which the list holds, if that is after `now` in UTC+8.
    pub(crate) fn later(&self, now: Timestamp) -> Option<Date> {
        self.list.valid_from().filter(|day| *day > UTC8.to_datetime(now).date())
    }
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
    /// Whether it is in the file, and not an upload.
    pub(crate) in_file: bool,
}

/// Why a list is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is no such file.
    Missing,
    /// The disk does not give it.
    Disk(String),
    /// The disk does not keep it.
    Unwritten(String),
    /// It is of another kind than the file of the settings, whose name ends in this.
    OtherKind(String),
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
            Self::Unwritten(cause) => {
                language.of(format!("写不了文件：{cause}"), format!("the file cannot be written: {cause}"))
            }
            Self::OtherKind(ending) => language.of(
                format!("设置里的文件是 .{ending}；请另存为 .{ending} 再上传"),
                format!("the file of the settings is .{ending}; save the list as .{ending} and upload that"),
            ),
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
    /// Lists in the dealer's own words for grades; a grade without one is not asked about. `None` for the trade's words.
    pub fn in_words(grades: Option<GradeWords>) -> Self {
        Self { state: RwLock::default(), grades }
    }

    /// The dealer's own words for grades; `None` for the trade's.
    pub fn grades(&self) -> Option<&GradeWords> {
        self.grades.as_ref()
    }

    /// The list in use.
    pub fn current(&self) -> Option<Arc<Taken>> {
        self.state.read().current.clone()
    }

    /// What is in use, and what was before.
    pub fn state(&self) -> State {
        self.state.read().clone()
    }

    /// Puts a list in use, and keeps the one before it. A list that says the same as the one in use changes nothing:
    /// a workbook that is saved again has other bytes, and the former list would be lost.
    ///
    /// # Errors
    /// [`Why::NotYet`] before the day from which it holds, in UTC+8. Then the one in use goes on, and the list is
    /// [`State::waiting`].
    pub fn take(&self, list: PriceList, file: &str, now: Timestamp) -> Result<(), Why> {
        self.enter(Taken { list: Arc::new(list), file: file.to_owned(), at: now, bytes: None })
    }

    /// [`Self::take`], with the file's bytes.
    pub(crate) fn enter(&self, taken: Taken) -> Result<(), Why> {
        let later = taken.later(taken.at);
        if later.is_none() && self.current().is_some_and(|current| current.list == taken.list) {
            self.settle();
            return Ok(());
        }
        let taken = Arc::new(taken);
        let mut state = self.state.write();
        state.refused = None;
        if let Some(day) = later {
            state.waiting = Some(taken);
            return Err(Why::NotYet(day));
        }
        let before = state.current.replace(taken);
        state.former = before.or(state.former.take());
        state.waiting = None;
        Ok(())
    }

    /// Notes that the file's list is not taken. A list that waited is not in the file any more.
    pub(crate) fn refuse(&self, file: &str, now: Timestamp, why: Why) {
        let mut state = self.state.write();
        state.refused = Some(Arc::new(Refused { file: file.to_owned(), at: now, why, in_file: true }));
        state.waiting = None;
    }

    /// Notes that an uploaded list is not taken.
    pub(crate) fn note(&self, file: &str, now: Timestamp, why: Why) {
        let refused = Refused { file: file.to_owned(), at: now, why, in_file: false };
        self.state.write().refused = Some(Arc::new(refused));
    }

    /// Forgets a list of the file that was refused or waits: the list in use is the one in the file. An upload that was
    /// refused is told on.
    pub(crate) fn found_same(&self) {
        let mut state = self.state.write();
        state.refused = state.refused.take().filter(|refused| !refused.in_file);
        state.waiting = None;
    }

    /// Forgets the last refusal and a list that waits: a person chose the list in use.
    pub(crate) fn settle(&self) {
        let mut state = self.state.write();
        state.refused = None;
        state.waiting = None;
    }

    /// Keeps a list as the one before the one in use, if there is none.
    pub(crate) fn remember(&self, taken: Taken) {
        self.state.write().former.get_or_insert_with(|| Arc::new(taken));
    }

    /// Puts a list in use while another waits.
    pub(crate) fn bridge(&self, taken: Taken) {
        self.state.write().current = Some(Arc::new(taken));
    }

    /// Puts the list before the one in use in use again; another call undoes that. Returns the list that is in use
    /// now, or `None` if there was none before.
    pub(crate) fn go_back(&self, now: Timestamp) -> Option<Arc<Taken>> {
        let mut state = self.state.write();
        let former = state.former.take()?;
        let former = Arc::new(Taken { at: now, ..(*former).clone() });
        state.former = state.current.replace(Arc::clone(&former));
        state.refused = None;
        Some(former)
    }
}
