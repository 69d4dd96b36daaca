-- How often whoever held the message was gone when its lease ended: what ends every process that tries it must not go on for ever.
alter table outbox add column lost_leases integer not null default 0;
