-- Payments that clients signed and we have settled (x402): what an authorisation is, and how far it is. Once it has arrived it is a
-- deposit like any other, which the chain's watcher finds by itself.
create table payment (
    payment_id       uuid        primary key,
    account_id       text        not null,
    chain_id         text        not null,
    contract         text        not null, -- of the token, in lower case
    symbol           text        not null,
    payer            text        not null,
    nonce            text        not null, -- 0x and 64 hexadecimal digits, in lower case
    address          text        not null, -- the account's own
    amount           numeric     not null, -- in the token's smallest unit
    valid_after      numeric     not null, -- seconds since 1970
    valid_before     numeric     not null,
    signature        text        not null,
    accepted         text        not null, -- JSON: the requirements that the client took on, for a facilitator
    resource         text        not null, -- what it was first presented for
    from_height      bigint      not null, -- the chain's newest block when it was accepted
    state            text        not null,
    reason           text,                 -- why it failed
    transaction_hash text,                 -- that settled it, as the chain has it now
    log_index        int,
    height           bigint,
    block_hash       text,
    accepted_at      timestamptz not null,
    settled_at       timestamptz,
    asked_at         timestamptz,          -- when a facilitator was asked to settle it last
    next_at          timestamptz,          -- when it is looked at next; null: never again
    unique (chain_id, contract, payer, nonce)
);
create index payment_due on payment (next_at) where next_at is not null;
create index payment_in_flight on payment (account_id) where state in ('accepted', 'sent', 'settled');

-- The account of our own settler on each chain.
create table settler (
    chain_id   text   not null,
    address    text   not null,
    next_nonce bigint not null,
    primary key (chain_id, address)
);

-- What it sent, written before it is sent: what a crash left out is sent again as it is.
create table settlement (
    chain_id         text        not null,
    settler          text        not null,
    nonce            bigint      not null,
    transaction_hash text        not null,
    payment_id       uuid        not null references payment,
    signed           text        not null,
    max_fee          numeric     not null, -- in wei, for each gas
    priority_fee     numeric     not null,
    gas_limit        bigint      not null,
    sent_at          timestamptz not null,
    is_open          boolean     not null default true, -- its nonce is not used yet, as far as is known
    primary key (chain_id, settler, nonce, transaction_hash)
);
create index settlement_of_payment on settlement (payment_id);
create index settlement_open on settlement (chain_id, settler, nonce) where is_open;
create index settlement_lately on settlement (chain_id, settler, sent_at);

-- Credited at settlement and not at final, within the operator's limit. The deposit that it becomes is credited under this reference.
create table early_credit (
    payment_id   uuid        primary key references payment,
    account_id   text        not null,
    reference    text        not null unique,
    amount_usd   numeric     not null,
    reason       text        not null,
    requested_at timestamptz not null,
    asked_at     timestamptz,          -- when the ledger was asked last
    credited_at  timestamptz,
    deposit_id   uuid        unique, -- once it is final
    lost_at      timestamptz         -- it will never be
);
create index early_credit_by_account on early_credit (account_id, requested_at);
create index early_credit_open on early_credit (account_id) where deposit_id is null and lost_at is null;
