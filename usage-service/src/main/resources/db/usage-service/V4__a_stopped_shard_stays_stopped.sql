-- Why a shard is read no further, where reading it again would not find that: an event that was published again as another one
-- is known by what was read before. Null for nothing; a rebuild, which reads all of it, forgets it.
alter table followed_shard add column conflict text;
