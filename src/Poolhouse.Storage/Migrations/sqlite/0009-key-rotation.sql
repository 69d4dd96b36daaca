-- A key is published before it signs, so that who caches a pool's keys has it by then.
alter table signing_keys rename column created_at to signs_from;
