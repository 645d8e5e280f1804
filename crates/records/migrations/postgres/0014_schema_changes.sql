-- What each later migration says of itself: the oldest schema that a server must know to work with the database
-- after it. Servers of the version before go on beside newer ones if they know that schema. A migration that says
-- nothing must be known.
CREATE TABLE schema_changes (
    version BIGINT PRIMARY KEY, -- the migration's
    oldest  BIGINT NOT NULL
);
