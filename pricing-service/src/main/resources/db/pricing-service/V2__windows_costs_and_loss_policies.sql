-- Costs of the upstream are versions of the same shape as prices, in the same table.
alter table price_version
    add column kind          text not null default 'price' check (kind in ('price', 'cost')),
    add column schedule      text, -- JSON as it is on the topic; null for the same prices at all hours
    add column source_sha256 text,
    add column reason        text;

alter table price_version drop constraint price_version_pkey;
alter table price_version add primary key (kind, price_version);

-- The latest one counts; earlier ones stay as history.
create table loss_policy (
    model    text        not null references route,
    set_at   timestamptz not null,
    policy   text        not null check (policy in ('SELL', 'SUSPEND')),
    set_by   text        not null,
    reason   text,
    in_kafka boolean     not null default false,
    primary key (model, set_at)
);

create index loss_policy_to_publish on loss_policy (set_at) where not in_kafka;

create function refuse_to_change_history() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or to_jsonb(new) - 'in_kafka' is distinct from to_jsonb(old) - 'in_kafka' then
        raise exception 'what was published stays as it was; publish a new version instead';
    end if;
    return new;
end $$;

create trigger price_version_is_immutable before update or delete on price_version
    for each row execute function refuse_to_change_history();

create trigger loss_policy_is_immutable before update or delete on loss_policy
    for each row execute function refuse_to_change_history();
