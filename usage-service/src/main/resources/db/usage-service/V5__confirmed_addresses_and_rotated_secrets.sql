-- Where alerts go is "email", which whoever reads there has confirmed; addresses of before were taken as they were said.
-- "pending_email" is to be confirmed by a code that was mailed there.
alter table alert_setting
    add column pending_email    text,
    add column pending_code     bytea, -- SHA-256 of the account and the code
    add column pending_until    timestamptz,
    add column pending_failures int not null default 0,
    add column codes_sent       int not null default 0, -- since
    add column codes_since      timestamptz;

-- A secret that was replaced, and until when deliveries are signed by it as well.
alter table webhook_endpoint
    add column earlier_secret       text,
    add column earlier_secret_until timestamptz;
