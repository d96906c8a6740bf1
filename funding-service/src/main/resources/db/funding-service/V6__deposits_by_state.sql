-- Operators look for what waits and what was rejected, whoever it is for.
create index deposit_by_state on deposit (state, deposit_id desc);
