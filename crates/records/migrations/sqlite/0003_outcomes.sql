-- An attempt is recorded before it is made, together with its place in the day's quota, and
-- its outcome is added when it ends. One without outcome was under way when the process
-- was killed.
CREATE TABLE begun (
    id         INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL, -- milliseconds since 1970
    call       TEXT NOT NULL,
    attempt    INTEGER NOT NULL, -- 1 for the first of a request
    parameters TEXT NOT NULL,    -- JSON; no secret, no signature, no personal data
    quota_used INTEGER           -- of the day, this one included; NULL when unknown
) STRICT;

CREATE TABLE outcomes (
    attempt    INTEGER PRIMARY KEY, -- of `attempts`
    outcome    TEXT NOT NULL,    -- 'ok' or the error's name
    code       TEXT,             -- what the partner answered with: HTTP status or its own code
    latency_ms INTEGER NOT NULL
) STRICT;

INSERT INTO begun SELECT id, at, call, attempt, parameters, quota_used FROM attempts;
INSERT INTO outcomes SELECT id, outcome, NULL, latency_ms FROM attempts;
DROP TABLE attempts;
ALTER TABLE begun RENAME TO attempts;
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
CREATE TRIGGER outcomes_stay BEFORE UPDATE ON outcomes
BEGIN
    SELECT RAISE(ABORT, 'outcomes are append-only');
END;
CREATE TRIGGER outcomes_are_kept BEFORE DELETE ON outcomes
WHEN EXISTS (
    SELECT 1 FROM attempts WHERE id = OLD.attempt
    AND at > (CAST(strftime('%s', 'now') AS INTEGER) - 7 * 86400) * 1000
)
BEGIN
    SELECT RAISE(ABORT, 'attempts are kept for 7 days');
END;
