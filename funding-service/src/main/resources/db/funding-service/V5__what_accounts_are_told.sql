-- What accounts are yet to be told of their deposits: written as the transaction that changes a deposit commits, so that it is told exactly
-- if it is so, whoever changed it, and gone once it is told.
create table deposit_change (
    number     bigserial   primary key, -- of one deposit, in order
    type       text        not null,    -- deposit.seen, deposit.orphaned, deposit.credited, deposit.rejected, deposit.unsupported
    identity   text        not null,    -- the same whenever the same is told
    changed_at timestamptz not null,
    deposit    jsonb       not null     -- the row, as it was then
);
create index deposit_change_by_time on deposit_change (changed_at);

-- What its account was told last, or is about to be, and how often something.
alter table deposit
    add column told  text,
    add column tells int not null default 0;
update deposit set told = case state when 'confirming' then 'seen' else state end;

-- Looks at the deposit as it is when its transaction ends: what is orphaned and found again within one never went away. Of what is not
-- credited nobody is told before it is final.
create function keep_deposit_change() returns trigger language plpgsql as $$
declare
    now_is deposit%rowtype;
    tell   text;
begin
    select * into now_is from deposit where deposit_id = new.deposit_id;
    if not found then
        return null;
    end if;
    tell := case
        when now_is.state in ('seen', 'confirming') and now_is.reason is null then 'seen'
        when now_is.state = 'orphaned' and now_is.told = 'seen' then 'orphaned'
        when now_is.state in ('credited', 'rejected') then now_is.state
    end;
    if tell is null or tell is not distinct from now_is.told then
        return null;
    end if;
    update deposit set told = tell, tells = tells + 1 where deposit_id = now_is.deposit_id;
    insert into deposit_change (type, identity, changed_at, deposit)
    values (
        case when now_is.reason in ('unsupported_token', 'nothing') then 'deposit.unsupported' else 'deposit.' || tell end,
        -- What is final has its place on the chain for its name, which a database that was restored has again.
        case when tell in ('credited', 'rejected') then now_is.chain_id || '/' || now_is.transaction_hash || '/' || now_is.log_index
             else now_is.deposit_id || '/' || (now_is.tells + 1) end,
        now(), to_jsonb(now_is));
    return null;
end $$;

create constraint trigger deposit_changed after insert or update of state on deposit
    deferrable initially deferred for each row execute function keep_deposit_change();
