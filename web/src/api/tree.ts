import { call } from './client';

/** A place in the tree. */
export interface TreeNode {
  /** What others in the tree read; none where there is nothing to read, as for an account that is gone. */
  readonly name?: string | null;
  readonly left_count: number;
  readonly right_count: number;
  readonly left?: TreeNode | null;
  readonly right?: TreeNode | null;
}

export interface Tree {
  readonly sponsor: { readonly name?: string | null } | null;
  /** The person's own, with both legs below it. */
  readonly root: TreeNode;
}

/** The wire has the legs beside the own node. */
interface TreeAnswer {
  readonly node: TreeNode;
  readonly sponsor?: Tree['sponsor'];
  readonly left?: TreeNode | null;
  readonly right?: TreeNode | null;
}

export async function getTree(depth: number, signal: AbortSignal): Promise<Tree> {
  const { node, sponsor, left, right } = await call<TreeAnswer>('GET', `binary-tree?depth=${depth}`, { signal });
  return { sponsor: sponsor ?? null, root: { ...node, left: left ?? null, right: right ?? null } };
}

/** The person's own code, to hand on. */
export async function getReferralCode(signal: AbortSignal): Promise<string> {
  return (await call<{ code: string }>('GET', 'referrals', { signal })).code;
}
