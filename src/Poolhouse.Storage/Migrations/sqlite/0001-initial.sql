-- Times are milliseconds UTC. Text compares by its bytes, which is SQLite's default.

create table pools (
    id text not null primary key,
    name text not null,
    document text not null,
    created_at integer not null,
    modified_at integer not null
) without rowid;

create table clients (
    id text not null primary key,
    pool_id text not null references pools (id) on delete cascade,
    name text not null,
    sealed_secret blob,
    settings text not null,
    created_at integer not null,
    modified_at integer not null
) without rowid;
create index clients_of_pool on clients (pool_id, id);

create table users (
    pool_id text not null references pools (id) on delete cascade,
    sub text not null,
    username text not null,
    normalized_username text not null,
    status text not null,
    is_enabled integer not null,
    attributes text not null,
    password_hash text,
    srp_salt blob,
    srp_verifier blob,
    password_history text,
    temporary_password_expires_at integer,
    created_at integer not null,
    modified_at integer not null,
    version integer not null,
    primary key (pool_id, sub)
);
create unique index users_normalized_username on users (pool_id, normalized_username);
create unique index users_username on users (pool_id, username);

create table user_aliases (
    pool_id text not null,
    attribute text not null,
    value text not null,
    sub text not null,
    primary key (pool_id, attribute, value),
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
) without rowid;
create index user_aliases_of_user on user_aliases (pool_id, sub);

create table user_search (
    pool_id text not null,
    attribute text not null,
    value text not null,
    sub text not null,
    primary key (pool_id, attribute, value, sub),
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
) without rowid;
create index user_search_of_user on user_search (pool_id, sub);

create table codes (
    pool_id text not null,
    sub text not null,
    purpose text not null,
    attribute text not null,
    destination text not null,
    hash blob not null,
    expires_at integer not null,
    primary key (pool_id, sub, purpose, attribute),
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
) without rowid;
create index codes_expiry on codes (expires_at);

create table token_families (
    id text not null primary key,
    origin_jti text not null,
    pool_id text not null,
    client_id text not null references clients (id) on delete cascade,
    sub text not null,
    authenticated_at integer not null,
    expires_at integer not null,
    current_refresh_id text not null,
    previous_refresh_id text,
    replaced_at integer,
    revoked_at integer,
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
) without rowid;
create index token_families_of_user on token_families (pool_id, sub);
create index token_families_of_client on token_families (client_id);
create index token_families_expiry on token_families (expires_at);

create table signing_keys (
    kid text not null primary key,
    pool_id text not null references pools (id) on delete cascade,
    purpose text not null,
    generation integer not null,
    sealed_private_key blob not null,
    created_at integer not null,
    unique (pool_id, purpose, generation)
);

create table attempts (
    key text not null primary key,
    attempts integer not null,
    expires_at integer not null
) without rowid;
create index attempts_expiry on attempts (expires_at);

create table guesses (
    key text not null primary key,
    failures integer not null,
    locked_until integer not null,
    touched_at integer not null
) without rowid;
create index guesses_age on guesses (touched_at);

create table spent (
    id text not null primary key,
    expires_at integer not null
) without rowid;
create index spent_expiry on spent (expires_at);

-- A position orders what carries the same time; it is never part of a snapshot.
create table outbox (
    position integer primary key autoincrement,
    id text not null unique,
    state text not null,
    supersede_key text,
    sealed_message blob,
    attempts integer not null,
    owner text,
    reason text,
    created_at integer not null,
    not_after integer not null,
    due_at integer not null,
    closed_at integer
);
create index outbox_due on outbox (due_at, position) where state = 'waiting';
create index outbox_not_after on outbox (not_after) where state = 'waiting';
create index outbox_supersede_key on outbox (supersede_key) where state = 'waiting';
create index outbox_closed on outbox (state, closed_at) where state <> 'waiting';

create table mailbox (
    position integer primary key autoincrement,
    id text not null unique,
    channel text not null,
    recipient text not null,
    subject text not null,
    body_text text not null,
    body_html text,
    code text,
    sent_at integer not null
);
create index mailbox_of_recipient on mailbox (recipient, position);

create table user_events (
    position integer primary key autoincrement,
    id text not null unique,
    pool_id text not null,
    sub text not null,
    kind text not null,
    client_id text,
    at integer not null,
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
);
create index user_events_of_user on user_events (pool_id, sub, position);

create table announcements (
    position integer primary key autoincrement,
    id text not null unique,
    title text not null,
    body text not null,
    at integer not null
);
create index announcements_at on announcements (at, position);

create table settings (
    key text not null primary key,
    value text not null
) without rowid;
