//! A key of a merchant or a provider that cannot be used.

/// A key that cannot be used: its name, what was given, and what it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InvalidKey {
    /// The name of the key within the list or section that is being read; as people look for it once
    /// [`Self::of_merchant`] or [`Self::of_provider`] completed it.
    pub(crate) key: String,
    /// What was given.
    pub(crate) value: String,
    /// What would be right, as the end of a sentence that begins with "it takes".
    pub(crate) takes: String,
}

impl InvalidKey {
    pub(crate) fn new(key: &str, value: impl ToString, takes: impl Into<String>) -> Self {
        Self { key: key.to_owned(), value: value.to_string(), takes: takes.into() }
    }

    /// The same, as a key of the tables in `list`: `top_ups.percent`. A table as a whole has no key of its own.
    pub(crate) fn in_list(self, list: &str) -> Self {
        let key = if self.key.is_empty() { list.to_owned() } else { format!("{list}.{}", self.key) };
        Self { key, ..self }
    }

    /// The same, with the id of its merchant: `merchants.accent of "corner"`.
    pub(crate) fn of_merchant(self, id: &str) -> Self {
        self.of("merchants", id)
    }

    /// The same, with the name of its provider: `providers.url of "third"`.
    pub(crate) fn of_provider(self, name: &str) -> Self {
        self.of("providers", name)
    }

    fn of(self, list: &str, id: &str) -> Self {
        let key = if self.key.is_empty() { list.to_owned() } else { format!("{list}.{}", self.key) };
        Self { key: format!("{key} of {id:?}"), ..self }
    }
}
