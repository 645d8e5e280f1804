//! The calls of a day in UTC+8, by app id, and the share of them that searches may take. An
//! attempt and its place in the count are one change of the database.

use std::sync::Arc;

use jiff::civil::Date;
use sqlx::SqliteConnection;

use crate::call_context::Priority;
use crate::entry::{Begun, Row};
use crate::records::{Records, RecordsError};

/// What may be taken of a day's calls.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// Calls a day.
    pub(crate) daily: u32,
    /// Of these, calls that only shoppers may take.
    pub(crate) reserve: u32,
    /// Of the calls of a day, those that may be searches.
    pub(crate) searches: u32,
}

impl Allowance {
    /// The calls of the day that may be taken for that priority.
    pub(crate) fn most(self, priority: Priority) -> u32 {
        match priority {
            Priority::Shopper => self.daily,
            Priority::Batch | Priority::Background => self.daily.saturating_sub(self.reserve),
        }
    }
}

/// Calls of a day that were taken. Each figure only grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// All of them.
    pub(crate) calls: u32,
    /// Of these, searches.
    pub(crate) searches: u32,
    /// Calls that were taken and cost nothing, since they never left this machine.
    pub(crate) returned: u32,
    /// Of these, searches.
    pub(crate) returned_searches: u32,
}

impl Taken {
    /// As many as either says.
    pub(crate) fn max(self, other: Self) -> Self {
        Self {
            calls: self.calls.max(other.calls),
            searches: self.searches.max(other.searches),
            returned: self.returned.max(other.returned),
            returned_searches: self.returned_searches.max(other.returned_searches),
        }
    }

    /// Calls and searches that count against what is allowed.
    pub(crate) fn spent(self) -> Spent {
        Spent {
            calls: self.calls.saturating_sub(self.returned),
            searches: self.searches.saturating_sub(self.returned_searches),
        }
    }

    /// With what one attempt takes.
    pub(crate) fn with(self, spends: u32, searches: u32) -> Self {
        Self {
            calls: self.calls.saturating_add(spends),
            searches: self.searches.saturating_add(searches),
            ..self
        }
    }

    /// With what one attempt gives back that never left.
    fn with_returned(self, begun: &Begun) -> Self {
        Self {
            returned: self.returned.saturating_add(begun.spends),
            returned_searches: self.returned_searches.saturating_add(begun.searches),
            ..self
        }
    }
}

/// What counts of the calls of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spent {
    /// All of them.
    pub(crate) calls: u32,
    /// Of these, searches.
    pub(crate) searches: u32,
}

/// Counts that are kept in memory: of the last days and accounts.
const MOST_KNOWN: usize = 4;

/// What this process knows to be taken of the calls of each account and day. A count that it does
/// not know is not 0.
#[derive(Debug, Default)]
pub(crate) struct Known(Vec<(Arc<str>, Date, Taken)>);

impl Known {
    /// What is known for an account that nothing was spent of before.
    pub(crate) fn unspent(app_id: &Arc<str>) -> Self {
        Self(vec![(Arc::clone(app_id), Date::MIN, Taken::default())])
    }

    /// What is known to be taken of that account's calls on that day; `None` while that is unknown.
    /// A day that began while this process counted has nothing but its own calls.
    pub(crate) fn of(&self, app_id: &str, day: Date) -> Option<Taken> {
        let mut own = self.0.iter().filter(|(id, ..)| **id == *app_id);
        match own.clone().find(|(_, known, _)| *known == day) {
            Some((.., taken)) => Some(*taken),
            None => own.any(|(_, known, _)| *known < day).then(Taken::default),
        }
    }

    /// Learns that at least so much was taken.
    pub(crate) fn learn(&mut self, app_id: &Arc<str>, day: Date, taken: Taken) {
        let taken = taken.max(self.of(app_id, day).unwrap_or_default());
        self.0.retain(|(id, known, _)| **id != **app_id || *known != day);
        self.0.push((Arc::clone(app_id), day, taken));
        let surplus = self.0.len().saturating_sub(MOST_KNOWN);
        self.0.drain(..surplus);
    }

    /// Learns that an attempt never left: what it took is free again.
    pub(crate) fn give_back(&mut self, begun: &Begun) {
        let own = self.0.iter_mut().find(|(id, day, _)| *id == begun.app_id && *day == begun.day());
        if let Some((.., taken)) = own {
            *taken = taken.with_returned(begun);
        }
    }
}

/// What came of taking an attempt's part of the day's calls.
pub(crate) enum Begin {
    /// It may be made: its row, and what was taken with it.
    Made(Row, Taken),
    /// Too little is left; so much was taken by others.
    UsedUp(Taken),
}

