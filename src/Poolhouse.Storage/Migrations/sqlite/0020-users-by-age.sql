-- Lists of users run by age, which is the order in which the rows of users lie: a page of a list is a few pages of the file.
create unique index users_age on users (pool_id, created_at, sub);
create unique index users_enabled_age on users (pool_id, is_enabled, created_at, sub);
create unique index users_status_age on users (pool_id, status, created_at, sub);

-- user_created_at is when the user was made, which never changes. The two statuses have the indexes above.
create table user_search_by_age (
    pool_id text not null,
    attribute text not null,
    value text not null,
    user_created_at integer not null,
    sub text not null,
    primary key (pool_id, attribute, value, user_created_at, sub),
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
) without rowid;
insert into user_search_by_age (pool_id, attribute, value, user_created_at, sub)
select s.pool_id, s.attribute, s.value, u.created_at, s.sub
from user_search s
join users u on u.pool_id = s.pool_id and u.sub = s.sub
where s.attribute not in ('cognito:user_status', 'status');
drop table user_search;
alter table user_search_by_age rename to user_search;
create index user_search_of_user on user_search (pool_id, sub);

create table group_members_by_age (
    pool_id text not null,
    group_name text not null,
    user_created_at integer not null,
    sub text not null,
    primary key (pool_id, group_name, user_created_at, sub),
    foreign key (pool_id, group_name) references groups (pool_id, name) on delete cascade,
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
) without rowid;
insert into group_members_by_age (pool_id, group_name, user_created_at, sub)
select m.pool_id, m.group_name, u.created_at, m.sub
from group_members m
join users u on u.pool_id = m.pool_id and u.sub = m.sub;
drop table group_members;
alter table group_members_by_age rename to group_members;
create unique index group_members_of_user on group_members (pool_id, sub, group_name);
