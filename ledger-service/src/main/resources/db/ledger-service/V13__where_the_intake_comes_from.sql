-- Which topic the offsets in ledger_shard are of. Another one, as of a Kafka that was made anew, is read only after an
-- operator said so: then it is the next row, and every shard begins at its beginning.
create table ledger_intake_source (
    number      int    primary key,
    cluster_id  text   not null,
    topic_id    text   not null,
    since_millis bigint not null,
    accepted_by text,
    reason      text
);

-- Where the intake no longer has what a shard was to read next. The shard stops until an operator accepts the gap.
create table ledger_intake_gap (
    source             int    not null references ledger_intake_source,
    shard              int    not null,
    expected_offset    bigint not null,
    first_offset       bigint not null,
    end_offset         bigint not null,
    found_at_millis    bigint not null,
    accepted_by        text,
    reason             text,
    accepted_at_millis bigint,
    primary key (source, shard, expected_offset)
);
