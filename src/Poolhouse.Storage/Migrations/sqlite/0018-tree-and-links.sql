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
    account_id text unique,
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
