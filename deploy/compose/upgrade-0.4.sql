-- For an installation from before 0.4.0, whose services were PostgreSQL's superuser: gives each its own role and its own
-- database with all that is in it, and auditors theirs. Run once, by that superuser, with the services stopped:
--
--   docker compose up -d postgres
--   docker compose exec -T postgres psql -v ON_ERROR_STOP=1 -U postgres < deploy/compose/upgrade-0.4.sql
\getenv pricing_password POSTGRES_PRICING_PASSWORD
\getenv ledger_password POSTGRES_LEDGER_PASSWORD
\getenv proxy_password POSTGRES_PROXY_PASSWORD
\getenv auditor_password POSTGRES_AUDITOR_PASSWORD

create role pricing login password :'pricing_password';
create role ledger login password :'ledger_password';
create role proxy login password :'proxy_password';
alter database pricing owner to pricing;
alter database ledger owner to ledger;
alter database proxy owner to proxy;
revoke all on database pricing, ledger, proxy from public;

create role auditor login password :'auditor_password';
alter role auditor set default_transaction_read_only = on;
grant pg_read_all_data to auditor;
grant connect on database ledger to auditor;

-- Everything in a database to the role of its name, as the embedded server does it (PostgresRoles).
select $$
    select format('alter %s %s owner to %I',
                  case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
                               else 'table' end,
                  c.oid::regclass, current_database())
      from pg_class c
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
       and not exists (select 1 from pg_depend d
                        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i'))
    union all
    select format('alter routine %s owner to %I', oid::regprocedure, current_database())
      from pg_proc
     where pronamespace = 'public'::regnamespace
    union all
    select format('alter schema public owner to %I', current_database())
$$ as give_over \gset

\connect pricing
:give_over \gexec
\connect ledger
:give_over \gexec
\connect proxy
:give_over \gexec
