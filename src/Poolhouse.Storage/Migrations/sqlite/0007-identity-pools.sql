create table identity_pools (
    id text not null primary key,
    name text not null,
    document text not null,
    created_at integer not null,
    modified_at integer not null
) without rowid;

create table identities (
    id text not null primary key,
    pool_id text not null references identity_pools (id) on delete cascade,
    is_guest integer not null,
    is_enabled integer not null,
    created_at integer not null,
    modified_at integer not null
) without rowid;
create index identities_of_pool on identities (pool_id, id);

create table identity_logins (
    pool_id text not null,
    provider text not null,
    subject_key text not null,
    subject text not null,
    identity_id text not null references identities (id) on delete cascade,
    is_developer integer not null,
    primary key (pool_id, provider, subject_key)
) without rowid;
create index identity_logins_of_identity on identity_logins (identity_id, provider, subject_key);

create table service_keys (
    kid text not null primary key,
    service text not null,
    generation integer not null,
    sealed_private_key blob not null,
    signs_from integer not null,
    unique (service, generation)
);
