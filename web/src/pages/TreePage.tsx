import { useCallback, useState } from 'react';
import { getMe } from '../api/account';
import { getTree, type Tree } from '../api/tree';
import { useResource } from '../api/useResource';
import { t } from '../messages';
import { formatNumber } from '../messages/format';
import { AccountNav } from '../ui/AccountNav';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ReferralCode } from './tree/ReferralCode';
import { TreeView } from './tree/TreeView';

const firstDepth = 3;

/** Who came by whom: the own node, both legs below it, and the code that invites more. */
export function TreePage() {
  const [depth, setDepth] = useState(firstDepth);
  const load = useCallback(async (signal: AbortSignal) => {
    const [tree, me] = await Promise.all([getTree(depth, signal), getMe(signal)]);
    return { tree, me };
  }, [depth]);
  const loaded = useResource(load);

  return (
    <Page title={t('tree.title')} lead={t('tree.lead')}>
      <AccountNav />
      <Loaded from={loaded} loading={t('tree.loading')} failed={t('tree.loadFailed')}>
        {({ tree, me }) => (
          <div className="stack stack-wide">
            <div className="tree-facts">
              {me.referral_code ? <ReferralCode code={me.referral_code} /> : null}
              <Facts tree={tree} />
            </div>
            {tree.node.left_count + tree.node.right_count === 0 ? (
              <div className="empty" data-testid="tree-empty">
                <p className="empty-title">{t('tree.none')}</p>
                <p>{t('tree.noneHelp')}</p>
              </div>
            ) : null}
            <TreeView root={tree.node} depth={depth} onDeeper={setDepth} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Facts({ tree: { node, sponsor } }: { tree: Tree }) {
  return (
    <dl className="facts">
      <div><dt>{t('tree.leftLeg')}</dt><dd data-testid="left-leg">{formatNumber(node.left_count)}</dd></div>
      <div><dt>{t('tree.rightLeg')}</dt><dd data-testid="right-leg">{formatNumber(node.right_count)}</dd></div>
      <div><dt>{t('tree.sponsor')}</dt><dd>{sponsor ? <bdi>{sponsor.name ?? t('tree.nameless')}</bdi> : t('tree.noSponsor')}</dd></div>
    </dl>
  );
}
