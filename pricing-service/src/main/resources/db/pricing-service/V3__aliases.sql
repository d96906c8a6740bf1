-- The other names of a route: the latest row counts, earlier ones stay as history.
create table alias_set (
    model    text        not null references route,
    set_at   timestamptz not null,
    aliases  text        not null, -- JSON as it is on the topic
    set_by   text        not null,
    reason   text,
    in_kafka boolean     not null default false,
    primary key (model, set_at)
);

create index alias_set_to_publish on alias_set (set_at) where not in_kafka;

create trigger alias_set_is_immutable before update or delete on alias_set
    for each row execute function refuse_to_change_history();

-- Every name that is taken now, by a route itself or as an alias of it: no name can be taken twice.
create table route_name (
    name  text primary key,
    model text not null references route
);

insert into route_name select model, model from route;
