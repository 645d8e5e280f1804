-- Quotes by their id, as they were answered. Never changed once written.
CREATE TABLE quotes (
    id        TEXT    PRIMARY KEY,
    quoted_at INTEGER NOT NULL, -- seconds since 1970, UTC
    quote     TEXT    NOT NULL  -- JSON, as in the contract
) STRICT;

CREATE INDEX quotes_by_time ON quotes (quoted_at);

CREATE TRIGGER quotes_stay BEFORE UPDATE ON quotes
BEGIN
    SELECT RAISE(ABORT, 'quotes are never changed');
END;
