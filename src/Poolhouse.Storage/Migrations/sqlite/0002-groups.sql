create table groups (
    pool_id text not null references pools (id) on delete cascade,
    name text not null,
    description text,
    role_arn text,
    precedence integer,
    created_at integer not null,
    modified_at integer not null,
    primary key (pool_id, name)
) without rowid;

create table group_members (
    pool_id text not null,
    group_name text not null,
    sub text not null,
    primary key (pool_id, group_name, sub),
    foreign key (pool_id, group_name) references groups (pool_id, name) on delete cascade,
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
) without rowid;
create index group_members_of_user on group_members (pool_id, sub, group_name);
