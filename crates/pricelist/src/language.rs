/// A language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 中文
    Chinese,
    /// English
    English,
}

impl Language {
    /// The text in this language.
    pub(crate) fn of(self, chinese: impl Into<String>, english: impl Into<String>) -> String {
        match self {
            Self::Chinese => chinese.into(),
            Self::English => english.into(),
        }
    }
}
