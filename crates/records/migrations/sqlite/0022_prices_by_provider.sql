-- What sound devices were worth, day by day, at each provider. Prices from before are in "prices", which says no
-- provider: they are those of the first one of the settings. The history is both tables.
CREATE TABLE prices_by_provider (
    device_type TEXT    NOT NULL, -- the trade's word
    brand       TEXT    NOT NULL,
    model       TEXT    NOT NULL, -- as the provider spells it
    sandbox     INTEGER NOT NULL, -- 1: a sandbox's, which is never paid
    day         TEXT    NOT NULL, -- in UTC+8
    storage     TEXT    NOT NULL,
    ram         TEXT    NOT NULL, -- '' where it was not asked for
    condition   TEXT    NOT NULL, -- the grade's word
    provider    TEXT    NOT NULL, -- its name in the settings
    lowest      INTEGER NOT NULL, -- fen
    highest     INTEGER NOT NULL,
    latest      INTEGER NOT NULL,
    quotes      INTEGER NOT NULL,
    PRIMARY KEY (device_type, brand, model, sandbox, day, storage, ram, condition, provider)
) STRICT, WITHOUT ROWID;
CREATE INDEX prices_by_provider_by_day ON prices_by_provider (day);

-- Servers of the version before go on to write and read "prices", and do not show what newer ones add here.
INSERT INTO schema_changes (version, oldest) VALUES (22, 14);
