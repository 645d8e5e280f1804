//! Deliveries of events to endpoints: taken for a try, and settled after it.

use jiff::Timestamp;
use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use super::events;
use super::store::Store;
use crate::delivery::{
    AfterTry, DELIVERY_COLUMNS, DeliveriesAsked, DeliveryColumns, DeliveryRecord, DeliveryTaken, DueAsked,
    EndpointOff, Lane, TakenColumns, Undelivered, taken,
};
use crate::error::RecordsError;
use crate::event::Told;
use crate::number::instant;

impl Store {
    /// Takes deliveries that are due. They are due again at `asked.until`, so that none is lost if the
    /// process that took it is killed.
    pub(crate) async fn take_deliveries(
        &self,
        asked: &DueAsked<'_>,
    ) -> Result<Vec<DeliveryTaken>, RecordsError> {
        let mut connection = self.pool().await?.acquire().await?;
        let due = due(&mut connection, asked).await?;
        drop(connection);
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.change(async |change| {
            let mut rows: Vec<TakenColumns> = Vec::with_capacity(due.len());
            for event in due {
                let row = sqlx::query_as(
                    "UPDATE deliveries SET due_at = ?4
                     WHERE event = ?1 AND endpoint = ?2 AND state = 'open' AND due_at <= ?3
                     RETURNING (SELECT number FROM events WHERE id = event), event,
                        (SELECT body FROM events WHERE id = event), tries",
                )
                .bind(event)
                .bind(asked.endpoint)
                .bind(asked.now.as_millisecond())
                .bind(asked.until.as_millisecond())
                .fetch_optional(&mut *change)
                .await?;
                rows.extend(row);
            }
            Ok(rows)
        });
        Ok(taken(rows.await?, asked))
    }

    /// Records how a try ended, unless another caller has taken the delivery since.
    pub(crate) async fn settle_delivery(
        &self,
        taken: &DeliveryTaken,
        status: Option<u16>,
        after: AfterTry,
        now: Timestamp,
    ) -> Result<bool, RecordsError> {
        self.change(async |change| Ok(settle(change, taken, status, after, now).await?)).await
    }

    /// Records that a try was answered with `status`, and switches the endpoint off. Returns whether it was on.
    pub(crate) async fn settle_and_switch_off(
        &self,
        taken: &DeliveryTaken,
        status: Option<u16>,
        told: &Told,
        now: Timestamp,
    ) -> Result<bool, RecordsError> {
        self.change(async |change| {
            settle(change, taken, status, AfterTry::GivenUp, now).await?;
            Ok(switch_off(change, &taken.endpoint, told).await?)
        })
        .await
    }

    /// Deliveries, those of the newest event first.
    pub(crate) async fn deliveries(
        &self,
        asked: &DeliveriesAsked<'_>,
    ) -> Result<Vec<DeliveryRecord>, RecordsError> {
        let mut query = QueryBuilder::<Sqlite>::new(format!(
            "SELECT {DELIVERY_COLUMNS} FROM deliveries d JOIN events e ON e.id = d.event WHERE true"
        ));
        if let Some(merchant) = asked.merchant {
            query.push(" AND d.merchant = ").push_bind(merchant);
        }
        if let Some(offer) = asked.offer {
            query.push(" AND e.offer = ").push_bind(offer);
        }
        if let Some(state) = asked.state {
            query.push(" AND d.state = ").push_bind(state);
        }
        query.push(" ORDER BY e.number DESC, d.endpoint LIMIT ").push_bind(i64::from(asked.most));
        let rows: Vec<DeliveryColumns> = query.build_query_as().fetch_all(&self.pool().await?).await?;
        Ok(rows.into_iter().map(DeliveryRecord::from).collect())
    }

