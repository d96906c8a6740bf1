-- For an installation of 0.4: the role and the database of account-service, which takes accounts and keys over from the proxy at
-- its next start. Run once, by PostgreSQL's superuser:
--
--   docker compose up -d postgres
--   docker compose exec -T postgres psql -v ON_ERROR_STOP=1 -U postgres < deploy/compose/upgrade-0.5.sql
\getenv account_password POSTGRES_ACCOUNT_PASSWORD

create role account login password :'account_password';
create database account owner account;
revoke all on database account from public;
