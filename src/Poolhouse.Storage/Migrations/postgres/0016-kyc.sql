-- Identity documents. A row outlives its account until its object is gone, hence no cascade: upkeep removes rows of nobody.
create table kyc_documents (
    id text collate "C" not null primary key,
    account_id text collate "C" references accounts (id) on delete set null,
    application text collate "C" not null,
    kind text collate "C" not null,
    type text collate "C" not null,
    bytes bigint not null,
    sha256 bytea,
    state text collate "C" not null,
    reason text collate "C",
    uploaded_at bigint not null,
    reviewed_by text collate "C",
    reviewed_at bigint,
    sealed_key bytea,
    object_name text collate "C",
    erased_at bigint
);
create index kyc_documents_of_account on kyc_documents (account_id, uploaded_at, id);
create index kyc_documents_waiting on kyc_documents (application, uploaded_at, id) where state = 'pending';
create index kyc_documents_kept on kyc_documents (reviewed_at) where object_name is not null;
create index kyc_documents_of_nobody on kyc_documents (id) where account_id is null;

-- Objects that no document has: about to be written, or to be removed.
create table kyc_leftovers (
    object_name text collate "C" not null primary key,
    due_at bigint not null,
    is_given_up boolean not null
);
create index kyc_leftovers_due on kyc_leftovers (due_at);

create table kyc_usage (
    account_id text collate "C" not null references accounts (id) on delete cascade,
    day bigint not null,
    uploads bigint not null,
    bytes bigint not null,
    primary key (account_id, day)
);
create index kyc_usage_by_day on kyc_usage (day);
