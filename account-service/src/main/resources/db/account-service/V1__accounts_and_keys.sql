create table account (
    account_id      text        primary key,
    name            text        not null,
    created_at      timestamptz not null,
    idempotency_key text        unique,
    -- Budgets and rates of all its keys together.
    limits          text        not null default '{"budgets":[]}'
);

-- A key itself is never stored: only its SHA-256, by which it is found, and its last letters, by which it is told apart.
create table api_key (
    key_id         text        primary key,
    account_id     text        not null references account,
    created_by     uuid,
    label          text        not null,
    purpose        text        not null,
    key_hash       bytea       not null unique,
    last_four      text        not null,
    created_at     timestamptz not null,
    status         text        not null,
    revoked_at     timestamptz,
    expires_at     timestamptz,
    -- Whose spending it continues, where it took another key's place.
    scope_key_id   text        not null,
    replaced_by    text,
    routes         text[]      not null default '{}',
    address_ranges text[]      not null default '{}',
    tags           text[]      not null default '{}',
    limits         text        not null default '{"budgets":[]}',
    changed_at     timestamptz not null,
    -- Of its last change among all changes of all keys, in the order of their commits.
    version        bigint      not null unique,
    -- Whether Kafka surely has that change.
    in_kafka       boolean     not null default false
);
create index api_key_of_account on api_key (account_id, key_id);
create index api_key_by_last_four on api_key (last_four);
create index api_key_unpublished on api_key (version) where not in_kafka;

-- When keys were last used, to the minute: apart from the keys, which this changes nothing of.
create table key_use (
    key_id       text        primary key,
    last_used_at timestamptz not null
);

-- The last version given, taken by every change for the length of its transaction; and the topic that has what is marked as
-- in Kafka.
create table key_change (
    only_row boolean primary key default true check (only_row),
    last     bigint  not null,
    topic_id text
);
insert into key_change (last) values (0);

-- Everything that was done to accounts and keys: appended, never changed.
create table audit_trail (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    request_id text        not null,
    actor      text        not null,
    address    text        not null,
    action     text        not null,
    account_id text        not null,
    subject    text        not null,
    detail     text        not null
);
create index audit_trail_of_account on audit_trail (account_id, id);
