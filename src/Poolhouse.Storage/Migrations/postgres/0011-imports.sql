create table import_jobs (
    pool_id text collate "C" not null references pools (id) on delete cascade,
    id text collate "C" not null,
    name text collate "C" not null,
    role_arn text collate "C" not null,
    hash_algorithm text collate "C",
    state text collate "C" not null,
    created_at bigint not null,
    started_at bigint,
    ended_at bigint,
    imported bigint not null,
    skipped bigint not null,
    failed bigint not null,
    message text collate "C",
    upload_id text collate "C",
    next_byte bigint not null,
    line bigint not null,
    owner text collate "C",
    leased_until bigint not null,
    primary key (pool_id, id)
);
-- One job of a pool at a time.
create unique index import_jobs_under_way on import_jobs (pool_id) where state in ('pending', 'in_progress', 'stopping');
create index import_jobs_waiting on import_jobs (created_at) where state = 'created';

-- Pieces of 256 KiB.
create table import_chunks (
    pool_id text collate "C" not null,
    job_id text collate "C" not null,
    upload_id text collate "C" not null,
    number bigint not null,
    sealed_bytes bytea not null,
    primary key (pool_id, job_id, upload_id, number),
    foreign key (pool_id, job_id) references import_jobs (pool_id, id) on delete cascade
);

create table import_log (
    pool_id text collate "C" not null,
    job_id text collate "C" not null,
    line bigint not null,
    text text collate "C" not null,
    primary key (pool_id, job_id, line),
    foreign key (pool_id, job_id) references import_jobs (pool_id, id) on delete cascade
);
