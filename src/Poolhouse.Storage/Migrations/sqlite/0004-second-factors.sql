-- What a user signs in with beside the password, as one document; null means nothing was ever set.
alter table users add column mfa text;

create table software_tokens (
    pool_id text not null,
    sub text not null,
    sealed_secret blob,
    pending_secret blob,
    last_step integer not null,
    primary key (pool_id, sub),
    foreign key (pool_id, sub) references users (pool_id, sub) on delete cascade
) without rowid;
