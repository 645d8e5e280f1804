//! Finds inconsistencies between tables.

use super::store::Store;
use crate::error::RecordsError;
use crate::table::Counted;

/// Each inconsistency, and the query that counts it.
const DISAGREEMENTS: [(&str, &str); 8] = [
    (
        "days on which more attempts were made than were counted",
        "SELECT count(*), max(day) FROM (
            SELECT date(at / 1000 + 8 * 3600, 'unixepoch') AS day, count(*) AS made, max(quota_used) AS highest
            FROM attempts GROUP BY 1) made_of
         WHERE made > (SELECT coalesce(sum(used), 0) FROM quota WHERE quota.day = made_of.day)
            OR highest > (SELECT coalesce(max(used), 0) FROM quota WHERE quota.day = made_of.day)",
    ),
    (
        "days whose advances are not what is held back",
        "SELECT count(*), max(day) FROM quota q
         WHERE held <> (SELECT coalesce(sum(calls), 0) FROM advances a WHERE a.app_id = q.app_id AND a.day = q.day)
            OR held_searches <> (
                SELECT coalesce(sum(a.searches), 0) FROM advances a WHERE a.app_id = q.app_id AND a.day = q.day)",
    ),
    (
        "outcomes without their attempt",
        "SELECT count(*), CAST(max(attempt) AS TEXT) FROM outcomes
         WHERE NOT EXISTS (SELECT 1 FROM attempts WHERE id = outcomes.attempt)",
    ),
    (
        "rows of lists without their device",
        "SELECT count(*), CAST(max(batch) AS TEXT) FROM batch_rows r
         WHERE device IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM batch_devices d WHERE d.batch = r.batch AND d.device = r.device)",
    ),
    (
        "devices and rows without their list",
        "SELECT count(*), CAST(max(batch) AS TEXT) FROM (
            SELECT batch FROM batch_devices UNION ALL SELECT batch FROM batch_rows
            UNION ALL SELECT batch FROM batch_providers UNION ALL SELECT batch FROM batch_alternatives) part
         WHERE NOT EXISTS (SELECT 1 FROM batches WHERE id = part.batch)",
    ),
    (
        "devices of lists that are done whose quote is missing",
        "SELECT count(*), CAST(max(batch) AS TEXT) FROM (
            SELECT batch, quote FROM batch_devices UNION ALL SELECT batch, quote FROM batch_alternatives) d
         JOIN batches b ON b.id = d.batch
         WHERE b.state = 'done' AND d.quote IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM quotes WHERE id = d.quote)",
    ),
    (
        "offers that do not have one event for each of their versions",
        "SELECT count(*), max(id) FROM offers
         WHERE version <> (SELECT count(*) FROM events WHERE offer = offers.id)
            OR version <> (SELECT coalesce(max(version), 0) FROM events WHERE offer = offers.id)",
    ),
    (
        "events of offers that are not there",
        "SELECT count(*), max(id) FROM events
         WHERE offer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM offers WHERE id = events.offer)",
    ),
];

impl Store {
    /// How often each inconsistency occurs.
    pub(crate) async fn count_disagreements(&self) -> Result<Vec<(&'static str, Counted)>, RecordsError> {
        let pool = self.pool().await?;
        let mut counted = Vec::with_capacity(DISAGREEMENTS.len());
        for (what, query) in DISAGREEMENTS {
            counted.push((what, sqlx::query_as(query).fetch_one(&pool).await?));
        }
        Ok(counted)
    }
}
