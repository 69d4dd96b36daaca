-- A token family is a session where the pool tracks them: then these are set, and kept up by each refresh.
alter table token_families add column session_id text collate "C";
alter table token_families add column last_active_at bigint;
alter table token_families add column device text collate "C";
alter table token_families add column address text collate "C";
