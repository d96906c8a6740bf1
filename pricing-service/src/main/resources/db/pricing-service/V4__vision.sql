-- Whether the upstream of a route takes images.
alter table route add column vision boolean not null default false;
