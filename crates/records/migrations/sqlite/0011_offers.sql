-- Offers: one shopper's acceptance of one quote at one merchant. What was accepted never changes; only the last
-- five columns do. Contains no personal data.
CREATE TABLE offers (
    number      INTEGER PRIMARY KEY, -- in the order of acceptance
    id          TEXT    NOT NULL UNIQUE,
    code        TEXT    NOT NULL UNIQUE, -- the code for people
    key         BLOB,                    -- hash of mode, merchant, quote, product, visit; NULL without a visit
    merchant    TEXT    NOT NULL,
    sandbox     INTEGER NOT NULL,        -- 1: from a sandbox, never paid
    quote       TEXT    NOT NULL,        -- id in `quotes`, where it may be deleted earlier
    offer       TEXT    NOT NULL,        -- JSON: all that was accepted
    amount      INTEGER NOT NULL,        -- fen: price and top-up together
    accepted_at INTEGER NOT NULL,        -- seconds since 1970, UTC
    expires_at  INTEGER NOT NULL,
    state       TEXT    NOT NULL,        -- 'accepted', 'redeemed', 'withdrawn' or 'expired'
    order_id    TEXT,                    -- the order that holds it
    redeemed_at INTEGER,
    changed_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL,        -- 1 for a new offer, and 1 more after each change
    CHECK ((state = 'redeemed') = (order_id IS NOT NULL)),
    CHECK ((state = 'redeemed') = (redeemed_at IS NOT NULL))
) STRICT;
-- Accepting twice makes one offer. After its end or a withdrawal, the same may be accepted again.
CREATE UNIQUE INDEX offers_by_key ON offers (key) WHERE state IN ('accepted', 'redeemed');
CREATE INDEX offers_by_merchant ON offers (merchant, number);
CREATE INDEX offers_by_end ON offers (sandbox, expires_at) WHERE state = 'accepted';
CREATE INDEX offers_by_change ON offers (changed_at);

CREATE TRIGGER offers_stay BEFORE UPDATE OF
    number, id, code, key, merchant, sandbox, quote, offer, amount, accepted_at, expires_at ON offers
BEGIN
    SELECT RAISE(ABORT, 'what was accepted is never changed');
END;
CREATE TRIGGER offers_have_each_version BEFORE UPDATE ON offers WHEN NEW.version <> OLD.version + 1
BEGIN
    SELECT RAISE(ABORT, 'a change of an offer has the next version');
END;

-- Events, each written in one transaction with what it reports. An offer has one event for each version.
CREATE TABLE events (
    number   INTEGER PRIMARY KEY, -- for one merchant, in the order in which its events happened
    id       TEXT    NOT NULL UNIQUE,
    merchant TEXT    NOT NULL,
    sandbox  INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    offer    TEXT,                -- id in `offers`; NULL if it concerns no offer
    version  INTEGER,             -- of the offer, after the event
    at       INTEGER NOT NULL,    -- seconds since 1970, UTC
    body     TEXT    NOT NULL,    -- JSON, which is sent unchanged
    reason   TEXT                 -- why the shop released the offer, in its own words
) STRICT;
CREATE UNIQUE INDEX events_by_offer ON events (offer, version);
CREATE INDEX events_by_merchant ON events (merchant, number);
CREATE INDEX events_by_time ON events (at);

CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;

-- The delivery of an event to an endpoint, written in one transaction with the event.
CREATE TABLE deliveries (
    event    TEXT    NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    endpoint TEXT    NOT NULL, -- its name in the settings
    merchant TEXT    NOT NULL,
    state    TEXT    NOT NULL, -- 'open', 'delivered' or 'given_up'
    tries    INTEGER NOT NULL, -- how many have ended
    due_at   INTEGER,          -- when the next try is due, milliseconds since 1970; NULL if none follows
    tried_at INTEGER,          -- when the last try ended
    status   INTEGER,          -- the HTTP status of the last try's answer; NULL if there was none
    PRIMARY KEY (event, endpoint),
    CHECK ((state = 'open') = (due_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_by_time ON deliveries (merchant, endpoint, due_at) WHERE state = 'open';

-- Endpoints that answered that they are gone (410). Nothing more is sent to them.
CREATE TABLE endpoints_off (
    merchant TEXT    NOT NULL,
    endpoint TEXT    NOT NULL,
    since    INTEGER NOT NULL, -- seconds since 1970, UTC
    PRIMARY KEY (merchant, endpoint)
) STRICT, WITHOUT ROWID;

-- API keys of merchants' backends. The key itself is shown once and never stored.
CREATE TABLE api_keys (
    id         TEXT    PRIMARY KEY,
    hash       BLOB    NOT NULL UNIQUE,
    merchant   TEXT    NOT NULL,
    name       TEXT    NOT NULL, -- the name that the operator gave it
    sandbox    INTEGER NOT NULL, -- 1: for a sandbox; 0: for a live server
    read_only  INTEGER NOT NULL,
    created_at INTEGER NOT NULL, -- seconds since 1970, UTC
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

-- Requests with an `Idempotency-Key`, kept for a day.
CREATE TABLE idempotency (
    merchant TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    request  BLOB    NOT NULL, -- a hash of the request: its path and its body
    at       INTEGER NOT NULL, -- milliseconds since 1970
    status   INTEGER,          -- the HTTP status of the answer; NULL while the request is in progress
    response TEXT,             -- the body of the answer, without tokens
    PRIMARY KEY (merchant, key),
    CHECK ((status IS NULL) = (response IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_time ON idempotency (at);
