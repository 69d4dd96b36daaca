-- Users of the WebSocket API under the keys it knows them by, and the sign-ins that their clients told it of. The families of an Amazon pool are not
-- here, so sign-ins refer to accounts only.
create table realtime_users (
    account_id text not null primary key references accounts (id) on delete cascade,
    application text not null,
    cog_id text not null,
    email text not null,
    created_at integer not null
);
create unique index realtime_users_by_cog_id on realtime_users (application, cog_id);
create unique index realtime_users_by_email on realtime_users (application, email);

create table realtime_sign_ins (
    family_id text not null primary key,
    account_id text not null references accounts (id) on delete cascade,
    sealed_tokens blob not null,
    stored_at integer not null,
    expires_at integer not null
);
create index realtime_sign_ins_of_account on realtime_sign_ins (account_id, stored_at);
create index realtime_sign_ins_expires_at on realtime_sign_ins (expires_at);
