import { useEffect, useRef, useState } from 'react';
import type { TreeNode } from '../../api/tree';
import { t } from '../../messages';
import { openAtFirst, reach, type Side } from './reach';

interface TreeViewProps {
  readonly root: TreeNode;
  /** How many levels below the root are there. */
  readonly depth: number;
  readonly onDeeper: (depth: number) => void;
}

/** A nested list, drawn as a tree: whoever can't see it hears the same. It runs from left to right in every language, for its legs are called so. */
export function TreeView({ root, depth, onDeeper }: TreeViewProps) {
  /** What was opened or closed by hand, by path: `LR` is right below left below the root. */
  const [toggled, setToggled] = useState<Readonly<Record<string, boolean>>>({});

  const scroller = useRef<HTMLDivElement>(null);

  // Wider than the screen, it would begin with the far end of a leg: begin with the own place.
  useEffect(() => {
    const box = scroller.current;
    if (box) box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
  }, []);

  function toggle(path: string, open: boolean) {
    setToggled((now) => ({ ...now, [path]: open }));
    // What it opens may not have been asked for yet.
    if (open && path.length >= depth) onDeeper(path.length + 1);
  }

  return (
    <div className="tree-scroll" role="region" aria-label={t('tree.title')} tabIndex={0} ref={scroller}>
      <ul className="tree" data-testid="tree">
        <Branch node={root} path="" side={null} toggled={toggled} onToggle={toggle} />
      </ul>
    </div>
  );
}

interface BranchProps {
  readonly node: TreeNode;
  readonly path: string;
  readonly side: Side | null;
  readonly toggled: Readonly<Record<string, boolean>>;
  readonly onToggle: (path: string, open: boolean) => void;
}

function Branch({ node, path, side, toggled, onToggle }: BranchProps) {
  const extent = reach(node, path);
  const open = extent === 'below' && (toggled[path] ?? openAtFirst(path));
  const name = node.name ?? t('tree.nameless');
  return (
    <li>
      <div className={side === null ? 'tree-card tree-own' : 'tree-card'} data-testid="tree-node" data-path={path}>
        <p className="tree-side">{side === null ? t('tree.you') : t(`tree.${side}`)}</p>
        <p className="tree-name" dir="auto">{name}</p>
        <p className="tree-counts">{t('tree.counts', { left: node.left_count, right: node.right_count })}</p>
        {extent === 'below' ? (
          <button
            type="button"
            className="tree-toggle"
            aria-expanded={open}
            aria-label={open ? t('tree.closeNamed', { name }) : t('tree.openNamed', { name })}
            onClick={() => onToggle(path, !open)}
          >
            <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">{open ? <path d="M4 8h8" /> : <path d="M4 8h8M8 4v8" />}</svg>
          </button>
        ) : null}
      </div>
      {open ? (
        <ul>
          <Leg child={node.left} count={node.left_count} path={`${path}L`} side="left" toggled={toggled} onToggle={onToggle} />
          <Leg child={node.right} count={node.right_count} path={`${path}R`} side="right" toggled={toggled} onToggle={onToggle} />
        </ul>
      ) : null}
    </li>
  );
}

type LegProps = Omit<BranchProps, 'node' | 'side'> & { readonly child: TreeNode | null | undefined; readonly count: number; readonly side: Side };

function Leg({ child, count, ...rest }: LegProps) {
  if (child) return <Branch node={child} {...rest} />;
  return (
    <li>
      <div className="tree-card tree-free">
        <p className="tree-side">{t(`tree.${rest.side}`)}</p>
        <p className="tree-counts">{count > 0 ? t('app.loading') : t('tree.free')}</p>
      </div>
    </li>
  );
}
