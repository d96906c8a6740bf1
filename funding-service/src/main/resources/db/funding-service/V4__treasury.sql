-- What left our addresses of tokens that are credited, in blocks that are final.
create table departure (
    chain_id         text        not null,
    transaction_hash text        not null, -- in lower case
    log_index        int         not null,
    kind             text        not null, -- sweep: to the treasury; internal: to another address of ours; elsewhere
    address          text        not null,
    receiver         text        not null,
    contract         text        not null,
    symbol           text        not null,
    decimals         int         not null,
    amount           numeric     not null, -- in the token's smallest unit
    height           bigint      not null,
    block_hash       text        not null,
    block_time       timestamptz not null,
    recorded_at      timestamptz not null,
    explained_by     text,                 -- who looked at what left for elsewhere
    explanation      text,
    primary key (chain_id, transaction_hash, log_index)
);
create index departure_by_height on departure (chain_id, height desc, log_index desc);
create index departure_unexplained on departure (chain_id) where kind = 'elsewhere' and explained_by is null;
create index departure_by_address on departure (chain_id, contract, address);

-- What our addresses hold by what reached and left them, against what the contract says, after one final block. The last time only.
create table reconciliation (
    chain_id   text        not null,
    symbol     text        not null,
    height     bigint      not null,
    block_hash text        not null,
    received   numeric     not null, -- all in the token's smallest unit
    credited   numeric     not null,
    waiting    numeric     not null,
    rejected   numeric     not null,
    swept      numeric     not null,
    elsewhere  numeric     not null,
    held       numeric,              -- null: no node could tell
    problem    text,                 -- why not
    checked_at timestamptz not null,
    primary key (chain_id, symbol)
);
create index deposit_by_token on deposit (chain_id, contract, address) where state in ('final', 'credited', 'rejected');
