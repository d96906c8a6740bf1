-- Until now the chain had one link a batch, so that the same events in other batches made another head. From here on it has
-- one link an event: hash = SHA-256(hash before, the event's exact stored bytes). Old links stay as they are. Where the new
-- era of a shard begins is marked: links are of one event after this position; a shard that begins from now on has 0.
alter table ledger_shard add column per_event_after bigint not null default 0;
update ledger_shard set per_event_after = last_pos;

-- hash is that of the batch's last event. An older build, which does not know of the new links, must not add one of its own
-- during an upgrade: it leaves this column out, and is refused in a way that it takes for a database that is away.
alter table ledger_batch add column per_event boolean not null default false;

create function ledger_refuses_older_builds() returns boolean language plpgsql as
$$ begin
    raise exception using errcode = 'object_not_in_prerequisite_state',
        message = 'this ledger has one link an event: an older build must not append to it';
end $$;

alter table ledger_batch alter column per_event set default ledger_refuses_older_builds();
