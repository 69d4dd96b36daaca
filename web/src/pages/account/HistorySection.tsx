import { useState } from 'react';
import { listHistory, type HistoryEntry } from '../../api/account';
import { useResource } from '../../api/useResource';
import { t, type PlainKey } from '../../messages';
import { Loaded } from '../../ui/Loaded';
import { Time } from '../../ui/Time';
import { Section } from './Section';

const shownAtFirst = 5;

// What happened, in words; what this client doesn't know goes by a general one.
const kinds: Readonly<Record<string, PlainKey>> = {
  attributes_changed: 'feed.attributes_changed',
  confirmed: 'feed.confirmed',
  password_changed: 'feed.password_changed',
  password_reset: 'feed.password_reset',
  sign_in_failed: 'history.signInFailed',
  signed_in: 'feed.signed_in',
  signed_out: 'history.signedOut',
  signed_out_everywhere: 'feed.signed_out_everywhere',
  signed_up: 'feed.signed_up',
};

/** What has happened with the account, the newest first. */
export function HistorySection() {
  const loaded = useResource(listHistory);
  const [all, setAll] = useState(false);
  return (
    <Section title={t('history.title')} help={t('history.help')}>
      <Loaded from={loaded} loading={t('history.loading')} failed={t('history.loadFailed')}>
        {(entries) => entries.length === 0 ? (
          <p className="section-note" data-testid="history-empty">{t('history.none')}</p>
        ) : (
          <>
            <ul className="rows">
              {(all ? entries : entries.slice(0, shownAtFirst)).map((entry) => <Row key={entry.id} entry={entry} />)}
            </ul>
            {all || entries.length <= shownAtFirst ? null : (
              <button type="button" className="button" onClick={() => setAll(true)}>{t('history.all')}</button>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Row({ entry: { kind, created_at, address, device } }: { entry: HistoryEntry }) {
  return (
    <li data-testid="history" data-kind={kind}>
      <div className="row-text">
        <p className="row-title">{t(kinds[kind] ?? 'feed.other')}</p>
        <p className="row-meta">
          <Time iso={created_at} />
          {device ? <bdi>{device}</bdi> : null}
          {address ? <bdi>{address}</bdi> : null}
        </p>
      </div>
    </li>
  );
}
