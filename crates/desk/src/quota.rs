//! The calls of a day in UTC+8, by app id, and the share of them that searches may take. An
//! attempt and its place in the count are one change of the database.

use std::sync::Arc;

use aihuishou::Profile;
use jiff::civil::Date;
use sqlx::SqliteConnection;

use crate::entry::Begun;
use crate::purpose::Purpose;
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
    /// The calls of the day that may be taken for that purpose.
    pub(crate) fn most(self, purpose: Purpose) -> u32 {
        match purpose {
            Purpose::Shopper => self.daily,
            Purpose::Batch | Purpose::Background => self.daily.saturating_sub(self.reserve),
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
    pub(crate) fn with(self, call: &str, spends: u32) -> Self {
        Self {
            calls: self.calls.saturating_add(spends),
            searches: self.searches.saturating_add(searches(call, spends)),
            ..self
        }
    }

    /// With what one attempt gives back that never left.
    fn with_returned(self, begun: &Begun) -> Self {
        Self {
            returned: self.returned.saturating_add(begun.spends),
            returned_searches: self.returned_searches.saturating_add(searches(begun.call, begun.spends)),
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

/// How much of the searches' share an attempt takes.
fn searches(call: &str, spends: u32) -> u32 {
    if call == Profile::SEARCH { spends } else { 0 }
}

/// What this process knows to be taken of the calls of one app id on one day.
pub(crate) struct Known {
    app_id: Arc<str>,
    day: Date,
    taken: Taken,
}

impl Known {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self { app_id: "".into(), day: Date::MIN, taken: Taken::default() }
    }

    /// What is known to be taken of that app id's calls on that day.
    pub(crate) fn of(&self, app_id: &str, day: Date) -> Taken {
        if self.day == day && *self.app_id == *app_id { self.taken } else { Taken::default() }
    }

    /// Learns that at least so much was taken, unless it was on a day that is over: an attempt that
    /// began before midnight may come to this after it.
    pub(crate) fn learn(&mut self, app_id: &Arc<str>, day: Date, taken: Taken) {
        if day >= self.day || *self.app_id != **app_id {
            let taken = taken.max(self.of(app_id, day));
            *self = Self { app_id: Arc::clone(app_id), day, taken };
        }
    }

    /// Learns that an attempt never left: what it took is free again.
    pub(crate) fn give_back(&mut self, begun: &Begun) {
        if self.day == begun.day() && self.app_id == begun.app_id {
            self.taken = self.taken.with_returned(begun);
        }
    }
}

/// What came of taking an attempt's part of the day's calls.
pub(crate) enum Begin {
    /// It may be made: its row, and what was taken with it.
    Made(i64, Taken),
    /// Too little is left; so much was taken by others.
    UsedUp(Taken),
}

impl Records {
    /// Takes what an attempt spends of the `most` calls of its day, and of the `most_searches` where
    /// it is a search, and records that it is about to be made, both or neither. At least `known`
    /// were taken, even if the database says less.
    pub(crate) async fn begin(
        &self,
        begun: &Begun,
        most: u32,
        most_searches: u32,
        known: Taken,
    ) -> Result<Begin, RecordsError> {
        let searches = searches(begun.call, begun.spends);
        self.change(async |change| {
            let taken: Option<Row> = sqlx::query_as(
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
            .bind(searches)
            .bind(most_searches)
            .bind(known.returned)
            .bind(known.returned_searches)
            .fetch_optional(&mut *change)
            .await?;
            Ok(match taken {
                Some(row) => {
                    // What was given back just now may not be written yet.
                    let taken = Taken::from(row).max(Taken { calls: 0, searches: 0, ..known });
                    Begin::Made(insert_attempt(change, begun, taken.spent().calls).await?, taken)
                }
                None => Begin::UsedUp(read(change, &begun.app_id, begun.day()).await?),
            })
        })
        .await
    }

    /// What was taken of the calls of `day`.
    pub(crate) async fn taken(&self, app_id: &str, day: Date) -> Result<Taken, RecordsError> {
        let mut connection = self.pool().await?.acquire().await?;
        Ok(read(&mut connection, app_id, day).await?)
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
    .bind(searches(begun.call, begun.spends))
    .execute(change)
    .await?;
    Ok(())
}

/// What a row of the count holds: `used`, `searches`, `returned` and `returned_searches`.
type Row = (u32, u32, u32, u32);

impl From<Row> for Taken {
    fn from((calls, searches, returned, returned_searches): Row) -> Self {
        Self { calls, searches, returned, returned_searches }
    }
}

async fn read(connection: &mut SqliteConnection, app_id: &str, day: Date) -> Result<Taken, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT used, searches, returned, returned_searches FROM quota WHERE app_id = ? AND day = ?",
    )
    .bind(app_id)
    .bind(day.to_string())
    .fetch_optional(connection)
    .await?;
    Ok(row.map_or(Taken::default(), Taken::from))
}
