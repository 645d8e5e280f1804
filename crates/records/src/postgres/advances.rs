//! What instances hold back of a day's calls. The row of the day locks all its advances: each change of one locks that
//! row first, so that what is counted and what is held are never more together than the limit.

use std::time::Duration;

use jiff::civil::Date;
use sqlx::PgConnection;

use super::store::Store;
use super::{attempts, merchants};
use crate::advance::{Advance, AdvanceAsked, Held, Others, fits, kept};
use crate::entry::{Begin, Begun, Most};
use crate::error::RecordsError;
use crate::instance_id::InstanceId;
use crate::number::{count, millis};
use crate::taken::{Spent, Taken};

/// What is counted on a day, and what is held back of it.
struct Day {
    counted: Taken,
    held: Spent,
}

impl Store {
    /// Adjusts the advance of an instance. Instances that were seen `within` that time count as running.
    pub(crate) async fn keep_advance(
        &self,
        asked: &AdvanceAsked,
        within: Duration,
    ) -> Result<Option<Advance>, RecordsError> {
        let AdvanceAsked { account, day, holder, .. } = asked;
        self.change(async |change| {
            if asked.most.is_some() {
                sqlx::query(
                    "INSERT INTO quota (app_id, day, used) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING",
                )
                .bind(&**account)
                .bind(day.to_string())
                .execute(&mut *change)
                .await?;
            }
            let Some(Day { counted, .. }) = lock(change, account, *day).await? else { return Ok(None) };
            let before = read(change, account, *day, holder).await?;
            let others = others(change, asked, within).await?;
            let (held, surplus) = kept(before, counted.spent(), others, asked);
            if held != before {
                write(change, asked, held).await?;
            }
            Ok(Some(Advance {
                taken: held.taken,
                held: held.now,
                surplus,
                others: others.held.plus(others.unseen),
                counted,
            }))
        })
        .await
    }

    /// Counts and records an attempt for which `lent` of the advance is used.
    pub(crate) async fn begin_from_advance(
        &self,
        begun: &Begun,
        most: Most,
        known: Taken,
        holder: &InstanceId,
        lent: Spent,
    ) -> Result<Begin, RecordsError> {
        let (account, day) = (&begun.app_id, begun.day());
        self.change(async |change| {
            let Some(Day { counted, held }) = lock(change, account, day).await? else {
                return Ok(Begin::UsedUp(known));
            };
            let counted = counted.max(known);
            let own = read(change, account, day, holder).await?.now;
            if own.min(lent) != lent || !fits(begun, most, counted.spent(), held.minus(lent)) {
                return Ok(Begin::UsedUp(counted));
            }
            let taken = counted.with(begun.spends, begun.searches);
            sqlx::query("UPDATE quota SET used = $3, searches = $4 WHERE app_id = $1 AND day = $2")
                .bind(&**account)
                .bind(day.to_string())
                .bind(i64::from(taken.calls))
                .bind(i64::from(taken.searches))
                .execute(&mut *change)
                .await?;
            take_off(change, begun, holder, lent).await?;
            merchants::add(change, begun).await?;
            let number = attempts::insert(change, begun, taken.spent().calls).await?;
            Ok(Begin::Made(attempts::row(number), taken))
        })
        .await
    }

    /// What all instances hold back of the calls of a day.
    pub(crate) async fn held_back(&self, app_id: &str, day: Date) -> Result<Spent, RecordsError> {
        let held: Option<(i64, i64)> =
            sqlx::query_as("SELECT held, held_searches FROM quota WHERE app_id = $1 AND day = $2")
                .bind(app_id)
                .bind(day.to_string())
                .fetch_optional(&mut *self.connection().await?)
                .await?;
        Ok(held.map_or(Spent::default(), spent))
    }
}

/// Takes from the advance of `holder` what an attempt used of it, as far as it is held. The row of the day is locked.
pub(super) async fn take_off(
    change: &mut PgConnection,
    begun: &Begun,
    holder: &InstanceId,
    used: Spent,
) -> Result<(), sqlx::Error> {
    let day = begun.day().to_string();
    for less in [
        "UPDATE quota q SET held = q.held - least(a.calls, $4),
            held_searches = q.held_searches - least(a.searches, $5)
         FROM advances a WHERE q.app_id = $1 AND q.day = $2 AND a.app_id = $1 AND a.day = $2 AND a.instance = $3",
        "UPDATE advances SET calls = calls - least(calls, $4), searches = searches - least(searches, $5)
         WHERE app_id = $1 AND day = $2 AND instance = $3",
    ] {
        sqlx::query(less)
            .bind(&*begun.app_id)
            .bind(&day)
            .bind(holder.as_str())
            .bind(i64::from(used.calls))
            .bind(i64::from(used.searches))
            .execute(&mut *change)
            .await?;
    }
    Ok(())
}

