//! All that is kept, table by table, as it is moved from one engine to the other.

use self::Kind::{Bytes, Int, Said, Text};

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

/// All tables but that of trial writes, those that others refer to first.
pub(crate) const TABLES: [Table; 16] = [
    Table {
        name: "quotes",
        key: 1,
        columns: &[
            ("id", Text),
            ("quoted_at", Int),
            ("quote", Text),
            ("key", Bytes),
            ("merchant", Text),
            ("provider", Text),
            ("account", Text),
        ],
        is_numbered: false,
    },
    Table {
        name: "quota",
        key: 2,
        columns: &[
            ("app_id", Text),
            ("day", Text),
            ("used", Int),
            ("searches", Int),
            ("returned", Int),
            ("returned_searches", Int),
        ],
        is_numbered: false,
    },
    Table {
        name: "merchant_calls",
        key: 3,
        columns: &[("merchant", Text), ("day", Text), ("provider", Text), ("used", Int), ("returned", Int)],
        is_numbered: false,
    },
    Table {
        name: "attempts",
        key: 1,
        columns: &[
            ("id", Int),
            ("at", Int),
            ("call", Text),
            ("attempt", Int),
            ("parameters", Text),
            ("quota_used", Int),
            ("merchant", Text),
            ("provider", Text),
            ("account", Text),
        ],
        is_numbered: true,
    },
    Table {
        name: "outcomes",
        key: 1,
        columns: &[("attempt", Int), ("outcome", Text), ("code", Text), ("latency_ms", Int)],
        is_numbered: false,
    },
    Table {
        name: "batches",
        key: 1,
        columns: &[("id", Int), ("name", Text), ("fingerprint", Bytes), ("created_at", Int), ("state", Text)],
        is_numbered: true,
    },
    Table {
        name: "batch_devices",
        key: 2,
        columns: &[("batch", Int), ("device", Int), ("quote", Text), ("failure", Text)],
        is_numbered: false,
    },
    Table {
        name: "batch_rows",
        key: 2,
        columns: &[("batch", Int), ("row", Int), ("form", Said), ("device", Int), ("failure", Text)],
        is_numbered: false,
    },
    Table {
        name: "prices",
        key: 8,
        columns: &[
            ("device_type", Text),
            ("brand", Text),
            ("model", Text),
            ("sandbox", Int),
            ("day", Text),
            ("storage", Text),
            ("ram", Text),
            ("condition", Text),
            ("lowest", Int),
            ("highest", Int),
            ("latest", Int),
            ("quotes", Int),
        ],
        is_numbered: false,
    },
    Table {
        name: "searches",
        key: 1,
        columns: &[("key", Bytes), ("found_at", Int), ("items", Text)],
        is_numbered: false,
    },
    Table {
        name: "offers",
        key: 1,
        columns: &[
            ("number", Int),
            ("id", Text),
            ("code", Text),
            ("key", Bytes),
            ("merchant", Text),
            ("sandbox", Int),
            ("quote", Text),
            ("offer", Text),
            ("amount", Int),
            ("accepted_at", Int),
            ("expires_at", Int),
            ("state", Text),
            ("order_id", Text),
            ("redeemed_at", Int),
            ("changed_at", Int),
            ("version", Int),
        ],
        is_numbered: true,
    },
    Table {
        name: "events",
        key: 1,
        columns: &[
            ("number", Int),
            ("id", Text),
            ("merchant", Text),
            ("sandbox", Int),
            ("kind", Text),
            ("offer", Text),
            ("version", Int),
            ("at", Int),
            ("body", Text),
            ("reason", Text),
        ],
        is_numbered: true,
    },
    Table {
        name: "deliveries",
        key: 2,
        columns: &[
            ("event", Text),
            ("endpoint", Text),
            ("merchant", Text),
            ("state", Text),
            ("tries", Int),
            ("due_at", Int),
            ("tried_at", Int),
            ("status", Int),
        ],
        is_numbered: false,
    },
    Table {
        name: "endpoints_off",
        key: 2,
        columns: &[("merchant", Text), ("endpoint", Text), ("since", Int)],
        is_numbered: false,
    },
    Table {
        name: "api_keys",
        key: 1,
        columns: &[
            ("id", Text),
            ("hash", Bytes),
            ("merchant", Text),
            ("name", Text),
            ("sandbox", Int),
            ("read_only", Int),
            ("created_at", Int),
            ("revoked_at", Int),
        ],
        is_numbered: false,
    },
    Table {
        name: "idempotency",
        key: 2,
        columns: &[
            ("merchant", Text),
            ("key", Text),
            ("request", Bytes),
            ("at", Int),
            ("status", Int),
            ("response", Text),
        ],
        is_numbered: false,
    },
];
