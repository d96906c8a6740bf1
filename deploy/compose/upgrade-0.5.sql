-- For an installation from before 0.5.0: the roles and databases of account-service, which takes accounts and keys over from the
-- proxy at its next start, and of usage-service. Run once, by PostgreSQL's superuser:
--
--   docker compose up -d postgres
--   docker compose exec -T postgres psql -v ON_ERROR_STOP=1 -U postgres < deploy/compose/upgrade-0.5.sql
\getenv account_password POSTGRES_ACCOUNT_PASSWORD
\getenv usage_password POSTGRES_USAGE_PASSWORD

create role account login password :'account_password';
create role usage login password :'usage_password';
create database account owner account;
create database usage owner usage;
revoke all on database account, usage from public;
