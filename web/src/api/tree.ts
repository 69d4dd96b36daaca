import { call } from './client';

export interface TreeNode {
  /** What others in the tree read; null where there is nothing to read, as for an account that is gone. */
  readonly name?: string | null;
  readonly placed_at: string;
  readonly left_count: number;
  readonly right_count: number;
  readonly left?: TreeNode | null;
  readonly right?: TreeNode | null;
}

export interface Tree {
  readonly sponsor?: { readonly name?: string | null } | null;
  readonly node: TreeNode;
}

export function getTree(depth: number, signal: AbortSignal): Promise<Tree> {
  return call('GET', `binary-tree?depth=${depth}`, { signal });
}
