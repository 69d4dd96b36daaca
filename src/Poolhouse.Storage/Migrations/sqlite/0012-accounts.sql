-- What applications know of their pools' users. No reference to users: the pool may be Amazon's.
create table accounts (
    id text not null primary key,
    application text not null,
    pool_id text not null,
    sub text not null,
    pool_username text not null,
    email text,
    username text,
    username_key text,
    locale text,
    created_at integer not null,
    confirmed_at integer
);
create unique index accounts_of_user on accounts (application, pool_id, sub);
create unique index accounts_by_email on accounts (application, email);
create unique index accounts_by_username on accounts (application, username_key);
create index accounts_of_pool_user on accounts (pool_id, sub);

create table audit_entries (
    position integer primary key autoincrement,
    id text not null unique,
    at integer not null,
    application text not null,
    kind text not null,
    account_id text,
    actor_id text,
    subject text,
    address text,
    device text,
    request_id text
);
create index audit_entries_of_account on audit_entries (account_id, position);
create index audit_entries_of_actor on audit_entries (actor_id, position);
create index audit_entries_at on audit_entries (at);
