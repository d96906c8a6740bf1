-- What an account's owners set themselves: for one member, and for the account beside what operators set.
alter table membership add column limits text not null default '{"budgets":[]}';
alter table account add column own_limits text not null default '{"budgets":[]}';
