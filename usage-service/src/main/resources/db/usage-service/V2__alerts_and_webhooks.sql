-- What an account was told is no read model: a rebuild leaves it, and says nothing twice.

-- Up to where events have been looked at for alerts; never put back.
create table alerted_shard (
    shard    int    primary key,
    sequence bigint not null
);

create table alert_setting (
    account_id      text primary key,
    low_balance_usd numeric, -- null: not told
    email           text,    -- null: no mail
    updated_at      timestamptz not null
);

-- Since when an account's credit is low; no row while it is not.
create table low_balance (
    account_id text   primary key,
    sequence   bigint not null
);

-- How a route's upstream did by an account's own requests, in windows of five minutes.
create table upstream_watch (
    account_id text    not null,
    model      text    not null,
    begun      bigint  not null, -- in seconds since 1970
    ended      int     not null,
    failed     int     not null,
    is_failing boolean not null,
    primary key (account_id, model)
);

-- Price versions that are known; of later ones it is told.
create table known_price (
    price_version text primary key
);

create table alert (
    alert_id   uuid        primary key,
    account_id text        not null,
    kind       text        not null,
    shard      int         not null,
    sequence   bigint      not null, -- of the event that it speaks of, or the last before it
    at         timestamptz not null,
    payload    text        not null  -- JSON, as it is sent
);
create index alert_by_sequence on alert (account_id, sequence);

create table webhook_endpoint (
    endpoint_id     uuid        primary key,
    account_id      text        not null,
    url             text        not null,
    secret          text        not null,
    events          text[]      not null, -- empty: all
    created_at      timestamptz not null,
    disabled_at     timestamptz,
    disabled_reason text
);
create index webhook_endpoint_by_account on webhook_endpoint (account_id, created_at);

create table webhook_delivery (
    endpoint_id  uuid        not null references webhook_endpoint on delete cascade,
    alert_id     uuid        not null references alert,
    attempts     int         not null default 0,
    next_at      timestamptz, -- null: no more
    delivered_at timestamptz,
    last_status  int,
    last_error   text,
    primary key (endpoint_id, alert_id)
);
create index webhook_delivery_due on webhook_delivery (next_at) where next_at is not null;

create table mail (
    mail_id    uuid        primary key,
    recipient  text        not null,
    subject    text        not null,
    body       text        not null,
    created_at timestamptz not null,
    attempts   int         not null default 0,
    next_at    timestamptz, -- null: no more
    sent_at    timestamptz,
    last_error text
);
create index mail_due on mail (next_at) where next_at is not null;
