-- A link that signs a person in, once. Of its token only the SHA-256 is kept.
create table sign_in_link (
    token_hash bytea       primary key,
    person_id  uuid        not null references person,
    -- Whether the token went to the person's address alone; otherwise an operator was handed it.
    mailed     boolean     not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at    timestamptz
);
create index sign_in_link_by_age on sign_in_link (created_at);

-- Who asked for links, for the brakes. Of the address only its SHA-256, whether it is anybody's or not.
create table sign_in_attempt (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    network    text        not null,
    email_hash bytea       not null
);
create index sign_in_attempt_by_age on sign_in_attempt (at);
create index sign_in_attempt_of_network on sign_in_attempt (network, at);
create index sign_in_attempt_of_email on sign_in_attempt (email_hash, at);

-- A browser that a person is signed in with. Of its token only the SHA-256 is kept.
create table web_session (
    session_id   text        primary key,
    token_hash   bytea       not null unique,
    person_id    uuid        not null references person,
    created_at   timestamptz not null,
    last_seen_at timestamptz not null,
    expires_at   timestamptz not null,
    -- From where and with what it was begun, as its person is shown it.
    address      text        not null,
    browser      text        not null
);
create index web_session_of_person on web_session (person_id, session_id);
