-- The oldest schema that a server must know to work with this database: servers of the version before go on
-- beside newer ones. A migration after which they cannot go on writes its own number here.
CREATE TABLE oldest_schema (version BIGINT NOT NULL);
INSERT INTO oldest_schema (version) VALUES (14);
