-- Everything here is made of ledger-events and can be made again from there at any time.

-- How far each shard is read: moved in the transaction that writes what was made of the events.
create table followed_shard (
    shard         int    primary key,
    generation    bigint not null default 1, -- one more with every rebuild: who reads for an earlier one is refused
    sequence      bigint not null default 0, -- the last event that is in the tables
    at            timestamptz,               -- when that was decided
    next_offset   bigint not null default 0, -- where reading goes on
    rebuild_until bigint                     -- the sequence that was reached before; null once it is again
);

create table request (
    account_id            text        not null,
    request_id            uuid        not null,
    shard                 int         not null,
    quote_id              text        not null,
    attempt_id            uuid,
    model                 text        not null,
    price_version         text        not null,
    input_price           text        not null,
    cached_input_price    text        not null,
    output_price          text        not null,
    key_id                uuid,
    member_id             uuid,
    tags                  text[]      not null,
    quoted_prompt_tokens  bigint      not null,
    max_completion_tokens bigint      not null,
    expected_usd          numeric,
    held_usd              numeric     not null,
    held_at               timestamptz not null,
    held_sequence         bigint      not null,
    expires_at            timestamptz not null,
    rule                  text, -- the last outcome
    end_rule              text, -- the outcome by which the hold ended
    ended_at              timestamptz,
    ended_sequence        bigint,
    refunded_usd          numeric,
    prompt_tokens         bigint,
    cached_prompt_tokens  bigint,
    completion_tokens     bigint,
    reasoning_tokens      bigint,
    usage_estimated       boolean,
    charged_usd           numeric,
    written_off_usd       numeric,
    above_hold_usd        numeric,
    late                  boolean,
    charged_at            timestamptz,
    charged_sequence      bigint,
    primary key (account_id, request_id)
);

-- Pages are read along one of these, newest first: the one of the narrowest filter.
create index request_by_time on request (account_id, held_at desc, held_sequence desc);
create index request_by_key on request (account_id, key_id, held_at desc, held_sequence desc);
create index request_by_member on request (account_id, member_id, held_at desc, held_sequence desc)
    where member_id is not null;
create index request_by_model on request (account_id, model, held_at desc, held_sequence desc);
create index request_by_rule on request (account_id, rule, held_at desc, held_sequence desc);
create index request_by_quote on request (account_id, quote_id);
create index request_by_attempt on request (account_id, attempt_id) where attempt_id is not null;

-- Sums per quarter of an hour, hour and day (UTC; grain in minutes). Days of any zone are put together of hours and, where its
-- offset is no whole hour, of quarters. With tagged, a request counts once under each of its tags, or under '' without any.
create table rollup (
    account_id           text     not null,
    tagged               boolean  not null,
    grain                smallint not null,
    bucket               bigint   not null, -- its beginning, in seconds since 1970
    tag                  text     not null,
    key_id               uuid     not null, -- all zeros where it is not known, and so below
    member_id            uuid     not null,
    model                text     not null,
    rule                 text     not null,
    requests             bigint   not null,
    prompt_tokens        bigint   not null,
    cached_prompt_tokens bigint   not null,
    completion_tokens    bigint   not null,
    reasoning_tokens     bigint   not null,
    charged_pico         bigint   not null, -- millionths of a millionth of a dollar: a row has room for nine million dollars
    refunded_pico        bigint   not null,
    written_off_pico     bigint   not null,
    sequence             bigint   not null, -- the last event that is in it
    primary key (account_id, tagged, grain, bucket, tag, key_id, member_id, model, rule)
);
