-- What a user signs in with beside the password, as one document; null means nothing was ever set.
alter table users add column mfa text collate "C";

create table software_tokens (
    pool_id text collate "C" not null,
    sub text collate "C" not null,
    sealed_secret bytea,
    pending_secret bytea,
    last_step bigint not null,
    primary key (pool_id, sub),
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
);
