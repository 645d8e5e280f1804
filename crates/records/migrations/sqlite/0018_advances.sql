-- Calls of a day that an instance holds back ("advance"). Only instances at a server do that: a file is on the machine
-- of the processes that use it. The table and the columns are here so that both engines have one shape.
CREATE TABLE advances (
    app_id            TEXT    NOT NULL,
    day               TEXT    NOT NULL,
    instance          TEXT    NOT NULL,
    calls             INTEGER NOT NULL,
    searches          INTEGER NOT NULL,
    taken             INTEGER NOT NULL,
    taken_searches    INTEGER NOT NULL,
    returned          INTEGER NOT NULL,
    returned_searches INTEGER NOT NULL,
    PRIMARY KEY (app_id, day, instance),
    CHECK (calls >= 0 AND searches >= 0)
) STRICT, WITHOUT ROWID;
ALTER TABLE quota ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quota ADD COLUMN held_searches INTEGER NOT NULL DEFAULT 0;

INSERT INTO schema_changes (version, oldest) VALUES (18, 14);
