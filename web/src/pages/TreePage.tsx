import { useCallback, useState } from 'react';
import { getReferralCode, getTree, type Tree } from '../api/tree';
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
    const [tree, code] = await Promise.all([getTree(depth, signal), getReferralCode(signal)]);
    return { tree, code };
  }, [depth]);
  const loaded = useResource(load);

  return (
    <Page title={t('tree.title')} lead={t('tree.lead')}>
      <AccountNav />
      <Loaded from={loaded} loading={t('tree.loading')} failed={t('tree.loadFailed')}>
        {({ tree, code }) => (
          <div className="stack stack-wide">
            <div className="tree-facts">
              <ReferralCode code={code} />
              <Facts tree={tree} />
            </div>
            {tree.root.left_count + tree.root.right_count === 0 ? (
              <div className="empty" data-testid="tree-empty">
                <p className="empty-title">{t('tree.none')}</p>
                <p>{t('tree.noneHelp')}</p>
              </div>
            ) : null}
            <TreeView root={tree.root} depth={depth} onDeeper={setDepth} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function Facts({ tree: { root, sponsor } }: { tree: Tree }) {
  return (
    <dl className="facts">
      <div><dt>{t('tree.leftLeg')}</dt><dd data-testid="left-leg">{formatNumber(root.left_count)}</dd></div>
      <div><dt>{t('tree.rightLeg')}</dt><dd data-testid="right-leg">{formatNumber(root.right_count)}</dd></div>
      <div><dt>{t('tree.sponsor')}</dt><dd>{sponsor ? <bdi>{sponsor.name ?? t('tree.nameless')}</bdi> : t('tree.noSponsor')}</dd></div>
    </dl>
  );
}
