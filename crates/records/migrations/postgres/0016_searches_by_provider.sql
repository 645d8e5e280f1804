-- Which provider and account a search asked, as a hash, so that device lists find all its models again. Searches from
-- before are not found by it.
ALTER TABLE searches ADD COLUMN provider BYTEA;
-- Servers of the version before write searches without it.
INSERT INTO schema_changes (version, oldest) VALUES (16, 14);
