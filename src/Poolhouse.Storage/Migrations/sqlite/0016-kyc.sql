-- Identity documents. A row outlives its account until its object is gone, hence no cascade: upkeep removes rows of nobody.
create table kyc_documents (
    id text not null primary key,
    account_id text references accounts (id) on delete set null,
    application text not null,
    kind text not null,
    type text not null,
    bytes integer not null,
    sha256 blob,
    state text not null,
    reason text,
    uploaded_at integer not null,
    reviewed_by text,
    reviewed_at integer,
    sealed_key blob,
    object_name text,
    erased_at integer
);
create index kyc_documents_of_account on kyc_documents (account_id, uploaded_at, id);
create index kyc_documents_waiting on kyc_documents (application, uploaded_at, id) where state = 'pending';
create index kyc_documents_kept on kyc_documents (reviewed_at) where object_name is not null;
create index kyc_documents_of_nobody on kyc_documents (id) where account_id is null;

-- Objects that no document has: about to be written, or to be removed.
create table kyc_leftovers (
    object_name text not null primary key,
    due_at integer not null,
    is_given_up integer not null
) without rowid;
create index kyc_leftovers_due on kyc_leftovers (due_at);

create table kyc_usage (
    account_id text not null references accounts (id) on delete cascade,
    day integer not null,
    uploads integer not null,
    bytes integer not null,
    primary key (account_id, day)
) without rowid;
create index kyc_usage_by_day on kyc_usage (day);
