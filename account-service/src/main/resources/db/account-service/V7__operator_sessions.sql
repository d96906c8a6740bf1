-- A browser that an operator is signed in with. Of its token only the SHA-256 is kept.
create table operator_session (
    session_id   text        primary key,
    token_hash   bytea       not null unique,
    operator     text        not null,
    -- Of the secret it was begun with, if a named operator's: once he has another one, or none, it is over.
    secret_hash  bytea,
    -- Otherwise what only a proxy with the same token in its settings can make: whoever writes here signs nobody in by it.
    proof        bytea,
    created_at   timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at   timestamptz not null,
    check ((secret_hash is null) <> (proof is null))
);
create index operator_session_of_operator on operator_session (operator, session_id);
