-- The databases and who may what in them: each belongs to a role of its own, which is no superuser and gets into no other;
-- auditors read the ledger. Run once by PostgreSQL's superuser with psql, which takes the passwords from its environment.
\getenv pricing_password POSTGRES_PRICING_PASSWORD
\getenv account_password POSTGRES_ACCOUNT_PASSWORD
\getenv ledger_password POSTGRES_LEDGER_PASSWORD
\getenv proxy_password POSTGRES_PROXY_PASSWORD
\getenv usage_password POSTGRES_USAGE_PASSWORD
\getenv funding_password POSTGRES_FUNDING_PASSWORD
\getenv auditor_password POSTGRES_AUDITOR_PASSWORD

create role pricing login password :'pricing_password';
create role account login password :'account_password';
create role ledger login password :'ledger_password';
create role proxy login password :'proxy_password';
create role usage login password :'usage_password';
create role funding login password :'funding_password';
create database pricing owner pricing;
create database account owner account;
create database ledger owner ledger;
create database proxy owner proxy;
create database usage owner usage;
create database funding owner funding;
revoke all on database pricing, account, ledger, proxy, usage, funding from public;

create role auditor login password :'auditor_password';
alter role auditor set default_transaction_read_only = on;
grant pg_read_all_data to auditor;
grant connect on database ledger to auditor;
