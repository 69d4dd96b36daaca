-- Cookie sessions that began by then have ended.
alter table users add column sessions_ended_at integer;

-- Cookie sessions; the key is the SHA-256 of what the cookie holds. A session can't outlive the sign-in it came from, nor that its user.
create table account_sessions (
    key text not null primary key,
    account_id text not null references accounts (id) on delete cascade,
    pool_id text not null,
    sub text not null,
    family_id text not null references token_families (id) on delete cascade,
    device text not null,
    address text,
    locale text,
    remember integer not null,
    data text not null,
    created_at integer not null,
    last_seen_at integer not null,
    ends_at integer not null,
    expires_at integer not null
) without rowid;
create index account_sessions_of_account on account_sessions (account_id, last_seen_at);
create index account_sessions_of_family on account_sessions (family_id);
create index account_sessions_expiry on account_sessions (expires_at);

-- Names that sign-ups in flight have reserved; the hash is of what proves the reservation.
create table username_reservations (
    application text not null,
    name text not null,
    token_hash blob not null,
    expires_at integer not null,
    primary key (application, name)
) without rowid;
create index username_reservations_expiry on username_reservations (expires_at);
