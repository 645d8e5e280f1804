-- What one of several instances holds for a while: it says until when, and another one may take it after that.
-- All times are in milliseconds since 1970 by this database's clock, which all instances share.

-- Who quotes a device list.
ALTER TABLE batches ADD COLUMN holder TEXT;                      -- the instance; NULL: none
ALTER TABLE batches ADD COLUMN fence BIGINT NOT NULL DEFAULT 0;  -- how often it was claimed
ALTER TABLE batches ADD COLUMN held_until BIGINT;
ALTER TABLE batches ADD COLUMN doing TEXT;                       -- JSON: what the instance last reported

-- Who sends a delivery. While it is being sent, `due_at` is the end of the claim too.
ALTER TABLE deliveries ADD COLUMN taken_by TEXT;                 -- the instance; NULL: none
ALTER TABLE deliveries ADD COLUMN taken_until BIGINT;
