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
    account_id text collate "C" unique,
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
