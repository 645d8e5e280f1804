-- Keeps the number free.
INSERT INTO schema_changes (version, oldest) VALUES (21, 14);
