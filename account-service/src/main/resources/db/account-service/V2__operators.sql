-- Operators by name. Of a secret only its SHA-256 is kept. Names are never used twice: what one did stays under it.
create table operator (
    name        text        primary key,
    roles       text[]      not null,
    secret_hash bytea       not null unique,
    created_at  timestamptz not null,
    created_by  text        not null,
    revoked_at  timestamptz
);

-- Why, where whoever did it said so.
alter table audit_trail add reason text;
create index audit_trail_at on audit_trail (at, id);