    /// Lets an event be sent again, to endpoints that are not switched off. Returns to how many.
    pub(crate) async fn replay(
        &self,
        event: &str,
        endpoints: &[String],
        now: Timestamp,
    ) -> Result<u64, RecordsError> {
        self.change(async |change| {
            for endpoint in endpoints {
                sqlx::query(
                    "INSERT INTO deliveries (event, endpoint, merchant, state, tries, due_at)
                     SELECT id, ?2, merchant, 'open', 0, ?3 FROM events WHERE id = ?1 ON CONFLICT DO NOTHING",
                )
                .bind(event)
                .bind(&**endpoint)
                .bind(now.as_millisecond())
                .execute(&mut *change)
                .await?;
            }
            let replayed = sqlx::query(
                "UPDATE deliveries SET state = 'open', tries = 0, due_at = ?2 WHERE event = ?1 AND NOT EXISTS (
                    SELECT 1 FROM endpoints_off o
                    WHERE o.merchant = deliveries.merchant AND o.endpoint = deliveries.endpoint)",
            )
            .bind(event)
            .bind(now.as_millisecond())
            .execute(&mut *change)
            .await?;
            // One that was added for an endpoint that is switched off would stay open for ever.
            sqlx::query(
                "UPDATE deliveries SET state = 'given_up', due_at = NULL WHERE event = ?1 AND state = 'open'
                    AND EXISTS (SELECT 1 FROM endpoints_off o
                        WHERE o.merchant = deliveries.merchant AND o.endpoint = deliveries.endpoint)",
            )
            .bind(event)
            .execute(change)
            .await?;
            Ok(replayed.rows_affected())
        })
        .await
    }

    /// Switches an endpoint off, and gives up the deliveries that are open for it.
    pub(crate) async fn switch_off(&self, endpoint: &str, told: &Told) -> Result<bool, RecordsError> {
        self.change(async |change| Ok(switch_off(change, endpoint, told).await?)).await
    }

    /// Switches an endpoint on again.
    pub(crate) async fn switch_on(&self, merchant: &str, endpoint: &str) -> Result<bool, RecordsError> {
        self.change(async |change| {
            let switched = sqlx::query("DELETE FROM endpoints_off WHERE merchant = ?1 AND endpoint = ?2")
                .bind(merchant)
                .bind(endpoint)
                .execute(change)
                .await?;
            Ok(switched.rows_affected() > 0)
        })
        .await
    }

    /// How many deliveries have not arrived.
    pub(crate) async fn undelivered(&self) -> Result<Undelivered, RecordsError> {
        let counts: (i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM deliveries WHERE state = 'open'),
                (SELECT count(*) FROM deliveries WHERE state = 'given_up'), (SELECT count(*) FROM endpoints_off)",
        )
        .fetch_one(&self.pool().await?)
        .await?;
        Ok(counts.into())
    }

    /// The endpoints that are switched off.
    pub(crate) async fn endpoints_off(&self) -> Result<Vec<EndpointOff>, RecordsError> {
        let rows: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT merchant, endpoint, since FROM endpoints_off ORDER BY merchant, endpoint")
                .fetch_all(&self.pool().await?)
                .await?;
        let off = |(merchant, endpoint, since)| EndpointOff { merchant, endpoint, since: instant(since) };
        Ok(rows.into_iter().map(off).collect())
    }
}

/// The events of deliveries that are due, those that have been due longest first, and of these the oldest event
/// first.
async fn due(connection: &mut SqliteConnection, asked: &DueAsked<'_>) -> Result<Vec<String>, sqlx::Error> {
    let query = match asked.lane {
        Lane::Fresh => {
            "SELECT d.event FROM deliveries d JOIN events e ON e.id = d.event
             WHERE d.merchant = ?1 AND d.endpoint = ?2 AND d.state = 'open' AND d.due_at <= ?3
                AND d.tries = 0 AND e.sandbox = ?4
             ORDER BY d.due_at, e.number LIMIT ?5"
        }
        Lane::Repeated => {
            "SELECT d.event FROM deliveries d JOIN events e ON e.id = d.event
             WHERE d.merchant = ?1 AND d.endpoint = ?2 AND d.state = 'open' AND d.due_at <= ?3
                AND d.tries > 0 AND e.sandbox = ?4
             ORDER BY d.due_at, e.number LIMIT ?5"
        }
    };
    sqlx::query_scalar(query)
        .bind(asked.merchant)
        .bind(asked.endpoint)
        .bind(asked.now.as_millisecond())
        .bind(i64::from(asked.sandbox))
        .bind(i64::from(asked.most))
        .fetch_all(connection)
        .await
}

/// Records how a try ended, unless another caller has taken the delivery since.
async fn settle(
    change: &mut SqliteConnection,
    taken: &DeliveryTaken,
    status: Option<u16>,
    after: AfterTry,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let (state, due_at) = after.columns();
    let settled = sqlx::query(
        "UPDATE deliveries SET state = ?4, due_at = ?5, tries = tries + 1, status = ?6, tried_at = ?7
         WHERE event = ?1 AND endpoint = ?2 AND state = 'open' AND due_at = ?3",
    )
    .bind(&*taken.event)
    .bind(&*taken.endpoint)
    .bind(taken.until.as_millisecond())
    .bind(state)
    .bind(due_at)
    .bind(status.map(i64::from))
    .bind(now.as_millisecond())
    .execute(change)
    .await?;
    Ok(settled.rows_affected() > 0)
}

/// Switches an endpoint off, gives up the deliveries that are open for it, and writes the event.
async fn switch_off(change: &mut SqliteConnection, endpoint: &str, told: &Told) -> Result<bool, sqlx::Error> {
    let merchant = &*told.event.merchant;
    let switched = sqlx::query(
        "INSERT INTO endpoints_off (merchant, endpoint, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )
    .bind(merchant)
    .bind(endpoint)
    .bind(told.event.at.as_second())
    .execute(&mut *change)
    .await?;
    if switched.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(
        "UPDATE deliveries SET state = 'given_up', due_at = NULL
         WHERE merchant = ?1 AND endpoint = ?2 AND state = 'open'",
    )
    .bind(merchant)
    .bind(endpoint)
    .execute(&mut *change)
    .await?;
    events::add(change, told).await?;
    Ok(true)
}
