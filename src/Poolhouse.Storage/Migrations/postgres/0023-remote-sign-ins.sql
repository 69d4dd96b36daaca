-- Sign-ins at pools of Amazon's that something here goes on with, with their sealed tokens. One that was ended here waits until the pool has revoked it too.
create table remote_sign_ins (
    id text collate "C" not null primary key,
    account_id text collate "C" not null references accounts (id) on delete cascade,
    application text collate "C" not null,
    pool_id text collate "C" not null,
    sub text collate "C" not null,
    client_id text collate "C" not null,
    sealed_tokens bytea not null,
    can_refresh boolean not null,
    access_expires_at bigint not null,
    expires_at bigint not null,
    checked_at bigint not null,
    version bigint not null,
    claimed_until bigint not null,
    revoke_due_at bigint,
    attempts bigint not null
);
create index remote_sign_ins_of_user on remote_sign_ins (pool_id, sub);
create index remote_sign_ins_of_account on remote_sign_ins (account_id);
create index remote_sign_ins_due on remote_sign_ins (revoke_due_at) where revoke_due_at is not null;
create index remote_sign_ins_expiry on remote_sign_ins (expires_at);

-- Users whose removal at a pool of Amazon's was begun: whether it was done there decides whether it is done here.
create table remote_deletions (
    pool_id text collate "C" not null,
    sub text collate "C" not null,
    application text collate "C" not null,
    pool_username text collate "C" not null,
    due_at bigint not null,
    attempts bigint not null,
    primary key (pool_id, sub)
);
create index remote_deletions_due on remote_deletions (due_at);

-- A session comes from a sign-in of this server or of another pool; never of both.
alter table account_sessions alter column family_id drop not null;
alter table account_sessions add column remote_id text collate "C" references remote_sign_ins (id) on delete cascade;
alter table account_sessions add constraint account_sessions_one_sign_in check ((family_id is null) <> (remote_id is null));
create index account_sessions_of_remote on account_sessions (remote_id);
