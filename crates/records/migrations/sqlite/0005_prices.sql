-- What sound devices were worth, day by day: one row for each variant, grade and day, so that
-- a page for anybody costs neither a call nor a search through all quotes.
CREATE TABLE prices (
    sandbox     INTEGER NOT NULL, -- 1: nobody would have paid it
    device_type TEXT    NOT NULL, -- the partner's word
    brand       TEXT    NOT NULL,
    model       TEXT    NOT NULL,
    storage     TEXT    NOT NULL,
    ram         TEXT    NOT NULL, -- '' where it was not asked for
    condition   TEXT    NOT NULL, -- the grade's word
    day         TEXT    NOT NULL, -- in UTC+8
    lowest      INTEGER NOT NULL, -- fen
    highest     INTEGER NOT NULL,
    latest      INTEGER NOT NULL,
    quotes      INTEGER NOT NULL,
    PRIMARY KEY (device_type, brand, model, sandbox, day, storage, ram, condition)
) STRICT, WITHOUT ROWID;
CREATE INDEX prices_by_day ON prices (day);

-- What the quotes so far tell.
INSERT INTO prices
SELECT sandbox, device_type, brand, model, storage, ram, condition, day, min(price), max(price), latest, sum(1)
FROM (
    SELECT price, quoted_at, sandbox, device_type, brand, model, storage, ram, condition, day,
        first_value(price) OVER (
            PARTITION BY sandbox, device_type, brand, model, storage, ram, condition, day ORDER BY quoted_at DESC
        ) AS latest
    FROM (
        SELECT
            quoted_at,
            quote ->> '$.sandbox' AS sandbox,
            quote ->> '$.device.device_type' AS device_type,
            quote ->> '$.device.brand' AS brand,
            quote ->> '$.device.model' AS model,
            quote ->> '$.device.storage' AS storage,
            coalesce(quote ->> '$.device.ram', '') AS ram,
            quote ->> '$.device.condition' AS condition,
            date(quoted_at + 8 * 3600, 'unixepoch') AS day,
            quote ->> '$.price.final' AS price
        FROM quotes
        WHERE key IS NOT NULL
            AND quote ->> '$.device.function_status' = '正常'
            AND coalesce(quote ->> '$.device.repair_history', '无维修') = '无维修'
            AND quote ->> '$.price.final' > 0
    )
)
GROUP BY sandbox, device_type, brand, model, storage, ram, condition, day, latest;
