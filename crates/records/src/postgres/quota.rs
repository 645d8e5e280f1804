//! The calls of a day in UTC+8, by account. An attempt and its count are one statement, which locks the row of
//! the day.

use jiff::civil::Date;
use sqlx::PgConnection;

use super::store::Store;
use super::{advances, attempts};
use crate::entry::{Begin, Begun, Most};
use crate::error::RecordsError;
use crate::number::count;
use crate::taken::Taken;

/// The columns of a row: `used`, `searches`, `returned` and `returned_searches`.
type Counts = (i64, i64, i64, i64);

/// Counts an attempt for its account and its merchant, and records it: all or nothing. Returns the attempt's id
/// and the counts of the day, or no row if too little remains. The limits are those of [`fits`](crate::advance::fits).
const BEGIN: &str = "WITH counted AS (
    INSERT INTO quota AS q (app_id, day, used, searches)
        SELECT $1, $2, $4 + $5, $6 + $7
        WHERE ($4 + $5 - $9 <= $3 AND ($7 = 0 OR $6 + $7 - $10 <= $8))
        -- What was given back may be known to the row alone.
        OR EXISTS (SELECT 1 FROM quota WHERE app_id = $1 AND day = $2)
    ON CONFLICT (app_id, day) DO UPDATE
        SET used = greatest(q.used, $4) + $5, searches = greatest(q.searches, $6) + $7
        WHERE greatest(q.used, $4) + $5 - greatest(q.returned, $9) + greatest(q.held - $17, 0) <= $3
        AND ($7 = 0 OR greatest(q.searches, $6) + $7 - greatest(q.returned_searches, $10) + q.held_searches <= $8)
    RETURNING q.used, q.searches, q.returned, q.returned_searches),
 of_merchant AS (
    INSERT INTO merchant_calls AS m (merchant, day, provider, used)
        SELECT $15, $2, coalesce($16, ''), $5 FROM counted WHERE $15 IS NOT NULL
    ON CONFLICT (merchant, day, provider) DO UPDATE SET used = m.used + $5),
 made AS (
    INSERT INTO attempts (at, call, attempt, parameters, quota_used, merchant, provider, account)
        SELECT $11, $12, $13, $14, greatest(used - greatest(returned, $9), 0), $15, $16, $1 FROM counted
    RETURNING id)
 SELECT made.id, used, searches, returned, returned_searches FROM made, counted";

impl Store {
    /// Counts an attempt in its day's calls and records that it is about to be made: both or neither. If the
    /// database counted less than `known`, it continues from `known`.
    pub(crate) async fn begin(&self, begun: &Begun, most: Most, known: Taken) -> Result<Begin, RecordsError> {
        let mut connection = self.connection().await?;
        let made: Option<(i64, i64, i64, i64, i64)> = sqlx::query_as(BEGIN)
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
            .bind(begun.at.as_millisecond())
            .bind(begun.call)
            .bind(i64::from(begun.attempt))
            .bind(&*begun.parameters)
            .bind(begun.merchant.as_deref())
            .bind(begun.provider.as_deref())
            .bind(i64::from(most.reserve))
            .fetch_optional(&mut *connection)
            .await?;
        Ok(match made {
            Some((number, used, searches, returned, returned_searches)) => {
                let taken = read_counts((used, searches, returned, returned_searches));
                Begin::Made(attempts::row(number), taken.max(known.given_back()))
            }
            None => Begin::UsedUp(known.max(read(&mut connection, &begun.app_id, begun.day()).await?)),
        })
    }

    /// The calls that are counted on `day`.
    pub(crate) async fn taken(&self, app_id: &str, day: Date) -> Result<Taken, RecordsError> {
        Ok(read(&mut *self.connection().await?, app_id, day).await?)
    }
}

/// Counts an attempt that was made while the database failed: what it spent, and at least `taken`. It is added to
/// what was counted before, because several instances may each have made attempts that the others do not know of. If
/// it is from an advance, it is taken off that.
pub(super) async fn count_made(
    change: &mut PgConnection,
    begun: &Begun,
    taken: Taken,
) -> Result<(), sqlx::Error> {
    // What comes from an advance is counted nowhere else, whatever else was counted meanwhile.
    let taken = if begun.advance.is_some() { Taken::default() } else { taken };
    sqlx::query(
        "INSERT INTO quota AS q (app_id, day, used, searches) VALUES ($1, $2, greatest($3, $5), greatest($4, $6))
         ON CONFLICT (app_id, day) DO UPDATE
            SET used = greatest(q.used + $5, $3), searches = greatest(q.searches + $6, $4)",
    )
    .bind(&*begun.app_id)
    .bind(begun.day().to_string())
    .bind(i64::from(taken.calls))
    .bind(i64::from(taken.searches))
    .bind(i64::from(begun.spends))
    .bind(i64::from(begun.searches))
    .execute(&mut *change)
    .await?;
    match &begun.advance {
        Some(holder) => advances::take_off(change, begun, holder, begun.spent()).await,
        None => Ok(()),
    }
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