/// Locks the row of a day, and reads it; `None` if there is none.
async fn lock(change: &mut PgConnection, app_id: &str, day: Date) -> Result<Option<Day>, sqlx::Error> {
    let row: Option<(i64, i64, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT used, searches, returned, returned_searches, held, held_searches
         FROM quota WHERE app_id = $1 AND day = $2 FOR UPDATE",
    )
    .bind(app_id)
    .bind(day.to_string())
    .fetch_optional(change)
    .await?;
    Ok(row.map(|(calls, searches, returned, returned_searches, held, held_searches)| Day {
        counted: Taken {
            calls: count(calls),
            searches: count(searches),
            returned: count(returned),
            returned_searches: count(returned_searches),
        },
        held: spent((held, held_searches)),
    }))
}

async fn read(
    change: &mut PgConnection,
    app_id: &str,
    day: Date,
    holder: &InstanceId,
) -> Result<Held, sqlx::Error> {
    let row: Option<(i64, i64, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT calls, searches, taken, taken_searches, returned, returned_searches
         FROM advances WHERE app_id = $1 AND day = $2 AND instance = $3",
    )
    .bind(app_id)
    .bind(day.to_string())
    .bind(holder.as_str())
    .fetch_optional(change)
    .await?;
    Ok(row.map_or(
        Held::default(),
        |(calls, searches, taken, taken_searches, returned, returned_searches)| Held {
            now: spent((calls, searches)),
            taken: spent((taken, taken_searches)),
            returned: spent((returned, returned_searches)),
        },
    ))
}

/// The advances of the other instances, by this server's clock.
async fn others(
    change: &mut PgConnection,
    asked: &AdvanceAsked,
    within: Duration,
) -> Result<Others, sqlx::Error> {
    let (running, calls, searches, all, all_searches): (i64, i64, i64, i64, i64) = sqlx::query_as(
        "WITH running AS (SELECT id FROM instances WHERE seen_at > now() - $4 * interval '1 millisecond' AND id <> $3),
            held AS (
                SELECT calls, searches, instance IN (SELECT id FROM running) AS is_running
                FROM advances WHERE app_id = $1 AND day = $2 AND instance <> $3)
         SELECT (SELECT count(*) FROM running) + 1,
            coalesce(sum(calls) FILTER (WHERE is_running), 0)::BIGINT,
            coalesce(sum(searches) FILTER (WHERE is_running), 0)::BIGINT,
            coalesce(sum(calls), 0)::BIGINT, coalesce(sum(searches), 0)::BIGINT FROM held",
    )
    .bind(&*asked.account)
    .bind(asked.day.to_string())
    .bind(asked.holder.as_str())
    .bind(millis(within))
    .fetch_one(change)
    .await?;
    let held = spent((calls, searches));
    Ok(Others { running: count(running), held, unseen: spent((all, all_searches)).minus(held) })
}

/// Writes an advance, and what all hold together.
async fn write(change: &mut PgConnection, asked: &AdvanceAsked, held: Held) -> Result<(), sqlx::Error> {
    let (account, day) = (&*asked.account, asked.day.to_string());
    sqlx::query(
        "INSERT INTO advances AS a (app_id, day, instance, calls, searches, taken, taken_searches, returned,
            returned_searches)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (app_id, day, instance) DO UPDATE
            SET calls = $4, searches = $5, taken = $6, taken_searches = $7, returned = $8, returned_searches = $9",
    )
    .bind(account)
    .bind(&day)
    .bind(asked.holder.as_str())
    .bind(i64::from(held.now.calls))
    .bind(i64::from(held.now.searches))
    .bind(i64::from(held.taken.calls))
    .bind(i64::from(held.taken.searches))
    .bind(i64::from(held.returned.calls))
    .bind(i64::from(held.returned.searches))
    .execute(&mut *change)
    .await?;
    sqlx::query(
        "UPDATE quota SET (held, held_searches) = (
            SELECT sum(calls), sum(searches) FROM advances WHERE app_id = $1 AND day = $2)
         WHERE app_id = $1 AND day = $2",
    )
    .bind(account)
    .bind(&day)
    .execute(change)
    .await?;
    Ok(())
}

fn spent((calls, searches): (i64, i64)) -> Spent {
    Spent { calls: count(calls), searches: count(searches) }
}
