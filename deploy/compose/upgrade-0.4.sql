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

\connect pricing
alter schema public owner to pricing;
select format('alter %s %s owner to pricing',
              case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
              c.oid::regclass)
  from pg_class c
 where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
   and not exists (select 1 from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')) \gexec
select format('alter routine %s owner to pricing', oid::regprocedure)
  from pg_proc where pronamespace = 'public'::regnamespace \gexec

\connect ledger
alter schema public owner to ledger;
select format('alter %s %s owner to ledger',
              case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
              c.oid::regclass)
  from pg_class c
 where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
   and not exists (select 1 from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')) \gexec
select format('alter routine %s owner to ledger', oid::regprocedure)
  from pg_proc where pronamespace = 'public'::regnamespace \gexec

\connect proxy
alter schema public owner to proxy;
select format('alter %s %s owner to proxy',
              case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
              c.oid::regclass)
  from pg_class c
 where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S')
   and not exists (select 1 from pg_depend d
                    where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i')) \gexec
select format('alter routine %s owner to proxy', oid::regprocedure)
  from pg_proc where pronamespace = 'public'::regnamespace \gexec
