-- Accounts and keys are the account-service's now. What was here is handed over to it at the next start and stays, marked.
alter table account add handed_over_at timestamptz;
alter table api_key add handed_over_at timestamptz;
-- Whether it was handed over as a revoked one: an instance of 0.4 may revoke it afterwards.
alter table api_key add handed_over_revoked boolean not null default false;
create index account_to_hand_over on account (account_id) where handed_over_at is null;
create index api_key_to_hand_over on api_key (key_id) where handed_over_at is null or revoked_at is not null and not handed_over_revoked;
