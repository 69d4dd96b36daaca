-- A tree per application. See docs/decisions/0015-binary-tree.md for heads, ends, blocks and labels. Ids are unique beyond a tree (they begin at
-- its top, a multiple of 2^40), so that no statement depends on how many rows the database believes a tree to have.
create table binary_trees (
    application text collate "C" not null primary key,
    top bigint not null unique,
    last_node bigint not null,
    last_block bigint not null
);

create table binary_tree_nodes (
    id bigint not null primary key,
    tree bigint not null references binary_trees (top),
    account_id text collate "C" unique references accounts (id) on delete set null,
    sponsor bigint,
    parent bigint references binary_tree_nodes (id),
    side text collate "C",
    depth bigint not null,
    children bigint not null,
    preference text collate "C" not null,
    left_head bigint not null,
    left_end bigint,
    right_head bigint not null,
    right_end bigint,
    block bigint not null,
    label bigint not null,
    placed_at bigint not null,
    check ((parent is null) = (side is null)),
    check (side in ('left', 'right')),
    check (children between 0 and 2)
);
create unique index binary_tree_nodes_places on binary_tree_nodes (parent, side);
create unique index binary_tree_nodes_roots on binary_tree_nodes (tree) where parent is null;
create index binary_tree_nodes_in_order on binary_tree_nodes (block, label);

create table binary_tree_blocks (
    id bigint not null primary key,
    container bigint not null,
    label bigint not null,
    nodes bigint not null,
    open_depth bigint
);
create index binary_tree_blocks_in_order on binary_tree_blocks (container, label);

-- The code by which an account invites, and how many it brought.
create table referral_codes (
    account_id text collate "C" not null primary key references accounts (id) on delete cascade,
    application text collate "C" not null,
    code text collate "C" not null,
    credits bigint not null,
    unique (application, code)
);

-- Who brought an account: remembered from its registration, credited once it is confirmed.
create table introductions (
    account_id text collate "C" not null primary key references accounts (id) on delete cascade,
    sponsor_id text collate "C" references accounts (id) on delete set null,
    referrer_id text collate "C" references accounts (id) on delete set null,
    credited_at bigint
);
create index introductions_of_sponsor on introductions (sponsor_id);
create index introductions_of_referrer on introductions (referrer_id);

-- A link has two rows, one from each side: an account has one link to each other application.
create table account_links (
    account_id text collate "C" not null references accounts (id) on delete cascade,
    application text collate "C" not null,
    other_id text collate "C" not null references accounts (id) on delete cascade,
    link_id text collate "C" not null,
    created_at bigint not null,
    primary key (account_id, application)
);
create index account_links_of_link on account_links (link_id);
create index account_links_of_other on account_links (other_id);

-- The newest link that an account has asked for in another application. Without a sub it leads nowhere: nobody there has the address.
create table link_requests (
    account_id text collate "C" not null references accounts (id) on delete cascade,
    application text collate "C" not null,
    id text collate "C" not null unique,
    email text collate "C" not null,
    pool_username text collate "C",
    sub text collate "C",
    hash bytea not null,
    tries bigint not null,
    expires_at bigint not null,
    spent_at bigint,
    primary key (account_id, application)
);
create index link_requests_expiry on link_requests (expires_at);
