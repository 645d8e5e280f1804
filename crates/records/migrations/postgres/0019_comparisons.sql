-- Comparisons of several providers' prices for one device. The best price is in "quotes"; this says with what it was
-- compared, so that its page and the API show the same again. The prices of two merchants are not mixed.
CREATE TABLE comparisons (
    quote    TEXT COLLATE "C" NOT NULL, -- the id of the best price
    merchant TEXT COLLATE "C" NOT NULL, -- empty where no merchant's page asked
    at       BIGINT NOT NULL, -- seconds since 1970, UTC
    provider TEXT NOT NULL, -- whose price was the best
    compared TEXT NOT NULL, -- JSON: the ids of the other prices, best first, and who gave none
    PRIMARY KEY (quote, merchant)
);
CREATE INDEX comparisons_by_time ON comparisons (at);

-- Servers of the versions before neither read nor write it.
INSERT INTO schema_changes (version, oldest) VALUES (19, 14);
