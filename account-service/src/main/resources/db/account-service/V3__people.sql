-- A person, whatever accounts he is a member of. The address is in lower case.
create table person (
    person_id         uuid        primary key,
    email             text        not null unique,
    -- When it was shown that he reads what is sent there.
    email_verified_at timestamptz,
    name              text,
    created_at        timestamptz not null
);

-- Of a person, or an organisation. Accounts of before are personal ones, most of them nobody's by name yet.
alter table account add kind text not null default 'PERSONAL';

create table membership (
    account_id text        not null references account,
    person_id  uuid        not null references person,
    role       text        not null,
    joined_at  timestamptz not null,
    primary key (account_id, person_id)
);
create index membership_of_person on membership (person_id);

-- Of a token only its SHA-256 is kept.
create table invitation (
    invitation_id text        primary key,
    account_id    text        not null references account,
    email         text        not null,
    role          text        not null,
    token_hash    bytea       not null unique,
    -- Whether the token went to the address alone.
    mailed        boolean     not null,
    invited_by    text        not null,
    -- The member who did, if one did.
    inviter       uuid,
    created_at    timestamptz not null,
    expires_at    timestamptz not null,
    status        text        not null,
    ended_at      timestamptz
);
create unique index invitation_open_of_email on invitation (account_id, email) where status = 'OPEN';
create index invitation_of_account on invitation (account_id, invitation_id);
create index api_key_of_member on api_key (account_id, created_by) where created_by is not null;
