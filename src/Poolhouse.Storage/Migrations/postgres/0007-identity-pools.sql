create table identity_pools (
    id text collate "C" not null primary key,
    name text not null,
    document text not null,
    created_at bigint not null,
    modified_at bigint not null
);

create table identities (
    id text collate "C" not null primary key,
    pool_id text collate "C" not null references identity_pools (id) on delete cascade,
    is_guest boolean not null,
    is_enabled boolean not null,
    created_at bigint not null,
    modified_at bigint not null
);
create index identities_of_pool on identities (pool_id, id);

create table identity_logins (
    pool_id text collate "C" not null,
    provider text collate "C" not null,
    subject_key text collate "C" not null,
    subject text not null,
    identity_id text collate "C" not null references identities (id) on delete cascade,
    is_developer boolean not null,
    primary key (pool_id, provider, subject_key)
);
create index identity_logins_of_identity on identity_logins (identity_id, provider, subject_key);

create table service_keys (
    kid text collate "C" not null primary key,
    service text collate "C" not null,
    generation bigint not null,
    sealed_private_key bytea not null,
    signs_from bigint not null,
    unique (service, generation)
);
