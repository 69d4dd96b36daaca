create table documents (
    pool_id text collate "C" not null references pools (id) on delete cascade,
    kind text collate "C" not null,
    key text collate "C" not null,
    client_id text collate "C" references clients (id) on delete cascade,
    document text not null,
    sealed_secret bytea,
    created_at bigint not null,
    modified_at bigint not null,
    primary key (pool_id, kind, key)
);
create index documents_of_client on documents (client_id) where client_id is not null;
create unique index documents_domain on documents (key) where kind = 'domain';

create table document_names (
    pool_id text collate "C" not null,
    kind text collate "C" not null,
    name text collate "C" not null,
    key text collate "C" not null,
    primary key (pool_id, kind, name),
    foreign key (pool_id, kind, key) references documents (pool_id, kind, key) on delete cascade
);
create index document_names_of_document on document_names (pool_id, kind, key);
