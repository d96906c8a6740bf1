-- What operators ordered without a second one, for as long as it counts: many small orders are a large one.
create table order_given_alone (
    account_id text        not null,
    kind       text        not null,
    reference  text        not null,
    operator   text        not null,
    amount_usd numeric     not null,
    ordered_at timestamptz not null,
    primary key (account_id, kind, reference)
);
create index order_given_alone_by on order_given_alone (operator, ordered_at);
