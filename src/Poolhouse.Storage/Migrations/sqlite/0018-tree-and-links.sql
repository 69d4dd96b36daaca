-- A tree per application. See docs/decisions/0015-binary-tree.md for heads, ends, blocks and labels. Ids are unique beyond a tree (they begin at
-- its top, a multiple of 2^40), so that no statement depends on how many rows the database believes a tree to have.
create table binary_trees (
    application text not null primary key,
    top integer not null unique,
    last_node integer not null,
    last_block integer not null
);

create table binary_tree_nodes (
    id integer not null primary key,
    tree integer not null references binary_trees (top),
    account_id text unique references accounts (id) on delete set null,
    sponsor integer,
    parent integer references binary_tree_nodes (id),
    side text,
    depth integer not null,
    children integer not null,
    preference text not null,
    left_head integer not null,
    left_end integer,
    right_head integer not null,
    right_end integer,
    block integer not null,
    label integer not null,
    placed_at integer not null,
    check ((parent is null) = (side is null)),
    check (side in ('left', 'right')),
    check (children between 0 and 2)
);
create unique index binary_tree_nodes_places on binary_tree_nodes (parent, side);
create unique index binary_tree_nodes_roots on binary_tree_nodes (tree) where parent is null;
-- The last columns of both indexes of an order are there to be read from it.
create index binary_tree_nodes_in_order on binary_tree_nodes (block, label, depth, children);

create table binary_tree_blocks (
    id integer not null primary key,
    container integer not null,
    label integer not null,
    nodes integer not null,
    open_depth integer
);
create index binary_tree_blocks_in_order on binary_tree_blocks (container, label, nodes, open_depth);

-- The code by which an account invites, and how many it brought.
create table referral_codes (
    account_id text not null primary key references accounts (id) on delete cascade,
    application text not null,
    code text not null,
    credits integer not null,
    unique (application, code)
);

-- Who brought an account: remembered from its registration, credited once it is confirmed.
create table introductions (
    account_id text not null primary key references accounts (id) on delete cascade,
    sponsor_id text references accounts (id) on delete set null,
    referrer_id text references accounts (id) on delete set null,
    credited_at integer
);
create index introductions_of_sponsor on introductions (sponsor_id);
create index introductions_of_referrer on introductions (referrer_id);

-- A link has two rows, one from each side: an account has one link to each other application.
create table account_links (
    account_id text not null references accounts (id) on delete cascade,
    application text not null,
    other_id text not null references accounts (id) on delete cascade,
    link_id text not null,
    created_at integer not null,
    primary key (account_id, application)
);
create index account_links_of_link on account_links (link_id);
create index account_links_of_other on account_links (other_id);

-- The newest link that an account has asked for in another application. Without a sub it leads nowhere: nobody there has the address.
create table link_requests (
    account_id text not null references accounts (id) on delete cascade,
    application text not null,
    id text not null unique,
    email text not null,
    pool_username text,
    sub text,
    hash blob not null,
    tries integer not null,
    expires_at integer not null,
    spent_at integer,
    primary key (account_id, application)
);
create index link_requests_expiry on link_requests (expires_at);
