-- Offers: one shopper's acceptance of one quote at one merchant. What was accepted never changes; what has
-- become of it is in the last five columns. Holds no personal data.
CREATE TABLE offers (
    number      INTEGER PRIMARY KEY, -- in the order in which they came
    id          TEXT    NOT NULL UNIQUE,
    code        TEXT    NOT NULL UNIQUE, -- for people
    key         BLOB,                    -- a hash of quote, product and visit; NULL where there is no visit
    merchant    TEXT    NOT NULL,
    sandbox     INTEGER NOT NULL,        -- 1: of a sandbox's quote, which is never paid
    quote       TEXT    NOT NULL,        -- of `quotes`, where it may be gone earlier
    offer       TEXT    NOT NULL,        -- JSON: all that was accepted
    amount      INTEGER NOT NULL,        -- fen: price and top-up together
    accepted_at INTEGER NOT NULL,        -- seconds since 1970, UTC
    expires_at  INTEGER NOT NULL,
    state       TEXT    NOT NULL,        -- 'accepted', 'redeemed', 'withdrawn' or 'expired'
    order_id    TEXT,                    -- the order that holds it
    redeemed_at INTEGER,
    changed_at  INTEGER NOT NULL,
    version     INTEGER NOT NULL,        -- 1 at first, and 1 more with each change
    CHECK ((state = 'redeemed') = (order_id IS NOT NULL)),
    CHECK ((state = 'redeemed') = (redeemed_at IS NOT NULL))
) STRICT;
-- Pressing twice makes one offer. After its end, or a withdrawal, the same may be accepted once more.
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

-- What happened, written in the same change as what it tells of. An offer has one event for each version.
CREATE TABLE events (
    number   INTEGER PRIMARY KEY, -- in the order in which they happened, for one merchant
    id       TEXT    NOT NULL UNIQUE,
    merchant TEXT    NOT NULL,
    sandbox  INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    offer    TEXT,                -- of `offers`; NULL where it tells of no offer
    version  INTEGER,             -- that the offer has by it
    at       INTEGER NOT NULL,    -- seconds since 1970, UTC
    body     TEXT    NOT NULL,    -- JSON: what is sent, byte by byte
    reason   TEXT                 -- the shop's words; for an offer that was given back
) STRICT;
CREATE UNIQUE INDEX events_by_offer ON events (offer, version);
CREATE INDEX events_by_merchant ON events (merchant, number);
CREATE INDEX events_by_time ON events (at);

CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;

-- An event on its way to an endpoint, written in the same change as the event.
CREATE TABLE deliveries (
    event    TEXT    NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    endpoint TEXT    NOT NULL, -- its name in the settings
    merchant TEXT    NOT NULL,
    state    TEXT    NOT NULL, -- 'open', 'delivered' or 'given_up'
    tries    INTEGER NOT NULL, -- that have ended
    due_at   INTEGER,          -- of the next try, milliseconds since 1970; NULL where there is none
    tried_at INTEGER,          -- when the last try ended
    status   INTEGER,          -- what the last try was answered with (HTTP); NULL where with nothing
    PRIMARY KEY (event, endpoint),
    CHECK ((state = 'open') = (due_at IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_by_time ON deliveries (merchant, endpoint, due_at) WHERE state = 'open';

-- Endpoints that said that they are gone (410): they are sent nothing more.
CREATE TABLE endpoints_off (
    merchant TEXT    NOT NULL,
    endpoint TEXT    NOT NULL,
    since    INTEGER NOT NULL, -- seconds since 1970, UTC
    PRIMARY KEY (merchant, endpoint)
) STRICT, WITHOUT ROWID;

-- Keys of merchants' backends. The key itself is shown once, and kept nowhere.
CREATE TABLE api_keys (
    id         TEXT    PRIMARY KEY,
    hash       BLOB    NOT NULL UNIQUE,
    merchant   TEXT    NOT NULL,
    name       TEXT    NOT NULL, -- the operator's word for it
    sandbox    INTEGER NOT NULL, -- 1: for a sandbox; 0: for a live server
    read_only  INTEGER NOT NULL,
    created_at INTEGER NOT NULL, -- seconds since 1970, UTC
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;

-- Requests that carried an `Idempotency-Key`, for a day.
CREATE TABLE idempotency (
    merchant TEXT    NOT NULL,
    key      TEXT    NOT NULL,
    request  BLOB    NOT NULL, -- a hash of what was asked
    at       INTEGER NOT NULL, -- milliseconds since 1970
    status   INTEGER,          -- HTTP; NULL while the request is under way
    response TEXT,             -- what was answered, without tokens
    PRIMARY KEY (merchant, key),
    CHECK ((status IS NULL) = (response IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_time ON idempotency (at);
