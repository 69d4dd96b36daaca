-- Lists of users run by age, which is nearly the order in which the rows of users lie: a page of a list is a few pages of the table.
create unique index users_age on users (pool_id, created_at, sub);
create unique index users_enabled_age on users (pool_id, is_enabled, created_at, sub);
create unique index users_status_age on users (pool_id, status, created_at, sub);

-- user_created_at is when the user was made, which never changes. The two statuses have the indexes above.
delete from user_search where attribute in ('cognito:user_status', 'status');
alter table user_search add column user_created_at bigint;
update user_search s set user_created_at = u.created_at from users u where u.pool_id = s.pool_id and u.sub = s.sub;
alter table user_search alter column user_created_at set not null;
alter table user_search drop constraint user_search_pkey;
alter table user_search add constraint user_search_pkey primary key (pool_id, attribute, value, user_created_at, sub);

alter table group_members add column user_created_at bigint;
update group_members m set user_created_at = u.created_at from users u where u.pool_id = m.pool_id and u.sub = m.sub;
alter table group_members alter column user_created_at set not null;
alter table group_members drop constraint group_members_pkey;
alter table group_members add constraint group_members_pkey primary key (pool_id, group_name, user_created_at, sub);
drop index group_members_of_user;
create unique index group_members_of_user on group_members (pool_id, sub, group_name);
