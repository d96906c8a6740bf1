-- How requests ended, as far as Kafka has not taken it yet, and how those that run will have ended should their instance
-- die. One row a request; any instance publishes what is due.
create table request_outbox (
    request_id uuid        primary key,
    -- The event to be published.
    completion text        not null,
    -- Whether it has ended; of one that runs the row is what is known of it so far.
    ended      boolean     not null,
    instance   text        not null,
    -- When anybody may publish it: put off while its own instance sees to it.
    due_at     timestamptz not null,
    kept_at    timestamptz not null default now()
);
create index request_outbox_due on request_outbox (due_at);
