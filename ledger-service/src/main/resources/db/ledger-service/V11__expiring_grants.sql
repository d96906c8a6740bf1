-- Which grants are still to be announced as over. Follows the log: a row comes at the latest with the publication position
-- that passes its grant, and goes when the ledger has said that nothing is left. A row too many costs an announcement.
create table ledger_expiring_grant (
    shard             int    not null,
    grant_id          uuid   not null,
    account_id        text   not null,
    expires_at_millis bigint not null,
    primary key (shard, grant_id)
);

create index ledger_expiring_grant_due on ledger_expiring_grant (shard, expires_at_millis, grant_id);
