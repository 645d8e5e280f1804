-- A device list and how far it has come. Whatever is written here survives the process, so
-- that a batch goes on where it was cut off.
CREATE TABLE batches (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT    NOT NULL, -- of the file
    fingerprint BLOB    NOT NULL, -- of what is in it
    created_at  INTEGER NOT NULL, -- seconds since 1970, UTC
    state       TEXT    NOT NULL  -- 'reading', 'open', 'paused', 'cancelled' or 'done'
) STRICT;
CREATE INDEX batches_by_fingerprint ON batches (fingerprint);

-- Each different device once, however many rows describe it.
CREATE TABLE batch_devices (
    batch   INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    device  INTEGER NOT NULL, -- the first row that describes it
    quote   TEXT,             -- of `quotes`, once it has a price
    failure TEXT,             -- JSON, as in the contract, once it is known to have none
    PRIMARY KEY (batch, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE batch_rows (
    batch   INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    row     INTEGER NOT NULL, -- in the file, 1 for the first line
    form    TEXT    NOT NULL, -- JSON: what the row says
    device  INTEGER,          -- of `batch_devices`
    failure TEXT,             -- JSON: what is wrong with the row, which then has no device
    PRIMARY KEY (batch, row)
) STRICT, WITHOUT ROWID;
