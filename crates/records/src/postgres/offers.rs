//! Offers and their standings. A change and its event are written in one transaction.

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, QueryBuilder};

use super::events;
use super::store::Store;
use crate::error::RecordsError;
use crate::event::Told;
use crate::key::Key;
use crate::number::instant;
use crate::offer::{Added, OFFER_COLUMNS, OfferColumns, OfferName, OfferRecord, OffersAsked, StandingRecord};

impl Store {
    /// Adds a new offer with its event, or finds the one that has its key.
    pub(crate) async fn add_offer(
        &self,
        offer: &OfferRecord,
        key: Option<&Key>,
        told: &Told,
    ) -> Result<Added, RecordsError> {
        self.change(async |change| {
            if insert(change, offer, key).await? {
                events::add(change, told).await?;
                return Ok(Added::New);
            }
            let known = match key {
                Some(key) => find(change, OfferName::Key(key)).await?,
                None => find(change, OfferName::Id(&offer.id)).await?,
            };
            Ok(known.map_or(Added::CodeTaken, |known| Added::Known(known.into())))
        })
        .await
    }

    /// Changes the standing of an offer and writes its event, unless another change came first.
    pub(crate) async fn change_offer(
        &self,
        id: &str,
        standing: &StandingRecord,
        told: &Told,
    ) -> Result<bool, RecordsError> {
        self.change(async |change| {
            let changed = sqlx::query(
                "UPDATE offers SET state = $2, order_id = $3, redeemed_at = $4, changed_at = $5, version = $6
                 WHERE id = $1 AND version = $6 - 1",
            )
            .bind(id)
            .bind(&*standing.state)
            .bind(standing.order_id.as_deref())
            .bind(standing.redeemed_at.map(Timestamp::as_second))
            .bind(told.event.at.as_second())
            .bind(standing.signed_version())
            .execute(&mut *change)
            .await?
            .rows_affected();
            if changed > 0 {
                events::add(change, told).await?;
            }
            Ok(changed > 0)
        })
        .await
    }

    /// The offer with that name.
    pub(crate) async fn offer(&self, name: OfferName<'_>) -> Result<Option<OfferRecord>, RecordsError> {
        let mut connection = self.connection().await?;
        find(&mut connection, name).await
    }

    /// A page of offers, the newest first.
    pub(crate) async fn offers(&self, asked: &OffersAsked<'_>) -> Result<Vec<OfferRecord>, RecordsError> {
        let mut query =
            QueryBuilder::<Postgres>::new(format!("SELECT {OFFER_COLUMNS} FROM offers WHERE true"));
        if let Some(merchant) = asked.merchant {
            query.push(" AND merchant = ").push_bind(merchant);
        }
        if let Some(sandbox) = asked.sandbox {
            query.push(" AND sandbox = ").push_bind(i64::from(sandbox));
        }
        if let Some(state) = asked.state {
            query.push(" AND state = ").push_bind(state);
        }
        if let Some(span) = asked.accepted {
            query.push(" AND accepted_at >= ").push_bind(span.from.as_second());
            query.push(" AND accepted_at < ").push_bind(span.to.as_second());
        }
        if let Some(after) = asked.after {
            query.push(" AND number < (SELECT number FROM offers WHERE id = ").push_bind(after).push(")");
        }
        query.push(" ORDER BY number DESC LIMIT ").push_bind(i64::from(asked.most));
        let rows: Vec<OfferColumns> =
            query.build_query_as().fetch_all(&mut *self.connection().await?).await?;
        Ok(rows.into_iter().map(OfferRecord::from).collect())
    }

    /// At most `most` offers after the first `skip` whose state is `accepted` although they have ended.
    pub(crate) async fn ended_offers(
        &self,
        sandbox: bool,
        now: Timestamp,
        skip: u32,
        most: u32,
    ) -> Result<Vec<OfferRecord>, RecordsError> {
        let query = format!(
            "SELECT {OFFER_COLUMNS} FROM offers WHERE state = 'accepted' AND sandbox = $1 AND expires_at <= $2
             ORDER BY expires_at, number LIMIT $3 OFFSET $4"
        );
        let rows: Vec<OfferColumns> = sqlx::query_as(AssertSqlSafe(query))
            .bind(i64::from(sandbox))
            .bind(now.as_second())
            .bind(i64::from(most))
            .bind(i64::from(skip))
            .fetch_all(&mut *self.connection().await?)
            .await?;
        Ok(rows.into_iter().map(OfferRecord::from).collect())
    }

    /// The latest end of all offers.
    pub(crate) async fn last_end(&self) -> Result<Option<Timestamp>, RecordsError> {
        let end: Option<i64> = sqlx::query_scalar("SELECT max(expires_at) FROM offers")
            .fetch_one(&mut *self.connection().await?)
            .await?;
        Ok(end.map(instant))
    }
}

/// Adds an offer, unless another has its key, its code or its id. Returns whether it was added.
async fn insert(
    change: &mut PgConnection,
    offer: &OfferRecord,
    key: Option<&Key>,
) -> Result<bool, sqlx::Error> {
    let standing = &offer.standing;
    let added = sqlx::query(
        "INSERT INTO offers (id, code, key, merchant, sandbox, quote, offer, amount, accepted_at, expires_at,
            state, order_id, redeemed_at, version, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $9)
         ON CONFLICT DO NOTHING",
    )
    .bind(&*offer.id)
    .bind(&*offer.code)
    .bind(key.map(Key::bytes))
    .bind(&*offer.merchant)
    .bind(i64::from(offer.sandbox))
    .bind(&*offer.quote)
    .bind(&*offer.offer)
    .bind(offer.amount)
    .bind(offer.accepted_at.as_second())
    .bind(offer.expires_at.as_second())
    .bind(&*standing.state)
    .bind(standing.order_id.as_deref())
    .bind(standing.redeemed_at.map(Timestamp::as_second))
    .bind(standing.signed_version())
    .execute(change)
    .await?;
    Ok(added.rows_affected() > 0)
}

async fn find(
    connection: &mut PgConnection,
    name: OfferName<'_>,
) -> Result<Option<OfferRecord>, RecordsError> {
    let mut query = QueryBuilder::<Postgres>::new(format!("SELECT {OFFER_COLUMNS} FROM offers WHERE "));
    match name {
        OfferName::Id(id) => query.push("id = ").push_bind(id),
        OfferName::Code(code) => query.push("code = ").push_bind(code),
        OfferName::Key(key) => {
            query.push("state IN ('accepted', 'redeemed') AND key = ").push_bind(key.bytes())
        }
    };
    let row: Option<OfferColumns> = query.build_query_as().fetch_optional(connection).await?;
    Ok(row.map(OfferRecord::from))
}
