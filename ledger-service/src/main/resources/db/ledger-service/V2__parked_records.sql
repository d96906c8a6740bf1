-- Intake records of accounts that wait for an operator: one record could not be decided, the others came after it.
-- Written in the statement that moves the shard's offset past them, so a record is in the log, here, or still to come.
create table ledger_parked (
    shard           int    not null,
    intake_offset   bigint not null,
    account_id      text   not null,
    type            text   not null,
    payload         bytea  not null,
    causation_id    uuid   not null,
    trace_parent    text,
    reply_partition int,
    at_millis       bigint not null,
    why             text   not null,
    state           text   not null default 'PARKED' check (state in ('PARKED', 'DECIDED', 'SKIPPED')),
    ended_by        text,
    ended_reason    text,
    ended_at_millis bigint,
    primary key (shard, intake_offset)
);

create index ledger_parked_waiting on ledger_parked (account_id, intake_offset) where state = 'PARKED';
