-- What an operator works with at any of several instances.

-- Device lists that were read and are not started.
CREATE TABLE drafts (
    key        TEXT COLLATE "C" NOT NULL PRIMARY KEY, -- cannot be guessed
    name       BYTEA   NOT NULL, -- the file's, without personal data, sealed
    content    BYTEA   NOT NULL, -- SHA-256 of the file
    row_count  BIGINT  NOT NULL,
    cells      BYTEA   NOT NULL, -- the rows as the file has them, sealed: they may have names and addresses of people
    answers    BYTEA   NOT NULL, -- to its questions, sealed
    hidden_out BIGINT  NOT NULL, -- 1: rows that the spreadsheet does not show are left out
    changes    BIGINT  NOT NULL, -- how often it was changed: another number tells an instance to read it again
    changed_at BIGINT  NOT NULL  -- seconds since 1970, UTC
);

-- Sessions of operators that were ended before their time. Each instance reads them: a session is valid at all of them.
CREATE TABLE ended_sessions (
    id      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    ends_at BIGINT NOT NULL -- when it would have ended, in seconds since 1970, UTC
);

INSERT INTO schema_changes (version, oldest) VALUES (21, 14);
