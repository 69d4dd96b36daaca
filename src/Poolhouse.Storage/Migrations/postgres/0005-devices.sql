create table devices (
    pool_id text collate "C" not null,
    sub text collate "C" not null,
    key text collate "C" not null,
    name text,
    salt bytea not null,
    sealed_verifier bytea not null,
    is_remembered boolean not null,
    last_address text,
    session text,
    created_at bigint not null,
    modified_at bigint not null,
    authenticated_at bigint not null,
    primary key (pool_id, sub, key),
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
);

-- The device that the sign-in came from, whether it was registered or only given a key; null where the pool tracks none.
alter table token_families add column device_key text collate "C";
