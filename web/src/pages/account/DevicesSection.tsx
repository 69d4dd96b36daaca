import { endOtherSessions, endSession, listSessions, type DeviceSession } from '../../api/account';
import { useResource } from '../../api/useResource';
import { t } from '../../messages';
import { ActionButton, ActionProblem } from '../../ui/ActionButton';
import { Loaded } from '../../ui/Loaded';
import { useNotices } from '../../ui/Notices';
import { Time } from '../../ui/Time';
import { useAction } from '../../ui/useAction';
import { Section } from './Section';

/** Where the account is signed in. */
export function DevicesSection() {
  const { say } = useNotices();
  const loaded = useResource(listSessions);
  const { slow, problem, run } = useAction();

  const endOthers = () => run(async () => {
    await endOtherSessions();
    await loaded.reload();
    say(t('devices.othersEnded'));
  });

  return (
    <Section title={t('devices.title')} help={t('devices.help')}>
      <Loaded from={loaded} loading={t('devices.loading')} failed={t('devices.loadFailed')}>
        {(sessions) => sessions.length === 0 ? (
          <p className="section-note" data-testid="devices-empty">{t('devices.none')}</p>
        ) : (
          <>
            <ul className="rows">
              {sessions.map((session) => <Row key={session.id} session={session} onEnded={loaded.reload} />)}
            </ul>
            {sessions.some((session) => !session.current) ? (
              <ActionButton slow={slow} working={t('account.signingOut')} onPress={() => void endOthers()}>{t('devices.endOthers')}</ActionButton>
            ) : null}
          </>
        )}
      </Loaded>
      <ActionProblem text={problem} />
    </Section>
  );
}

function Row({ session, onEnded }: { session: DeviceSession; onEnded: () => Promise<void> }) {
  const { say } = useNotices();
  const { slow, problem, run } = useAction();
  const { device } = session;

  const end = () => run(async () => {
    await endSession(session.id);
    await onEnded();
    say(t('devices.ended', { device }));
  });

  return (
    <li data-testid="device" data-current={session.current}>
      <div className="row-text">
        <p className="row-title"><bdi>{device}</bdi> {session.current ? <span className="tag tag-good">{t('devices.current')}</span> : null}</p>
        <p className="row-meta">
          <span>{t('devices.lastSeen')} <Time iso={session.last_seen_at} /></span>
          {session.address ? <bdi dir="ltr">{session.address}</bdi> : null}
        </p>
        <ActionProblem text={problem} />
      </div>
      {session.current ? null : (
        <ActionButton className="link-button" label={t('devices.endNamed', { device })} slow={slow} working={t('account.signingOut')} onPress={() => void end()}>
          {t('devices.end')}
        </ActionButton>
      )}
    </li>
  );
}
