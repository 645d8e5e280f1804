-- What an operator works with at any of several instances.

-- Device lists that were read and are not started.
CREATE TABLE drafts (
    key        TEXT    NOT NULL PRIMARY KEY, -- cannot be guessed
    name       BLOB    NOT NULL, -- the file's, without personal data, sealed
    content    BLOB    NOT NULL, -- SHA-256 of the file
    row_count  INTEGER NOT NULL,
    cells      BLOB    NOT NULL, -- the rows as the file has them, sealed: they may have names and addresses of people
    answers    BLOB    NOT NULL, -- to its questions, sealed
    hidden_out INTEGER NOT NULL, -- 1: rows that the spreadsheet does not show are left out
    changes    INTEGER NOT NULL, -- how often it was changed: another number tells an instance to read it again
    changed_at INTEGER NOT NULL  -- seconds since 1970, UTC
);

-- Sessions of operators that were ended before their time. Each instance reads them: a session is valid at all of them.
CREATE TABLE ended_sessions (
    id      TEXT NOT NULL PRIMARY KEY,
    ends_at INTEGER NOT NULL -- when it would have ended, in seconds since 1970, UTC
);

INSERT INTO schema_changes (version, oldest) VALUES (21, 14);
