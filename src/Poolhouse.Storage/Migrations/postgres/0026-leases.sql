-- serves: 0
-- When leases end, by the database's clock: nodes whose clocks differ must not take what others are sending. Programs of before this step go on with due_at,
-- which leases move as ever. A row that such a program leased has an owner and no leased_until; its lease ends at due_at, so nothing is lost and nothing has to be rewritten.
alter table outbox add column leased_until bigint;
create index outbox_leased on outbox (leased_until) where state = 'waiting' and leased_until is not null;
alter table code_requests add column leased_until bigint;
create index code_requests_leased on code_requests (leased_until) where leased_until is not null;
