//! Events. Each is written in one transaction with what it reports and with its deliveries.

use sqlx::{AssertSqlSafe, PgConnection, Postgres, QueryBuilder};

use super::clock::NOW;
use super::store::Store;
use crate::error::RecordsError;
use crate::event::{EVENT_COLUMNS, EventColumns, EventRecord, EventsAsked, Told};
use crate::number::signed;

/// The first number of the advisory locks with which the events of each merchant are written one after the
/// other.
const EVENTS: i32 = 11;

impl Store {
    /// A page of a merchant's events, the oldest first.
    pub(crate) async fn events(&self, asked: &EventsAsked<'_>) -> Result<Vec<EventRecord>, RecordsError> {
        let mut query =
            QueryBuilder::<Postgres>::new(format!("SELECT {EVENT_COLUMNS} FROM events WHERE merchant = "));
        query.push_bind(asked.merchant);
        query.push(" AND sandbox = ").push_bind(i64::from(asked.sandbox));
        query.push(" AND at >= ").push_bind(asked.since.as_second());
        if let Some(after) = asked.after {
            query.push(" AND number > coalesce((SELECT number FROM events WHERE id = ").push_bind(after);
            query.push(" AND merchant = ").push_bind(asked.merchant).push("), 0)");
        }
        query.push(" ORDER BY number LIMIT ").push_bind(i64::from(asked.most));
        let rows: Vec<EventColumns> =
            query.build_query_as().fetch_all(&mut *self.connection().await?).await?;
        Ok(rows.into_iter().map(EventRecord::from).collect())
    }

    /// The event with this id.
    pub(crate) async fn event(&self, id: &str) -> Result<Option<EventRecord>, RecordsError> {
        let query = format!("SELECT {EVENT_COLUMNS} FROM events WHERE id = $1");
        let row: Option<EventColumns> = sqlx::query_as(AssertSqlSafe(query))
            .bind(id)
            .fetch_optional(&mut *self.connection().await?)
            .await?;
        Ok(row.map(EventRecord::from))
    }

    /// All events of an offer, the oldest first.
    pub(crate) async fn events_of_offer(&self, offer: &str) -> Result<Vec<EventRecord>, RecordsError> {
        let query = format!("SELECT {EVENT_COLUMNS} FROM events WHERE offer = $1 ORDER BY version");
        let rows: Vec<EventColumns> = sqlx::query_as(AssertSqlSafe(query))
            .bind(offer)
            .fetch_all(&mut *self.connection().await?)
            .await?;
        Ok(rows.into_iter().map(EventRecord::from).collect())
    }

    /// Writes an event that does not concern an offer.
    pub(crate) async fn add_event(&self, told: &Told) -> Result<(), RecordsError> {
        self.change(async |change| Ok(add(change, told).await?)).await
    }
}

/// Adds an event, and its deliveries to endpoints that are not switched off.
pub(super) async fn add(change: &mut PgConnection, told: &Told) -> Result<(), sqlx::Error> {
    let Told { event, endpoints } = told;
    lock(change, &event.merchant).await?;
    let (offer, version) = event.offer.as_ref().map(|(offer, version)| (&**offer, *version)).unzip();
    sqlx::query(
        "INSERT INTO events (id, merchant, sandbox, kind, offer, version, at, body, reason)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&*event.id)
    .bind(&*event.merchant)
    .bind(i64::from(event.sandbox))
    .bind(&*event.kind)
    .bind(offer)
    .bind(version.map(signed))
    .bind(event.at.as_second())
    .bind(&*event.body)
    .bind(event.reason.as_deref())
    .execute(&mut *change)
    .await?;
    // Due by the database's clock, by which deliveries are taken.
    let delivery = format!(
        "INSERT INTO deliveries (event, endpoint, merchant, state, tries, due_at)
             SELECT $1, $2, $3, 'open', 0, {NOW}
             WHERE NOT EXISTS (SELECT 1 FROM endpoints_off WHERE merchant = $3 AND endpoint = $2)"
    );
    for endpoint in endpoints {
        sqlx::query(AssertSqlSafe(delivery.as_str()))
            .bind(&*event.id)
            .bind(&**endpoint)
            .bind(&*event.merchant)
            .execute(&mut *change)
            .await?;
    }
    Ok(())
}

/// Lets other transactions that write events of the merchant wait until the end of this one. A row gets its number
/// before its transaction ends: without this, a reader that continues after the highest number could miss a lower
/// number whose transaction ends later.
pub(super) async fn lock(change: &mut PgConnection, merchant: &str) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT pg_advisory_xact_lock($1, hashtext($2))")
        .bind(EVENTS)
        .bind(merchant)
        .execute(change)
        .await?;
    Ok(())
}
