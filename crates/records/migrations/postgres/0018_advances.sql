-- Calls of a day that an instance holds back ("advance"): it makes them while it does not reach this database. They
-- count against the day's quota until they are made or given back, so no other instance makes them meanwhile. A row
-- is kept for its day even if its instance has ended, because one that only hangs may go on and use it.
CREATE TABLE advances (
    app_id            TEXT   COLLATE "C" NOT NULL,
    day               TEXT   COLLATE "C" NOT NULL, -- in UTC+8, as in `quota`
    instance          TEXT   COLLATE "C" NOT NULL,
    calls             BIGINT NOT NULL,             -- held now
    searches          BIGINT NOT NULL,             -- held now: how many searches may be made
    taken             BIGINT NOT NULL,             -- calls that were ever taken for it on that day
    taken_searches    BIGINT NOT NULL,
    returned          BIGINT NOT NULL,             -- of these, calls that the instance gave back
    returned_searches BIGINT NOT NULL,
    PRIMARY KEY (app_id, day, instance),
    CHECK (calls >= 0 AND searches >= 0)
);

-- What all advances of the day hold together. A change of an advance locks this row first.
ALTER TABLE quota ADD COLUMN held BIGINT NOT NULL DEFAULT 0;
ALTER TABLE quota ADD COLUMN held_searches BIGINT NOT NULL DEFAULT 0;

-- Servers of the version before do not know what is held back, and hold nothing back.
INSERT INTO schema_changes (version, oldest) VALUES (18, 14);
