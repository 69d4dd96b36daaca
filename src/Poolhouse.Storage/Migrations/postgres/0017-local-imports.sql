-- How far "poolhouse import" came with a file; kept for a week after its last step.
create table local_imports (
    pool_id text collate "C" not null references pools (id) on delete cascade,
    digest text collate "C" not null,
    started_at bigint not null,
    touched_at bigint not null,
    ended_at bigint,
    imported bigint not null,
    failed bigint not null,
    next_byte bigint not null,
    line bigint not null,
    primary key (pool_id, digest)
);
create index local_imports_touched on local_imports (touched_at);

create table local_import_failures (
    pool_id text collate "C" not null,
    digest text collate "C" not null,
    line bigint not null,
    key text collate "C",
    code text collate "C" not null,
    why text collate "C" not null,
    primary key (pool_id, digest, line),
    foreign key (pool_id, digest) references local_imports (pool_id, digest) on delete cascade
);
