-- What is written to find out whether the disk takes anything: `/readyz` tells before a quote fails.
CREATE TABLE trial (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL -- seconds since 1970, UTC
) STRICT;
INSERT INTO trial VALUES (1, 0);
