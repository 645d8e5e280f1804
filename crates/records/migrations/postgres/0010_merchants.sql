-- Whose quotes and attempts are: the merchant in whose page or by whose key they were asked, the provider
-- that was asked, and its account. NULL where that is not known, as in all that was recorded before.
ALTER TABLE quotes ADD COLUMN merchant TEXT;
ALTER TABLE quotes ADD COLUMN provider TEXT;
ALTER TABLE quotes ADD COLUMN account TEXT;
ALTER TABLE attempts ADD COLUMN merchant TEXT;
ALTER TABLE attempts ADD COLUMN provider TEXT;
ALTER TABLE attempts ADD COLUMN account TEXT;

-- Calls of a day in UTC+8 by merchant, counted together with the attempt.
CREATE TABLE merchant_calls (
    merchant TEXT   COLLATE "C" NOT NULL,
    day      TEXT   COLLATE "C" NOT NULL,
    provider TEXT   COLLATE "C" NOT NULL, -- '' where it is not known
    used     BIGINT NOT NULL,
    returned BIGINT NOT NULL DEFAULT 0, -- of these, calls that never left
    PRIMARY KEY (merchant, day, provider)
);