impl Records {
    /// Takes what an attempt spends of the `most` calls of its day, and of the `most_searches` where
    /// it is a search, and records that it is about to be made, both or neither. At least `known`
    /// were taken, and what the mark beside the database says, even if the database says less.
    pub(crate) async fn begin(
        &self,
        begun: &Begun,
        most: u32,
        most_searches: u32,
        known: Taken,
    ) -> Result<Begin, RecordsError> {
        let begin = self.change(async |change| {
            // Not before: the mark is read when the database is opened.
            let known = known.max(self.counted(&begun.app_id, begun.day()));
            let taken: Option<Counts> = sqlx::query_as(
                "INSERT INTO quota (app_id, day, used, searches)
                    SELECT ?1, ?2, ?4 + ?5, ?6 + ?7
                    WHERE ?4 + ?5 - ?9 <= ?3 AND (?7 = 0 OR ?6 + ?7 - ?10 <= ?8)
                 ON CONFLICT (app_id, day) DO UPDATE
                    SET used = max(used, ?4) + ?5, searches = max(searches, ?6) + ?7
                    WHERE max(used, ?4) + ?5 - max(returned, ?9) <= ?3
                    AND (?7 = 0 OR max(searches, ?6) + ?7 - max(returned_searches, ?10) <= ?8)
                 RETURNING used, searches, returned, returned_searches",
            )
            .bind(&*begun.app_id)
            .bind(begun.day().to_string())
            .bind(most)
            .bind(known.calls)
            .bind(begun.spends)
            .bind(known.searches)
            .bind(begun.searches)
            .bind(most_searches)
            .bind(known.returned)
            .bind(known.returned_searches)
            .fetch_optional(&mut *change)
            .await?;
            Ok(match taken {
                Some(counts) => {
                    // What was given back just now may not be written yet.
                    let taken = Taken::from(counts).max(Taken { calls: 0, searches: 0, ..known });
                    let number = insert_attempt(change, begun, taken.spent().calls).await?;
                    Begin::Made(Row { database: self.number(), number }, taken)
                }
                None => Begin::UsedUp(known.max(read(change, &begun.app_id, begun.day()).await?)),
            })
        });
        let begin = begin.await?;
        if let Begin::Made(_, taken) = &begin {
            self.count(begun, *taken);
        }
        Ok(begin)
    }

    /// What was taken of the calls of `day`, as the database and the mark beside it say.
    pub(crate) async fn taken(&self, app_id: &str, day: Date) -> Result<Taken, RecordsError> {
        let mut connection = self.pool().await?.acquire().await?;
        let taken = read(&mut connection, app_id, day).await?;
        Ok(taken.max(self.counted(app_id, day)))
    }
}

/// Records an attempt that is about to be made, or whose beginning could not be recorded.
pub(crate) async fn insert_attempt(
    change: &mut SqliteConnection,
    begun: &Begun,
    used: u32,
) -> Result<i64, sqlx::Error> {
    let row = sqlx::query(
        "INSERT INTO attempts (at, call, attempt, parameters, quota_used) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(begun.at.as_millisecond())
    .bind(begun.call)
    .bind(begun.attempt)
    .bind(&*begun.parameters)
    .bind(used)
    .execute(change)
    .await?;
    Ok(row.last_insert_rowid())
}

/// Counts an attempt that was made while the database failed: at least so much was taken.
pub(crate) async fn count_made(
    change: &mut SqliteConnection,
    begun: &Begun,
    taken: Taken,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO quota (app_id, day, used, searches) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (app_id, day) DO UPDATE SET used = max(used, ?3), searches = max(searches, ?4)",
    )
    .bind(&*begun.app_id)
    .bind(begun.day().to_string())
    .bind(taken.calls)
    .bind(taken.searches)
    .execute(change)
    .await?;
    Ok(())
}

/// Gives back what an attempt took that never left.
pub(crate) async fn give_back(change: &mut SqliteConnection, begun: &Begun) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE quota SET returned = returned + ?3, returned_searches = returned_searches + ?4
         WHERE app_id = ?1 AND day = ?2",
    )
    .bind(&*begun.app_id)
    .bind(begun.day().to_string())
    .bind(begun.spends)
    .bind(begun.searches)
    .execute(change)
    .await?;
    Ok(())
}

/// What a row of the count holds: `used`, `searches`, `returned` and `returned_searches`.
type Counts = (u32, u32, u32, u32);

impl From<Counts> for Taken {
    fn from((calls, searches, returned, returned_searches): Counts) -> Self {
        Self { calls, searches, returned, returned_searches }
    }
}

async fn read(connection: &mut SqliteConnection, app_id: &str, day: Date) -> Result<Taken, sqlx::Error> {
    let row: Option<Counts> = sqlx::query_as(
        "SELECT used, searches, returned, returned_searches FROM quota WHERE app_id = ? AND day = ?",
    )
    .bind(app_id)
    .bind(day.to_string())
    .fetch_optional(connection)
    .await?;
    Ok(row.map_or(Taken::default(), Taken::from))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_count_that_nobody_read_is_unknown_and_not_nothing() {
        let (own, other): (Arc<str>, Arc<str>) = ("A".into(), "B".into());
        let today = date(2025, 12, 30);
        let of = |calls| Taken { calls, ..Taken::default() };
        let taken = |calls| Some(of(calls));
        let mut known = Known::default();
        assert_eq!(known.of("A", today), None);
        known.learn(&own, today, of(3));
        known.learn(&own, today, of(2));
        assert_eq!(known.of("A", today), taken(3));
        assert_eq!(known.of("B", today), None, "another account");
        assert_eq!(known.of("A", today.tomorrow().unwrap()), taken(0), "a day that began meanwhile");
        assert_eq!(known.of("A", today.yesterday().unwrap()), None);
        known.learn(&other, today, Taken::default());
        assert_eq!((known.of("A", today), known.of("B", today)), (taken(3), taken(0)));
        assert_eq!(Known::unspent(&own).of("A", today), taken(0));
    }
}
