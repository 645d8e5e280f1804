//! A table of the records, as its rows are moved from one engine to the other.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole number.
    Int,
    /// Text.
    Text,
    /// JSON that says what a file says: the character U+0000 may be left out of it.
    Said,
    /// Bytes.
    Bytes,
}

/// A table of the records.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// So many of the columns are its key.
    pub(crate) key: usize,
    pub(crate) columns: &'static [(&'static str, Kind)],
    /// Whether the database gives its rows their numbers, which are then the first column.
    pub(crate) is_numbered: bool,
}

/// What a column of a row holds. Values of one kind have an order: text that of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A row, in the order of the table's columns.
pub(crate) type Line = Vec<Value>;

/// What a query over tables counts: how many, and one of them.
pub(crate) type Counted = (i64, Option<String>);

impl Table {
    /// Names of columns, as SQL takes them.
    pub(crate) fn names(&self) -> String {
        list(self.columns.iter().map(|(name, _)| format!("\"{name}\"")))
    }

    /// Names of the columns of the key.
    pub(crate) fn key_names(&self) -> String {
        list(self.columns[..self.key].iter().map(|(name, _)| format!("\"{name}\"")))
    }

    /// How many rows there are, and sums over their columns that differ where rows do: of numbers, and
    /// of lengths. `cast` makes a whole number of 64 bits of a sum.
    pub(crate) fn sums(&self, cast: &str) -> String {
        let sum = |(name, kind): &(&str, Kind)| match kind {
            // In parts, so that no sum is too large.
            Kind::Int => Some(format!("coalesce(sum(\"{name}\" % 1000003), 0){cast}")),
            Kind::Text | Kind::Bytes => Some(format!("coalesce(sum(length(\"{name}\")), 0){cast}")),
            Kind::Said => None,
        };
        let sums = ["count(*)".to_owned()].into_iter().chain(self.columns.iter().filter_map(sum));
        format!("SELECT {} FROM {}", list(sums), self.name)
    }

    /// Whether two rows are the same, as far as engines keep the same.
    pub(crate) fn are_same(&self, one: &Line, other: &Line) -> bool {
        let columns = self.columns.iter().zip(one.iter().zip(other));
        columns.into_iter().all(|((_, kind), (one, other))| *kind == Kind::Said || one == other)
    }
}

fn list(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
