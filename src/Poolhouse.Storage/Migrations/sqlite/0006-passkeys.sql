create table passkeys (
    pool_id text not null,
    credential_id text not null,
    sub text not null,
    relying_party_id text not null,
    public_key blob not null,
    sign_count integer not null,
    is_backup_eligible integer not null,
    friendly_name text not null,
    attachment text,
    transports text not null,
    created_at integer not null,
    primary key (pool_id, credential_id),
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
) without rowid;
create index passkeys_of_user on passkeys (pool_id, sub, created_at, credential_id);

-- How the sign-in was made: the claims acr and amr. Null where it was made before they were recorded.
alter table token_families add column acr text;
alter table token_families add column amr text;
