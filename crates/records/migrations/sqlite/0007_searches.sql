-- What a search found, so that a restart asks nothing again. The key is a hash, and what was found
-- are the partner's own words: nobody's are in here.
CREATE TABLE searches (
    key      BLOB    PRIMARY KEY,
    found_at INTEGER NOT NULL, -- seconds since 1970, UTC
    items    TEXT    NOT NULL  -- JSON: models and what they come in
) STRICT, WITHOUT ROWID;
CREATE INDEX searches_by_time ON searches (found_at);

-- Of the calls of a day, those that were searches: they have a share of their own.
ALTER TABLE quota ADD COLUMN searches INTEGER NOT NULL DEFAULT 0;
UPDATE quota SET searches = (
    SELECT count(*) FROM attempts
    WHERE call = 'item_search' AND date(at / 1000 + 8 * 3600, 'unixepoch') = quota.day
);
