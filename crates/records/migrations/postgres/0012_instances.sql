-- The servers that run now. Rows of ended ones are deleted after an hour. All times here are of this server's
-- clock, so the clocks of the instances do not matter.
CREATE TABLE instances (
    id          TEXT COLLATE "C" PRIMARY KEY, -- drawn at each start
    version     TEXT NOT NULL,
    fingerprint TEXT NOT NULL,                -- differs between instances that are set up differently
    started_at  TIMESTAMPTZ NOT NULL,
    seen_at     TIMESTAMPTZ NOT NULL
);

-- The calls that may be made to a provider at the same time, over all instances. A call that leaves one place for
-- shoppers takes two rows: a place, and one of the turns, of which there is one less.
CREATE TABLE places (
    provider   TEXT COLLATE "C" NOT NULL,
    is_turn    BOOLEAN NOT NULL,
    number     BIGINT NOT NULL,  -- from 1
    holder     TEXT COLLATE "C", -- the instance; NULL while it is free
    fence      BIGINT,           -- the number of the last taking, which is higher than that of any before
    expires_at TIMESTAMPTZ,
    PRIMARY KEY (provider, is_turn, number),
    CHECK ((holder IS NULL) = (expires_at IS NULL))
);
CREATE SEQUENCE places_fence;
