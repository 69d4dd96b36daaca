-- Invitations, and links that confirm. They go with the account that invites and with the one that they are about.
create table invites (
    position integer primary key autoincrement,
    id text not null unique,
    application text not null,
    kind text not null,
    email text not null,
    token_hash blob not null unique,
    inviter_id text references accounts (id) on delete cascade,
    account_id text references accounts (id) on delete cascade,
    locale text,
    created_at integer not null,
    sent_at integer not null,
    sends integer not null,
    expires_at integer not null,
    claimed_at integer,
    withdrawn_at integer
);
create index invites_of_application on invites (application, position);
create index invites_of_inviter on invites (inviter_id, position);
create index invites_of_account on invites (account_id);
create index invites_by_expiry on invites (expires_at);

-- Wishes for codes; one of a kind waits at a time.
create table code_requests (
    id text not null primary key,
    application text not null,
    email text not null,
    purpose text not null,
    language text,
    address text,
    user_agent text,
    created_at integer not null,
    due_at integer not null,
    attempts integer not null,
    owner text
);
create unique index code_requests_waiting on code_requests (application, purpose, email);
create index code_requests_due on code_requests (due_at);
create index code_requests_by_age on code_requests (created_at);
