-- An attempt whose connection did not come about never left this machine, and so costs nothing. What
-- was taken is never taken back: `used` and `searches` only grow, so that of two figures the higher
-- is the right one. What such attempts took is counted beside them, and taken off where the day's
-- calls are compared with what is allowed.
ALTER TABLE quota ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quota ADD COLUMN returned_searches INTEGER NOT NULL DEFAULT 0;
