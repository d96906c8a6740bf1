-- What is known of a client's Idempotency-Key: one row a key, by the key's SHA-256, until it expires. All times are the
-- database's.
create table idempotency_key (
    account_id   text        not null,
    key_hash     bytea       not null,
    -- SHA-256 of the request that it stands for.
    fingerprint  bytea       not null,
    state        text        not null,
    -- Grows with every change, so that nobody changes what another has changed meanwhile.
    version      bigint      not null default 1,
    -- Who runs it, and until when that is believed without a further word.
    owner        uuid,
    owned_until  timestamptz,
    -- Of these the ledger's request id is made.
    era          bigint      not null,
    attempt      integer     not null,
    request_id   uuid,
    shown_id     uuid,
    expires_at   timestamptz not null,
    status       integer,
    headers      text,
    -- Compressed; null where none is kept.
    answer       bytea,
    stored_bytes integer     not null default 0,
    primary key (account_id, key_hash)
);
-- Compressed already.
alter table idempotency_key alter column answer set storage external;
create index idempotency_key_expired on idempotency_key (expires_at);
create index idempotency_key_owned on idempotency_key (owner) where owner is not null;

-- What an account's keys take, counted in the transactions that change it.
create table idempotency_account (
    account_id text    primary key,
    keys       integer not null,
    bytes      bigint  not null
);
