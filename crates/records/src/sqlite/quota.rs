//! The calls of a day in UTC+8, by account. An attempt and its count are one transaction.

use jiff::civil::Date;
use sqlx::SqliteConnection;

use super::store::Store;
use super::{attempts, merchants};
use crate::entry::{Begin, Begun, Most, Row};
use crate::error::RecordsError;
use crate::taken::Taken;

/// The columns of a row: `used`, `searches`, `returned` and `returned_searches`.
type Counts = (u32, u32, u32, u32);

impl Store {
    /// Counts an attempt in its day's calls and records that it is about to be made: both or neither. If the
    /// database counted less than `known` or than the mark beside it, it continues from the highest of the
    /// three.
    pub(crate) async fn begin(&self, begun: &Begun, most: Most, known: Taken) -> Result<Begin, RecordsError> {
        let begin = self.change(async |change| {
            // The mark is read when the database is opened, so it is used only here.
            let known = known.max(self.counted(&begun.app_id, begun.day()));
            let taken: Option<Counts> = sqlx::query_as(
                "INSERT INTO quota (app_id, day, used, searches)
                    SELECT ?1, ?2, ?4 + ?5, ?6 + ?7
                    WHERE (?4 + ?5 - ?9 <= ?3 AND (?7 = 0 OR ?6 + ?7 - ?10 <= ?8))
                    -- What was given back may be known to the row alone.
                    OR EXISTS (SELECT 1 FROM quota WHERE app_id = ?1 AND day = ?2)
                 ON CONFLICT (app_id, day) DO UPDATE
                    SET used = max(used, ?4) + ?5, searches = max(searches, ?6) + ?7
                    WHERE max(used, ?4) + ?5 - max(returned, ?9) <= ?3
                    AND (?7 = 0 OR max(searches, ?6) + ?7 - max(returned_searches, ?10) <= ?8)
                 RETURNING used, searches, returned, returned_searches",
            )
            .bind(&*begun.app_id)
            .bind(begun.day().to_string())
            .bind(most.calls)
            .bind(known.calls)
            .bind(begun.spends)
            .bind(known.searches)
            .bind(begun.searches)
            .bind(most.searches)
            .bind(known.returned)
            .bind(known.returned_searches)
            .fetch_optional(&mut *change)
            .await?;
            Ok(match taken {
                Some(counts) => {
                    let taken = read_counts(counts).max(known.given_back());
                    merchants::add(change, begun).await?;
                    let number = attempts::insert(change, begun, taken.spent().calls).await?;
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

    /// The calls that are counted on `day`, by the database and by the mark beside it.
    pub(crate) async fn taken(&self, app_id: &str, day: Date) -> Result<Taken, RecordsError> {
        let mut connection = self.pool().await?.acquire().await?;
        let taken = read(&mut connection, app_id, day).await?;
        Ok(taken.max(self.counted(app_id, day)))
    }

    /// Notes in the mark what was counted in the database.
    pub(super) fn count(&self, begun: &Begun, taken: Taken) {
        self.mark().note(&begun.app_id, begun.day(), taken, begun.at);
    }

    /// The count in the mark for that account and day.
    fn counted(&self, app_id: &str, day: Date) -> Taken {
        self.mark().of(app_id, day)
    }
}

/// Counts an attempt that was made while the database failed: at least `taken` was used.
pub(super) async fn count_made(
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

/// Gives back what was counted for an attempt that never left this machine.
pub(super) async fn give_back(change: &mut SqliteConnection, begun: &Begun) -> Result<(), sqlx::Error> {
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

async fn read(connection: &mut SqliteConnection, app_id: &str, day: Date) -> Result<Taken, sqlx::Error> {
    let row: Option<Counts> = sqlx::query_as(
        "SELECT used, searches, returned, returned_searches FROM quota WHERE app_id = ? AND day = ?",
    )
    .bind(app_id)
    .bind(day.to_string())
    .fetch_optional(connection)
    .await?;
    Ok(row.map_or(Taken::default(), read_counts))
}

fn read_counts((calls, searches, returned, returned_searches): Counts) -> Taken {
    Taken { calls, searches, returned, returned_searches }
}
