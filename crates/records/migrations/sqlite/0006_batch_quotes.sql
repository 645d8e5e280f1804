-- A quote stays as long as a batch that it belongs to.
CREATE INDEX batch_devices_by_quote ON batch_devices (quote) WHERE quote IS NOT NULL;
