-- Cookie sessions that began by then have ended.
alter table users add column sessions_ended_at bigint;

-- Cookie sessions; the key is the SHA-256 of what the cookie holds. A session can't outlive the sign-in it came from, nor that its user.
create table account_sessions (
    key text collate "C" not null primary key,
    account_id text collate "C" not null references accounts (id) on delete cascade,
    pool_id text collate "C" not null,
    sub text collate "C" not null,
    family_id text collate "C" not null references token_families (id) on delete cascade,
    device text collate "C" not null,
    address text collate "C",
    locale text collate "C",
    remember boolean not null,
    data text collate "C" not null,
    created_at bigint not null,
    last_seen_at bigint not null,
    ends_at bigint not null,
    expires_at bigint not null
);
create index account_sessions_of_account on account_sessions (account_id, last_seen_at);
create index account_sessions_of_family on account_sessions (family_id);
create index account_sessions_expiry on account_sessions (expires_at);

-- Names that sign-ups in flight have reserved; the hash is of what proves the reservation.
create table username_reservations (
    application text collate "C" not null,
    name text collate "C" not null,
    token_hash bytea not null,
    expires_at bigint not null,
    primary key (application, name)
);
create index username_reservations_expiry on username_reservations (expires_at);
