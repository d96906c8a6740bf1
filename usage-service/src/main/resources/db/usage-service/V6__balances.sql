-- What statements are made of, which is made of all events; so all is read anew once.

-- The balance that the ledger stated last in each quarter of an hour in which the account had an event.
create table stated_balance (
    account_id text        not null,
    bucket     bigint      not null, -- its beginning, in seconds since 1970
    shard      int         not null,
    sequence   bigint      not null, -- the event that states it
    at         timestamptz not null,
    available  numeric     not null,
    held       numeric     not null,
    open_holds int         not null,
    charged    numeric     not null,
    granted    numeric     not null,
    expired    numeric     not null,
    revoked    numeric     not null,
    primary key (account_id, bucket)
);

-- What changed an account's credit other than by a request.
create table credit_entry (
    account_id  text        not null,
    sequence    bigint      not null,
    shard       int         not null,
    at          timestamptz not null,
    type        text        not null,
    amount      numeric     not null,
    grant_id    uuid        not null, -- the id of what was ordered; of an expiry the grant's
    source      text, -- of a grant
    reference   text,
    reason      text,
    expires_at  timestamptz,
    counterpart text, -- of a transfer
    primary key (account_id, sequence)
);
create index credit_entry_by_time on credit_entry (account_id, at, sequence);
create index credit_entry_by_grant on credit_entry (account_id, grant_id);

truncate request, rollup, spending, counted_hold;
update followed_shard
   set generation = generation + 1, sequence = 0, at = null, next_offset = 0, conflict = null,
       rebuild_until = nullif(greatest(sequence, coalesce(rebuild_until, 0)), 0);
