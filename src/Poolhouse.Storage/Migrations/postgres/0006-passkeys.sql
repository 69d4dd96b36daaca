create table passkeys (
    pool_id text collate "C" not null,
    credential_id text collate "C" not null,
    sub text collate "C" not null,
    relying_party_id text collate "C" not null,
    public_key bytea not null,
    sign_count bigint not null,
    is_backup_eligible boolean not null,
    friendly_name text collate "C" not null,
    attachment text collate "C",
    transports text collate "C" not null,
    created_at bigint not null,
    primary key (pool_id, credential_id),
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
);
create index passkeys_of_user on passkeys (pool_id, sub, created_at, credential_id);

-- How the sign-in was made: the claims acr and amr. Null where it was made before they were recorded.
alter table token_families add column acr text collate "C";
alter table token_families add column amr text collate "C";
