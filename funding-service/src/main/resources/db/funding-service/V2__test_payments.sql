-- What was given away on test chains within the last hour, so that it has a bound.
create table test_payment (
    account_id text        not null,
    paid_at    timestamptz not null,
    amount     numeric     not null -- in tokens
);
create index test_payment_by_time on test_payment (paid_at);
