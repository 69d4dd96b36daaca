create table documents (
    pool_id text not null references pools (id) on delete cascade,
    kind text not null,
    key text not null,
    client_id text references clients (id) on delete cascade,
    document text not null,
    sealed_secret blob,
    created_at integer not null,
    modified_at integer not null,
    primary key (pool_id, kind, key)
);
create index documents_of_client on documents (client_id) where client_id is not null;
create unique index documents_domain on documents (key) where kind = 'domain';

create table document_names (
    pool_id text not null,
    kind text not null,
    name text not null,
    key text not null,
    primary key (pool_id, kind, name),
    foreign key (pool_id, kind, key) references documents (pool_id, kind, key) on delete cascade
) without rowid;
create index document_names_of_document on document_names (pool_id, kind, key);
