-- For an installation from before the funding-service: its role and its database. Run once, by PostgreSQL's superuser:
--
--   docker compose up -d postgres
--   docker compose exec -T postgres psql -v ON_ERROR_STOP=1 -U postgres < deploy/compose/upgrade-funding.sql
\getenv funding_password POSTGRES_FUNDING_PASSWORD

create role funding login password :'funding_password';
create database funding owner funding;
revoke all on database funding from public;
