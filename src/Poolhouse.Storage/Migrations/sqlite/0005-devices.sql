create table devices (
    pool_id text not null,
    sub text not null,
    key text not null,
    name text,
    salt blob not null,
    sealed_verifier blob not null,
    is_remembered integer not null,
    last_address text,
    session text,
    created_at integer not null,
    modified_at integer not null,
    authenticated_at integer not null,
    primary key (pool_id, sub, key),
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
) without rowid;

-- The device that the sign-in came from, whether it was registered or only given a key; null where the pool tracks none.
alter table token_families add column device_key text;
