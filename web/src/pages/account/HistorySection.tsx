import { useCallback, useState } from 'react';
import { listHistory, type HistoryEntry, type HistoryPage } from '../../api/account';
import { useResource } from '../../api/useResource';
import { t, type PlainKey } from '../../messages';
import { ActionButton, ActionProblem } from '../../ui/ActionButton';
import { Loaded } from '../../ui/Loaded';
import { Time } from '../../ui/Time';
import { useAction } from '../../ui/useAction';
import { Section } from './Section';

const shownAtFirst = 5;

// What happened, in words; what this client doesn't know goes by a general one. Sorted.
const kinds: Readonly<Record<string, PlainKey>> = {
  'account.confirmed': 'feed.confirmed',
  'attributes_changed': 'feed.attributes_changed',
  'confirmed': 'feed.confirmed',
  'data.exported': 'history.dataExported',
  'invite.created': 'history.invited',
  'invite.refused': 'history.inviteRefused',
  'invite.resent': 'history.invited',
  'invite.withdrawn': 'history.inviteWithdrawn',
  'kyc.approved': 'history.documentAccepted',
  'kyc.deleted': 'history.documentRemoved',
  'kyc.rejected': 'history.documentRefused',
  'kyc.uploaded': 'history.documentSent',
  'kyc.viewed': 'history.documentViewed',
  'link.created': 'history.linked',
  'link.removed': 'history.unlinked',
  'link.requested': 'history.linkRequested',
  'password_changed': 'feed.password_changed',
  'password_reset': 'feed.password_reset',
  'profile.changed': 'feed.attributes_changed',
  'referral.credited': 'history.referred',
  'security_questions.changed': 'history.questionsChanged',
  'session.created': 'history.sessionBegan',
  'session.ended': 'history.sessionEnded',
  'sessions.ended': 'history.sessionsEnded',
  'sign_in_failed': 'history.signInFailed',
  'signed_in': 'feed.signed_in',
  'signed_out': 'history.signedOut',
  'signed_out_everywhere': 'feed.signed_out_everywhere',
  'signed_up': 'feed.signed_up',
  'tree.placed': 'history.treePlaced',
  'tree.preference_changed': 'history.treePreference',
};

/** What has happened with the account, the newest first. */
export function HistorySection() {
  const load = useCallback((signal: AbortSignal) => listHistory(signal), []);
  const loaded = useResource(load);
  return (
    <Section title={t('history.title')} help={t('history.help')}>
      <Loaded from={loaded} loading={t('history.loading')} failed={t('history.loadFailed')}>
        {(first) => first.entries.length === 0
          ? <p className="section-note" data-testid="history-empty">{t('history.none')}</p>
          : <Entries first={first} />}
      </Loaded>
    </Section>
  );
}

/** A few of the first page, then all of it, then page by page. */
function Entries({ first }: { readonly first: HistoryPage }) {
  const [more, setMore] = useState<readonly HistoryPage[] | null>(null);
  const { slow, problem, run } = useAction();
  const all = [first, ...(more ?? [])];
  const entries = all.flatMap((page) => page.entries);
  const next = all.at(-1)!.next;
  const isShort = more === null && entries.length > shownAtFirst;

  const older = () => run(async () => {
    const page = await listHistory(undefined, next!);
    setMore([...(more ?? []), page]);
  });

  return (
    <>
      <ul className="rows">
        {(isShort ? entries.slice(0, shownAtFirst) : entries).map((entry, index) => <Row key={index} entry={entry} />)}
      </ul>
      {isShort ? (
        <button type="button" className="button" onClick={() => setMore([])}>{t('history.all')}</button>
      ) : next ? (
        <ActionButton slow={slow} working={t('history.loading')} onPress={() => void older()}>{t('history.older')}</ActionButton>
      ) : null}
      <ActionProblem text={problem} />
    </>
  );
}

function Row({ entry: { kind, at, address, device } }: { readonly entry: HistoryEntry }) {
  return (
    <li data-testid="history" data-kind={kind}>
      <div className="row-text">
        <p className="row-title">{t(kinds[kind] ?? 'feed.other')}</p>
        <p className="row-meta">
          <Time iso={at} />
          {device ? <bdi>{device}</bdi> : null}
          {address ? <bdi dir="ltr">{address}</bdi> : null}
        </p>
      </div>
    </li>
  );
}
