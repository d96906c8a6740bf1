-- For an installation from before 0.5.0: makes the database of usage-service and its owner. Run once by PostgreSQL's superuser:
--
--   docker compose up -d postgres
--   docker compose exec -T postgres psql -v ON_ERROR_STOP=1 -U postgres < deploy/compose/upgrade-0.5.sql
\getenv usage_password POSTGRES_USAGE_PASSWORD

create role usage login password :'usage_password';
create database usage owner usage;
revoke all on database usage from public;
