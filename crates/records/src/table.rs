//! A table of the records, and its rows as they are moved from one engine to the other.

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A whole number.
    Int,
    /// Text.
    Text,
    /// JSON with the text of a person's file. The character U+0000 may be removed from it.
    Said,
    /// Bytes.
    Bytes,
}

/// A table of the records.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// How many of the first columns are its key.
    pub(crate) key: usize,
    pub(crate) columns: &'static [(&'static str, Kind)],
    /// Whether the database numbers its rows; the number is then the first column.
    pub(crate) is_numbered: bool,
}

/// A value in a row. Values of one type have an order; text is ordered by its bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A row, in the order of the table's columns.
pub(crate) type Line = Vec<Value>;

/// The result of a query that counts: the count, and one example.
pub(crate) type Counted = (i64, Option<String>);

impl Table {
    /// The names of the columns, for SQL.
    pub(crate) fn names(&self) -> String {
        list(self.columns.iter().map(|(name, _)| format!("\"{name}\"")))
    }

    /// The names of the key's columns, for SQL.
    pub(crate) fn key_names(&self) -> String {
        list(self.columns[..self.key].iter().map(|(name, _)| format!("\"{name}\"")))
    }

    /// A query for the number of rows and for sums over columns that differ if rows differ: sums of numbers,
    /// and of lengths. `cast` converts a sum to a 64-bit integer.
    pub(crate) fn sums(&self, cast: &str) -> String {
        let sum = |(name, kind): &(&str, Kind)| match kind {
            // The remainder of each number, so that the sum is never too large.
            Kind::Int => Some(format!("coalesce(sum(\"{name}\" % 1000003), 0){cast}")),
            Kind::Text | Kind::Bytes => Some(format!("coalesce(sum(length(\"{name}\")), 0){cast}")),
            Kind::Said => None,
        };
        let sums = ["count(*)".to_owned()].into_iter().chain(self.columns.iter().filter_map(sum));
        format!("SELECT {} FROM {}", list(sums), self.name)
    }

    /// Whether two rows are the same, as far as both engines store them alike.
    pub(crate) fn are_same(&self, one: &Line, other: &Line) -> bool {
        let columns = self.columns.iter().zip(one.iter().zip(other));
        columns.into_iter().all(|((_, kind), (one, other))| *kind == Kind::Said || one == other)
    }
}

fn list(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
