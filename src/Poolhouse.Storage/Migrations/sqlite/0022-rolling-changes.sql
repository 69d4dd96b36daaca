-- The oldest program that serves on the schema after a step, by the highest step that it knows; 0 means all.
alter table schema_migrations add column serves bigint not null default 0;
