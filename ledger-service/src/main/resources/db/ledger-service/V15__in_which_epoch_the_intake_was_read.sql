-- Kafka's leader epoch of the last record that is in the log: an end that was lost and filled again while nobody looked has the
-- same offsets, but another epoch. It is that of the offset beside it alone, which others may have moved on without it.
alter table ledger_shard add column leader_epoch int not null default -1;
alter table ledger_shard add column leader_epoch_at bigint not null default -1;
