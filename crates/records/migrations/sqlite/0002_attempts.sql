-- Quotes are also found by what was asked, for times when the partner cannot be.
ALTER TABLE quotes ADD COLUMN key BLOB;
CREATE INDEX quotes_by_key ON quotes (key, quoted_at);

-- Attempts of a day in UTC+8, each counted before it is made.
CREATE TABLE quota (
    app_id TEXT NOT NULL,
    day    TEXT NOT NULL,
    used   INTEGER NOT NULL,
    PRIMARY KEY (app_id, day)
) STRICT, WITHOUT ROWID;

-- Every attempt at the partner. Holds no secret, no signature and no personal data.
CREATE TABLE attempts (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL, -- milliseconds since 1970
    call       TEXT NOT NULL,
    attempt    INTEGER NOT NULL, -- 1 for the first of a request
    parameters TEXT NOT NULL,    -- JSON
    outcome    TEXT NOT NULL,    -- 'ok' or the error's name
    latency_ms INTEGER NOT NULL,
    quota_used INTEGER           -- of the day, this one included; NULL when unknown
) STRICT;
CREATE INDEX attempts_by_time ON attempts (at);

-- What was recorded stays as it is. Rows are deleted when their time is over.
CREATE TRIGGER attempts_stay BEFORE UPDATE ON attempts
BEGIN
    SELECT RAISE(ABORT, 'attempts are append-only');
END;
CREATE TRIGGER attempts_are_kept BEFORE DELETE ON attempts
WHEN OLD.at > (CAST(strftime('%s', 'now') AS INTEGER) - 7 * 86400) * 1000
BEGIN
    SELECT RAISE(ABORT, 'attempts are kept for 7 days');
END;
