-- Sign-ins at pools of Amazon's that something here goes on with, with their sealed tokens. One that was ended here waits until the pool has revoked it too.
create table remote_sign_ins (
    id text not null primary key,
    account_id text not null references accounts (id) on delete cascade,
    application text not null,
    pool_id text not null,
    sub text not null,
    client_id text not null,
    sealed_tokens blob not null,
    can_refresh integer not null,
    access_expires_at integer not null,
    expires_at integer not null,
    checked_at integer not null,
    version integer not null,
    claimed_until integer not null,
    revoke_due_at integer,
    attempts integer not null
);
create index remote_sign_ins_of_user on remote_sign_ins (pool_id, sub);
create index remote_sign_ins_of_account on remote_sign_ins (account_id);
create index remote_sign_ins_due on remote_sign_ins (revoke_due_at) where revoke_due_at is not null;
create index remote_sign_ins_expiry on remote_sign_ins (expires_at);

-- Users whose removal at a pool of Amazon's was begun: whether it was done there decides whether it is done here.
create table remote_deletions (
    pool_id text not null,
    sub text not null,
    application text not null,
    pool_username text not null,
    due_at integer not null,
    attempts integer not null,
    primary key (pool_id, sub)
);
create index remote_deletions_due on remote_deletions (due_at);

-- A session comes from a sign-in of this server or of another pool; never of both.
create table account_sessions_of_any_pool (
    key text not null primary key,
    account_id text not null references accounts (id) on delete cascade,
    pool_id text not null,
    sub text not null,
    family_id text references token_families (id) on delete cascade,
    remote_id text references remote_sign_ins (id) on delete cascade,
    device text not null,
    address text,
    locale text,
    remember integer not null,
    data text not null,
    created_at integer not null,
    last_seen_at integer not null,
    ends_at integer not null,
    expires_at integer not null,
    check ((family_id is null) <> (remote_id is null))
) without rowid;
insert into account_sessions_of_any_pool (
    key, account_id, pool_id, sub, family_id, device, address, locale, remember, data, created_at, last_seen_at, ends_at, expires_at)
select key, account_id, pool_id, sub, family_id, device, address, locale, remember, data, created_at, last_seen_at, ends_at, expires_at
from account_sessions;
drop table account_sessions;
alter table account_sessions_of_any_pool rename to account_sessions;
create index account_sessions_of_account on account_sessions (account_id, last_seen_at);
create index account_sessions_of_family on account_sessions (family_id);
create index account_sessions_of_remote on account_sessions (remote_id);
create index account_sessions_expiry on account_sessions (expires_at);
