create table security_answers (
    account_id text collate "C" not null references accounts (id) on delete cascade,
    question text collate "C" not null,
    hash text collate "C" not null,
    primary key (account_id, question)
);

-- That a sign-in has answered them.
create table account_proofs (
    account_id text collate "C" not null references accounts (id) on delete cascade,
    family_id text collate "C" not null,
    at bigint not null,
    primary key (account_id, family_id)
);
create index account_proofs_at on account_proofs (at);

-- Where a sign-in came from, for its person to look at.
alter table user_events add column address text;
alter table user_events add column device text;
