import type { TreeNode } from '../../api/tree';

export type Side = 'left' | 'right';

/** How far down the server goes. */
export const deepest = 10;

// Wider than this nobody sees it at once.
const shownAtFirst = 3;

/** `below`: there is somebody below this node that can be shown; `end`: nobody, or deeper than the server goes. */
export function reach(node: TreeNode, path: string): 'below' | 'end' {
  return node.left_count + node.right_count > 0 && path.length < deepest ? 'below' : 'end';
}

export function openAtFirst(path: string): boolean {
  return path.length < shownAtFirst;
}
