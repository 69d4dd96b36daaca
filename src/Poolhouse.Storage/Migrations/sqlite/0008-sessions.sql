-- A token family is a session where the pool tracks them: then these are set, and kept up by each refresh.
alter table token_families add column session_id text;
alter table token_families add column last_active_at integer;
alter table token_families add column device text;
alter table token_families add column address text;

-- What threat protection remembers. Kept for two years, and as long as the user.
create table auth_events (
    position integer primary key autoincrement,
    id text not null unique,
    pool_id text not null,
    sub text not null,
    client_id text,
    type text not null,
    response text not null,
    at integer not null,
    challenges text not null,
    decision text not null,
    level text,
    is_compromised integer,
    address text,
    device text not null,
    fingerprint text,
    has_context integer not null,
    feedback_is_valid integer,
    feedback_provider text,
    feedback_at integer,
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
);
create index auth_events_of_user on auth_events (pool_id, sub, position);
create index auth_events_age on auth_events (at);

-- Log lines that wait to be delivered.
create table log_queue (
    position integer primary key autoincrement,
    id text not null unique,
    pool_id text not null references pools (id) on delete cascade,
    arn text not null,
    line text not null,
    at integer not null,
    due_at integer not null,
    attempts integer not null
);
create index log_queue_due on log_queue (due_at, position);
create index log_queue_age on log_queue (at);
create index log_queue_of_pool on log_queue (pool_id);
