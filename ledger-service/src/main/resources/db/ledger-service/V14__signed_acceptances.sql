-- Who accepts a gap signs it; the event in the shard's log has the signature too. Null for what was accepted before.
alter table ledger_intake_gap add column signing_key text;
alter table ledger_intake_gap add column signature text;

-- An older build does not know the records by which a shard's intake becomes authenticated and would park them. It must not
-- pass them during an upgrade: it leaves this column out, and is refused in a way that it takes for a database that is away.
alter table ledger_parked add column since_authenticated boolean not null default false;
alter table ledger_parked alter column since_authenticated set default ledger_refuses_older_builds();
