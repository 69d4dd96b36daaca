create table groups (
    pool_id text collate "C" not null references pools (id) on delete cascade,
    name text collate "C" not null,
    description text,
    role_arn text,
    precedence bigint,
    created_at bigint not null,
    modified_at bigint not null,
    primary key (pool_id, name)
);

create table group_members (
    pool_id text collate "C" not null,
    group_name text collate "C" not null,
    sub text collate "C" not null,
    primary key (pool_id, group_name, sub),
    foreign key (pool_id, group_name) references groups (pool_id, name) on delete cascade,
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
);
create index group_members_of_user on group_members (pool_id, sub, group_name);
