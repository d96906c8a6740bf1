-- What an account was told is no read model: a rebuild leaves it, and says nothing twice.

-- Up to where events have been looked at for something to tell; never put back. Of what was read before there were alerts,
-- nobody is told.
create table seen_shard (
    shard    int    primary key,
    sequence bigint not null
);
insert into seen_shard select shard, greatest(sequence, coalesce(rebuild_until, 0)) from followed_shard;

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

-- On which day an account last used a route.
create table used_route (
    account_id text        not null,
    model      text        not null,
    day        timestamptz not null,
    primary key (account_id, model)
);
create index used_route_by_model on used_route (model, day);
insert into used_route
select account_id, model, to_timestamp(max(bucket)) from rollup where not tagged and grain = 1440 group by account_id, model;

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
create index alert_by_time on alert (at);

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
    alert_id     uuid        not null references alert on delete cascade,
    kept_at      timestamptz not null,
    attempts     int         not null default 0,
    next_at      timestamptz, -- null: no more
    delivered_at timestamptz,
    last_status  int,
    last_error   text,
    primary key (endpoint_id, alert_id)
);
create index webhook_delivery_due on webhook_delivery (next_at) where next_at is not null;
create index webhook_delivery_by_alert on webhook_delivery (alert_id);
create index webhook_delivery_delivered on webhook_delivery (endpoint_id, delivered_at);

create table mail (
    mail_id    uuid        primary key references alert on delete cascade,
    account_id text        not null,
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
create index mail_by_account on mail (account_id, created_at);
