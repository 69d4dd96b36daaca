create table import_jobs (
    pool_id text not null references pools (id) on delete cascade,
    id text not null,
    name text not null,
    role_arn text not null,
    hash_algorithm text,
    state text not null,
    created_at integer not null,
    started_at integer,
    ended_at integer,
    imported integer not null,
    skipped integer not null,
    failed integer not null,
    message text,
    upload_id text,
    next_byte integer not null,
    line integer not null,
    owner text,
    leased_until integer not null,
    primary key (pool_id, id)
) without rowid;
-- One job of a pool at a time.
create unique index import_jobs_under_way on import_jobs (pool_id) where state in ('pending', 'in_progress', 'stopping');
create index import_jobs_waiting on import_jobs (created_at) where state = 'created';

-- Pieces of 256 KiB; with a rowid, because large values don't belong into the tree of keys.
create table import_chunks (
    pool_id text not null,
    job_id text not null,
    upload_id text not null,
    number integer not null,
    sealed_bytes blob not null,
    primary key (pool_id, job_id, upload_id, number),
    foreign key (pool_id, job_id) references import_jobs (pool_id, id) on delete cascade
);

create table import_log (
    pool_id text not null,
    job_id text not null,
    line integer not null,
    text text not null,
    primary key (pool_id, job_id, line),
    foreign key (pool_id, job_id) references import_jobs (pool_id, id) on delete cascade
);
