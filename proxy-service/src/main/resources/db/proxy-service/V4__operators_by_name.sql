-- Who it was, from where and why; what was written before has none of it.
alter table operator_audit add operator text;
alter table operator_audit add address text;
alter table operator_audit add reason text;
create index operator_audit_at on operator_audit (at, id);

-- What an operator orders and another one has to approve. Of each the order itself, as the ledger will be asked for it, unsigned.
create table operator_order (
    order_id     uuid        primary key,
    kind         text        not null,
    account_id   text        not null,
    reference    text        not null,
    amount_usd   text        not null,
    intake       text        not null,
    reason       text        not null,
    ordered_by   text        not null,
    ordered_from text        not null,
    ordered_at   timestamptz not null,
    expires_at   timestamptz not null,
    status       text        not null,
    -- Who approved or rejected it.
    judged_by    text,
    judged_from  text,
    judged_at    timestamptz,
    -- When the ledger answered, and with what.
    decided_at   timestamptz,
    answer       text,
    -- Under one reference an account gets one answer.
    unique (account_id, reference)
);
create index operator_order_open on operator_order (order_id) where status in ('PENDING', 'APPROVED');
