-- What the ledger committed itself to, signed; each row is also in the topic ledger-checkpoints and, where one is
-- configured, in a file.
create table ledger_checkpoint (
    number    bigint primary key,
    payload   text not null,
    signature text not null
);

create trigger ledger_checkpoint_append_only before update or delete or truncate on ledger_checkpoint
    for each statement execute function ledger_is_append_only();

-- Up to which checkpoint the topic is known to have them. Behind is allowed, ahead is not.
create table ledger_checkpoint_publication (
    only_row  boolean primary key default true check (only_row),
    published bigint not null
);
insert into ledger_checkpoint_publication (published) values (0);
