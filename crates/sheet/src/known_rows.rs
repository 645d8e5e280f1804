//! The rows that were understood without a question, by what was written: most lists say the same of many devices.

use std::collections::HashMap;

use domain::Written;

/// Rows of one list.
pub(crate) struct KnownRows<R>(HashMap<Written, R>);

impl<R: Clone> KnownRows<R> {
    /// The most rows that are kept, each with the words that were written, about a kilobyte.
    const MOST: usize = 4_000;

    /// No rows.
    pub(crate) fn none() -> Self {
        Self(HashMap::new())
    }

    /// A row with the same words.
    pub(crate) fn get(&self, written: &Written) -> Option<&R> {
        self.0.get(written)
    }

    /// Keeps a row that has no question, unless there are enough.
    pub(crate) fn keep(&mut self, written: Written, row: &R) {
        if self.0.len() < Self::MOST {
            self.0.insert(written, row.clone());
        }
    }
}
