//! The calls of a day in UTC+8, by account. An attempt and its count are one transaction: the row of the day
//! is locked from the count to the end of the transaction.

use jiff::civil::Date;
use sqlx::PgConnection;

use super::store::Store;
use super::{attempts, merchants};
use crate::entry::{Begin, Begun, Most, Row};
use crate::error::RecordsError;
use crate::number::count;
use crate::taken::Taken;

/// The columns of a row: `used`, `searches`, `returned` and `returned_searches`.
type Counts = (i64, i64, i64, i64);

/// There is only one database while the process runs, whatever machine it is on.
const DATABASE: u64 = 0;

impl Store {
    /// Counts an attempt in its day's calls and records that it is about to be made: both or neither. If the
    /// database counted less than `known`, it continues from `known`.
    pub(crate) async fn begin(&self, begun: &Begun, most: Most, known: Taken) -> Result<Begin, RecordsError> {
        self.change(async |change| {
            let taken: Option<Counts> = sqlx::query_as(
                "INSERT INTO quota AS q (app_id, day, used, searches)
                    SELECT $1, $2, $4 + $5, $6 + $7
                    WHERE ($4 + $5 - $9 <= $3 AND ($7 = 0 OR $6 + $7 - $10 <= $8))
                    -- What was given back may be known to the row alone.
                    OR EXISTS (SELECT 1 FROM quota WHERE app_id = $1 AND day = $2)
                 ON CONFLICT (app_id, day) DO UPDATE
                    SET used = greatest(q.used, $4) + $5, searches = greatest(q.searches, $6) + $7
                    WHERE greatest(q.used, $4) + $5 - greatest(q.returned, $9) <= $3
                    AND ($7 = 0 OR greatest(q.searches, $6) + $7 - greatest(q.returned_searches, $10) <= $8)
                 RETURNING q.used, q.searches, q.returned, q.returned_searches",
            )
            .bind(&*begun.app_id)
            .bind(begun.day().to_string())
            .bind(i64::from(most.calls))
            .bind(i64::from(known.calls))
            .bind(i64::from(begun.spends))
            .bind(i64::from(known.searches))
            .bind(i64::from(begun.searches))
            .bind(i64::from(most.searches))
            .bind(i64::from(known.returned))
            .bind(i64::from(known.returned_searches))
            .fetch_optional(&mut *change)
            .await?;
            Ok(match taken {
                Some(counts) => {
                    let taken = read_counts(counts).max(known.given_back());
                    merchants::add(change, begun).await?;
                    let number = attempts::insert(change, begun, taken.spent().calls).await?;
                    Begin::Made(Row { database: DATABASE, number }, taken)
                }
                None => Begin::UsedUp(known.max(read(change, &begun.app_id, begun.day()).await?)),
            })
        })
        .await
    }

    /// The calls that are counted on `day`.
    pub(crate) async fn taken(&self, app_id: &str, day: Date) -> Result<Taken, RecordsError> {
        Ok(read(&mut *self.connection().await?, app_id, day).await?)
    }
}

/// Counts an attempt that was made while the database failed: what it spent, and at least `taken`. It is added to
/// what was counted before, because several instances may each have made attempts that the others do not know of.
pub(super) async fn count_made(
    change: &mut PgConnection,
    begun: &Begun,
    taken: Taken,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO quota AS q (app_id, day, used, searches) VALUES ($1, $2, $3, $4)
         ON CONFLICT (app_id, day) DO UPDATE
            SET used = greatest(q.used + $5, $3), searches = greatest(q.searches + $6, $4)",
    )
    .bind(&*begun.app_id)
    .bind(begun.day().to_string())
    .bind(i64::from(taken.calls))
    .bind(i64::from(taken.searches))
    .bind(i64::from(begun.spends))
    .bind(i64::from(begun.searches))
    .execute(change)
    .await?;
    Ok(())
}

/// Gives back what was counted for an attempt that never left this machine.
pub(super) async fn give_back(change: &mut PgConnection, begun: &Begun) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE quota SET returned = returned + $3, returned_searches = returned_searches + $4
         WHERE app_id = $1 AND day = $2",
    )
    .bind(&*begun.app_id)
    .bind(begun.day().to_string())
    .bind(i64::from(begun.spends))
    .bind(i64::from(begun.searches))
    .execute(change)
    .await?;
    Ok(())
}

async fn read(connection: &mut PgConnection, app_id: &str, day: Date) -> Result<Taken, sqlx::Error> {
    let row: Option<Counts> = sqlx::query_as(
        "SELECT used, searches, returned, returned_searches FROM quota WHERE app_id = $1 AND day = $2",
    )
    .bind(app_id)
    .bind(day.to_string())
    .fetch_optional(connection)
    .await?;
    Ok(row.map_or(Taken::default(), read_counts))
}

fn read_counts((calls, searches, returned, returned_searches): Counts) -> Taken {
    Taken {
        calls: count(calls),
        searches: count(searches),
        returned: count(returned),
        returned_searches: count(returned_searches),
    }
}
