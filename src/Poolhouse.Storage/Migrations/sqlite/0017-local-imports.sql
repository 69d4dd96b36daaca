-- How far "poolhouse import" came with a file; kept for a week after its last step.
create table local_imports (
    pool_id text not null references pools (id) on delete cascade,
    digest text not null,
    started_at integer not null,
    touched_at integer not null,
    ended_at integer,
    imported integer not null,
    failed integer not null,
    next_byte integer not null,
    line integer not null,
    primary key (pool_id, digest)
) without rowid;
create index local_imports_touched on local_imports (touched_at);

create table local_import_failures (
    pool_id text not null,
    digest text not null,
    line integer not null,
    key text,
    code text not null,
    why text not null,
    primary key (pool_id, digest, line),
    foreign key (pool_id, digest) references local_imports (pool_id, digest) on delete cascade
) without rowid;
