-- Which providers a list asks, if it asks several, so that an instance that takes the list over asks the same ones. The
-- first is the main one: its results are in "batch_devices", as those of a list that asks one provider only.
CREATE TABLE batch_providers (
    batch    INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    provider TEXT NOT NULL, -- its name in the settings
    place    INTEGER NOT NULL, -- 0 for the main one, then in the order of the settings
    PRIMARY KEY (batch, provider)
) STRICT, WITHOUT ROWID;

-- The results of the others, once they are known.
CREATE TABLE batch_alternatives (
    batch    INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    device   INTEGER NOT NULL, -- of "batch_devices"
    quote    TEXT, -- of "quotes", if it has a price there
    failure  TEXT, -- JSON, as in the contract, if it is known to have none
    PRIMARY KEY (batch, provider, device)
) STRICT, WITHOUT ROWID;
-- A quote stays as long as a list that it belongs to.
CREATE INDEX batch_alternatives_by_quote ON batch_alternatives (quote) WHERE quote IS NOT NULL;

-- A server of the version before asks the main provider only, and ends the list when that one has answered.
INSERT INTO schema_changes (version, oldest) VALUES (20, 14);
