-- What keys, members and accounts spend, as the ledger counts it. It is counted from the first event, so all is read anew once.

-- In the last window of each kind that began, and the budget that the last request had for it.
create table spending (
    account_id  text        not null,
    scope_kind  text        not null,
    scope_id    uuid        not null,
    window_kind text        not null,
    start       timestamptz not null,
    spent_usd   numeric     not null,
    limit_usd   numeric, -- null for none
    warn_only   boolean     not null,
    primary key (account_id, scope_kind, scope_id, window_kind)
);

-- Holds that have not ended: whose spending their charge will be, each a kind, a colon and an id.
create table counted_hold (
    account_id text        not null,
    request_id uuid        not null,
    counted_at timestamptz not null, -- within the windows in which it counts
    scopes     text[]      not null,
    primary key (account_id, request_id)
);

-- Which budgets were told of in the window that runs; no read model.
create table told_budget (
    account_id  text        not null,
    scope_kind  text        not null,
    scope_id    uuid        not null,
    window_kind text        not null,
    start       timestamptz not null,
    limit_usd   numeric     not null,
    level       text        not null,
    primary key (account_id, scope_kind, scope_id, window_kind, start, limit_usd, level)
);

truncate request, rollup;
update followed_shard
   set generation = generation + 1, sequence = 0, at = null, next_offset = 0,
       rebuild_until = nullif(greatest(sequence, coalesce(rebuild_until, 0)), 0);
