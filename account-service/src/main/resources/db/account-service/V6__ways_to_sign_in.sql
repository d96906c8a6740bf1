-- A public key by which a person signs in; the private one does not leave his devices.
create table passkey (
    passkey_id      text        primary key,
    person_id       uuid        not null references person,
    credential_id   bytea       not null unique,
    -- The key with its algorithm, as WebAuthn's attested credential data.
    credential      bytea       not null,
    name            text        not null,
    -- How often it has signed, as the device counts; zero for ever where it counts nothing.
    sign_count      bigint      not null,
    -- Whether copies of it may be kept, and are.
    backup_eligible boolean     not null,
    backed_up       boolean     not null,
    created_at      timestamptz not null,
    last_used_at    timestamptz
);
create index passkey_of_person on passkey (person_id, passkey_id);

-- What a browser was given to be signed by a passkey, once and soon. Whichever instance gave it, any takes it.
create table passkey_challenge (
    challenge_hash bytea       primary key,
    purpose        text        not null,
    -- Whose passkey is to be added or asked; none where nobody is signed in yet.
    session_id     text        references web_session on delete cascade,
    network        text        not null,
    created_at     timestamptz not null
);
create index passkey_challenge_of_network on passkey_challenge (network, created_at);
create index passkey_challenge_by_age on passkey_challenge (created_at);
create index passkey_challenge_of_session on passkey_challenge (session_id);

-- When its person last showed who he is; until now that was when it began.
alter table web_session add authenticated_at timestamptz;
update web_session set authenticated_at = created_at;
alter table web_session alter authenticated_at set default now();
alter table web_session alter authenticated_at set not null;

-- What was mailed to a session's person, for him to show that it is he who has it. Of the code only the SHA-256 is kept.
create table confirmation_code (
    session_id text        primary key references web_session on delete cascade,
    code_hash  bytea       not null,
    tries      int         not null,
    expires_at timestamptz not null
);

-- A link can be for an address that is nobody's yet: whoever uses it becomes its person, and gets an account.
alter table sign_in_link alter person_id drop not null;
alter table sign_in_link add email text;
alter table sign_in_link add check ((person_id is null) <> (email is null));

-- When its owner opened it himself.
alter table account add signed_up_at timestamptz;
create index account_signed_up on account (signed_up_at) where signed_up_at is not null;

-- Who is on his way to the OpenID provider and back: what only its answer to him has.
create table provider_attempt (
    state_hash bytea       primary key,
    nonce      text        not null,
    verifier   text        not null,
    network    text        not null,
    created_at timestamptz not null
);
create index provider_attempt_of_network on provider_attempt (network, created_at);
create index provider_attempt_by_age on provider_attempt (created_at);
