//! The places at a provider as rows. A row is free if it has no holder, or if its time is over by this server's
//! clock. Each taking and each giving back is one statement.

use std::num::NonZeroUsize;

use super::attempts;
use super::store::Store;
use crate::entry::{Outcome, Row};
use crate::error::RecordsError;
use crate::number::millis;
use crate::provider_place::{Held, HeldRow, PlaceAnswer, PlaceAsked, ProviderPlace};

/// Takes a place. `SKIP LOCKED`: a row that another taking is about to hold is not waited for.
const TAKE: &str = "WITH next AS (SELECT nextval('places_fence') AS fence),
    place AS (
        SELECT number FROM places
        WHERE provider = $1 AND NOT is_turn AND number <= $4 AND (expires_at IS NULL OR expires_at <= now())
        ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED)
 UPDATE places p SET holder = $2, fence = next.fence,
    expires_at = clock_timestamp() + $3 * interval '1 millisecond'
 FROM next, place WHERE p.provider = $1 AND NOT p.is_turn AND p.number = place.number
 RETURNING p.fence";

/// Takes a place and a turn, or neither.
const TAKE_WITH_TURN: &str = "WITH next AS (SELECT nextval('places_fence') AS fence),
    turn AS (
        SELECT number FROM places
        WHERE provider = $1 AND is_turn AND number <= $5 AND (expires_at IS NULL OR expires_at <= now())
        ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED),
    place AS (
        SELECT number FROM places
        WHERE provider = $1 AND NOT is_turn AND number <= $4 AND (expires_at IS NULL OR expires_at <= now())
        ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED)
 UPDATE places p SET holder = $2, fence = next.fence,
    expires_at = clock_timestamp() + $3 * interval '1 millisecond'
 FROM next, turn, place
 WHERE p.provider = $1 AND p.number = CASE WHEN p.is_turn THEN turn.number ELSE place.number END
 RETURNING p.fence";

impl Store {
    /// Takes a free place. The rows of a provider are made when none is found for the first time.
    pub(crate) async fn take_place(&self, asked: &PlaceAsked) -> Result<PlaceAnswer, RecordsError> {
        let taken = self.take_row(asked).await?;
        if taken.is_none() && self.make_places(asked).await? {
            return Ok(answer(self.take_row(asked).await?));
        }
        Ok(answer(taken))
    }

    async fn take_row(&self, asked: &PlaceAsked) -> Result<Option<ProviderPlace>, RecordsError> {
        let take = sqlx::query_scalar(if asked.takes_turn { TAKE_WITH_TURN } else { TAKE })
            .bind(&*asked.provider)
            .bind(asked.holder.as_str())
            .bind(millis(asked.lease))
            .bind(number(asked.most));
        let take = if asked.takes_turn { take.bind(number(asked.turns)) } else { take };
        let fences: Vec<i64> = take.fetch_all(&mut *self.connection().await?).await?;
        let (provider, holder) = (asked.provider.clone(), asked.holder.clone());
        let held = fences.first().map(|&fence| HeldRow { provider, holder, fence });
        Ok(held.map(|row| ProviderPlace(Held::Row(row))))
    }

    /// Makes the rows of a provider that are missing. Returns whether any was.
    async fn make_places(&self, asked: &PlaceAsked) -> Result<bool, RecordsError> {
        let made = sqlx::query(
            "INSERT INTO places (provider, is_turn, number)
                SELECT $1, false, number FROM generate_series(1, $2) number
                UNION ALL SELECT $1, true, number FROM generate_series(1, $3) number
             ON CONFLICT DO NOTHING",
        )
        .bind(&*asked.provider)
        .bind(number(asked.most))
        .bind(number(asked.turns))
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(made.rows_affected() > 0)
    }

    /// Frees the rows of a taking, unless another has taken them since.
    pub(crate) async fn give_back_place(&self, place: ProviderPlace) -> Result<(), RecordsError> {
        let Held::Row(row) = place.0 else { return Ok(()) };
        sqlx::query(
            "UPDATE places SET holder = NULL, expires_at = NULL
             WHERE provider = $1 AND holder = $2 AND fence = $3",
        )
        .bind(&*row.provider)
        .bind(row.holder.as_str())
        .bind(row.fence)
        .execute(&mut *self.connection().await?)
        .await?;
        Ok(())
    }

    /// Frees the rows of a taking, unless another has taken them since, and records how its attempt ended.
    pub(crate) async fn end_attempt(
        &self,
        place: ProviderPlace,
        attempt: Row,
        outcome: &Outcome,
    ) -> Result<(), RecordsError> {
        let mut connection = self.connection().await?;
        let Held::Row(row) = place.0 else {
            return attempts::insert_outcome(&mut connection, attempt.number, outcome).await;
        };
        sqlx::query(
            "WITH freed AS (
                UPDATE places SET holder = NULL, expires_at = NULL
                WHERE provider = $1 AND holder = $2 AND fence = $3)
             INSERT INTO outcomes (attempt, outcome, code, latency_ms) VALUES ($4, $5, $6, $7)
             ON CONFLICT (attempt) DO NOTHING",
        )
        .bind(&*row.provider)
        .bind(row.holder.as_str())
        .bind(row.fence)
        .bind(attempt.number)
        .bind(outcome.name)
        .bind(outcome.code.as_deref())
        .bind(millis(outcome.latency))
        .execute(&mut *connection)
        .await?;
        Ok(())
    }

    /// How many places are held now.
    pub(crate) async fn places_held(&self, provider: &str) -> Result<Option<usize>, RecordsError> {
        let held: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM places WHERE provider = $1 AND NOT is_turn AND expires_at > now()",
        )
        .bind(provider)
        .fetch_one(&mut *self.connection().await?)
        .await?;
        Ok(usize::try_from(held).ok())
    }
}

fn answer(taken: Option<ProviderPlace>) -> PlaceAnswer {
    taken.map_or(PlaceAnswer::AllTaken, PlaceAnswer::Taken)
}

fn number(count: NonZeroUsize) -> i64 {
    i64::try_from(count.get()).unwrap_or(i64::MAX)
}
