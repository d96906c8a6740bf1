-- Keys of which addresses are derived, and how far their indices are given out. The keys themselves are settings.
create table address_key (
    key_id     text primary key, -- of the SHA-256 of the extended public key's text
    next_index int  not null
);

-- Whose an address is, for ever. An index that was given out is never given again.
create table deposit_address (
    family      text        not null, -- of chains: eip155
    address     text        not null, -- in lower case
    account_id  text        not null,
    key_id      text        not null references address_key,
    key_index   int         not null,
    number      bigint      not null unique, -- in the order in which they were assigned
    assigned_at timestamptz not null,
    primary key (family, account_id),
    unique (family, address),
    unique (family, key_id, key_index)
);

-- How far each chain is read, who reads it, and how it stands.
create table chain_watch (
    chain_id         text   primary key, -- eip155:8453
    owner            text,
    term             bigint not null default 0, -- of ownership: what an earlier one writes is refused
    lease_until      timestamptz,
    final_height     bigint, -- up to where everything final is recorded; null before the first look
    final_hash       text,
    native_height    bigint, -- the same for the chain's own coin
    began_at_height  bigint,
    head_height      bigint, -- what the nodes said last
    head_changed_at  timestamptz,
    target_height    bigint, -- up to where all is final
    target_changed_at timestamptz,
    nodes            text,   -- JSON: how each stands
    problem          text,   -- why it does not go on; null where it does
    problem_since    timestamptz,
    looked_at        timestamptz
);

-- Blocks that are read and not final, by which a reorganisation is known.
create table tip_block (
    chain_id text   not null,
    height   bigint not null,
    hash     text   not null,
    primary key (chain_id, height)
);

-- Everything that reached our addresses.
create table deposit (
    deposit_id       uuid        primary key,
    chain_id         text        not null,
    transaction_hash text        not null, -- in lower case
    log_index        int         not null, -- in its block; -1 for the chain's own coin
    account_id       text        not null,
    address          text        not null,
    sender           text        not null,
    contract         text,       -- null: the chain's own coin
    symbol           text,       -- as the settings name the token; null: not credited
    decimals         int,        -- null: not known
    amount           numeric     not null, -- in the token's smallest unit
    amount_usd       numeric,    -- null: nothing is credited
    state            text        not null,
    reason           text,       -- why it is not credited
    height           bigint      not null,
    block_hash       text        not null,
    block_time       timestamptz not null,
    seen_at          timestamptz not null,
    final_at         timestamptz,
    waits_for        text,       -- why it is final and not credited yet
    screening        text,       -- what was answered to the question whether it may be credited
    asked_at         timestamptz, -- when the ledger was asked last
    next_at          timestamptz, -- when it is looked at next
    credited_at      timestamptz,
    unique (chain_id, transaction_hash, log_index)
);
create index deposit_by_account on deposit (account_id, deposit_id desc);
create index deposit_open on deposit (chain_id, height) where state in ('seen', 'confirming');
create index deposit_to_credit on deposit (next_at) where state = 'final';
create index deposit_orphaned on deposit (chain_id, transaction_hash) where state = 'orphaned';

-- What is not listed any more: of worthless tokens anybody can send as many as he likes.
create table passed_over (
    account_id text   not null,
    day        date   not null,
    arrivals   bigint not null,
    primary key (account_id, day)
);

-- Tokens that an operator has stopped: what arrives waits.
create table token_stop (
    chain_id   text        not null,
    symbol     text        not null,
    stopped_by text        not null,
    reason     text        not null,
    stopped_at timestamptz not null,
    primary key (chain_id, symbol)
);
