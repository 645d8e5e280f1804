//! Deliveries of events to endpoints: taken for a try, and settled after it.

use sqlx::{AssertSqlSafe, QueryBuilder, Sqlite, SqliteConnection};

use super::clock::NOW;
use super::events;
use super::store::Store;
use crate::delivery::{
    AfterTry, DELIVERY_COLUMNS, DeliveriesAsked, DeliveryColumns, DeliveryRecord, DeliveryTaken, DueAsked,
    EndpointOff, Lane, TakenColumns, Undelivered, taken,
};
use crate::error::RecordsError;
use crate::event::Told;
use crate::number::{instant, milliseconds};

impl Store {
    /// Takes deliveries that are due. They are due again after `asked.life`, so that none is lost if the process
    /// that took it is killed.
    pub(crate) async fn take_deliveries(
        &self,
        asked: &DueAsked<'_>,
    ) -> Result<Vec<DeliveryTaken>, RecordsError> {
        let mut connection = self.pool().await?.acquire().await?;
        let is_due = is_due(&mut connection, asked).await?;
        drop(connection);
        if !is_due {
            return Ok(Vec::new());
        }
        let rows = self.change(async |change| Ok(take(change, asked).await?));
        Ok(taken(rows.await?, asked))
    }

    /// Records how a try ended, unless another caller has taken the delivery since.
    pub(crate) async fn settle_delivery(
        &self,
        taken: &DeliveryTaken,
        status: Option<u16>,
        after: AfterTry,
    ) -> Result<bool, RecordsError> {
        self.change(async |change| Ok(settle(change, taken, status, after).await?)).await
    }

    /// Records that a try was answered with `status`, and switches the endpoint off, unless another caller has
    /// taken the delivery since.
    pub(crate) async fn settle_and_switch_off(
        &self,
        taken: &DeliveryTaken,
        status: Option<u16>,
        told: &Told,
    ) -> Result<bool, RecordsError> {
        self.change(async |change| {
            let settled = settle(change, taken, status, AfterTry::GivenUp).await?;
            if settled {
                switch_off(change, &taken.endpoint, told).await?;
            }
            Ok(settled)
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
    pub(crate) async fn replay(&self, event: &str, endpoints: &[String]) -> Result<u64, RecordsError> {
        self.change(async |change| {
            for endpoint in endpoints {
                let added = format!(
                    "INSERT INTO deliveries (event, endpoint, merchant, state, tries, due_at)
                     SELECT id, ?2, merchant, 'open', 0, {NOW} FROM events WHERE id = ?1 ON CONFLICT DO NOTHING"
                );
                sqlx::query(AssertSqlSafe(added))
                    .bind(event)
                    .bind(&**endpoint)
                    .execute(&mut *change)
                    .await?;
            }
            let replayed = format!(
                "UPDATE deliveries SET state = 'open', tries = 0, due_at = {NOW}, taken_by = NULL, taken_until = NULL
                 WHERE event = ?1 AND NOT EXISTS (
                    SELECT 1 FROM endpoints_off o
                    WHERE o.merchant = deliveries.merchant AND o.endpoint = deliveries.endpoint)"
            );
            let replayed =
                sqlx::query(AssertSqlSafe(replayed)).bind(event).execute(&mut *change).await?;
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

fn is_repeated(asked: &DueAsked<'_>) -> bool {
    asked.lane == Lane::Repeated
}

/// Whether a delivery is due. Most looks end here, without a transaction.
async fn is_due(connection: &mut SqliteConnection, asked: &DueAsked<'_>) -> Result<bool, sqlx::Error> {
    let query = format!(
        "SELECT EXISTS (SELECT 1 FROM deliveries d JOIN events e ON e.id = d.event
            WHERE d.merchant = ?1 AND d.endpoint = ?2 AND d.state = 'open' AND d.due_at <= {NOW}
                AND (d.tries > 0) = ?3 AND e.sandbox = ?4)"
    );
    sqlx::query_scalar(AssertSqlSafe(query))
        .bind(asked.merchant)
        .bind(asked.endpoint)
        .bind(is_repeated(asked))
        .bind(i64::from(asked.sandbox))
        .fetch_one(connection)
        .await
}

/// Takes as many deliveries that are due as tries are free: those that have been due longest first, and of these
/// the oldest event first. A try is under way while `due_at` is the end of its claim and in the future.
async fn take(change: &mut SqliteConnection, asked: &DueAsked<'_>) -> Result<Vec<TakenColumns>, sqlx::Error> {
    let query = format!(
        "UPDATE deliveries SET due_at = {NOW} + ?7, taken_until = {NOW} + ?7, taken_by = ?6
         WHERE endpoint = ?2 AND event IN (
            SELECT d.event FROM deliveries d JOIN events e ON e.id = d.event
            WHERE d.merchant = ?1 AND d.endpoint = ?2 AND d.state = 'open' AND d.due_at <= {NOW}
                AND (d.tries > 0) = ?3 AND e.sandbox = ?4
            ORDER BY d.due_at, e.number LIMIT max(?5 - (
                SELECT count(*) FROM deliveries
                WHERE merchant = ?1 AND endpoint = ?2 AND state = 'open' AND (tries > 0) = ?3
                    AND due_at = taken_until AND due_at > {NOW}), 0))
         RETURNING (SELECT number FROM events WHERE id = event), event,
            (SELECT body FROM events WHERE id = event), tries, due_at"
    );
    sqlx::query_as(AssertSqlSafe(query))
        .bind(asked.merchant)
        .bind(asked.endpoint)
        .bind(is_repeated(asked))
        .bind(i64::from(asked.sandbox))
        .bind(i64::from(asked.most))
        .bind(asked.taker.as_str())
        .bind(milliseconds(asked.life))
        .fetch_all(change)
        .await
}

/// Records how a try ended, unless another caller has taken the delivery since: then `due_at` is another.
async fn settle(
    change: &mut SqliteConnection,
    taken: &DeliveryTaken,
    status: Option<u16>,
    after: AfterTry,
) -> Result<bool, sqlx::Error> {
    let (state, wait) = after.columns();
    let query = format!(
        "UPDATE deliveries SET state = ?4, due_at = {NOW} + ?5, tries = tries + 1, status = ?6, tried_at = {NOW},
            taken_by = NULL, taken_until = NULL
         WHERE event = ?1 AND endpoint = ?2 AND state = 'open' AND due_at = ?3 AND taken_by = ?7"
    );
    let settled = sqlx::query(AssertSqlSafe(query))
        .bind(&*taken.event)
        .bind(&*taken.endpoint)
        .bind(taken.until.as_millisecond())
        .bind(state)
        .bind(wait)
        .bind(status.map(i64::from))
        .bind(taken.taker.as_str())
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
