import { useState } from 'react';
import { listLinks, removeLink, type Link } from '../../api/links';
import { useResource } from '../../api/useResource';
import { t } from '../../messages';
import { ActionButton, ActionProblem } from '../../ui/ActionButton';
import { Loaded } from '../../ui/Loaded';
import { useNotices } from '../../ui/Notices';
import { Time } from '../../ui/Time';
import { useAction } from '../../ui/useAction';
import { LinkForm } from './LinkForm';
import { Section } from './Section';

/** The person's accounts of other applications. */
export function LinksSection() {
  const { say } = useNotices();
  const loaded = useResource(listLinks);
  const [adding, setAdding] = useState(false);

  async function linked() {
    setAdding(false);
    await loaded.reload();
    say(t('links.added'));
  }

  return (
    <Section title={t('links.title')} help={t('links.help')}>
      <Loaded from={loaded} loading={t('links.loading')} failed={t('links.loadFailed')}>
        {(links) => (
          <>
            {links.length === 0 ? <p className="section-note" data-testid="links-empty">{t('links.none')}</p> : (
              <ul className="rows">
                {links.map((link) => <Row key={link.id} link={link} onRemoved={loaded.reload} />)}
              </ul>
            )}
            {adding ? (
              <LinkForm onLinked={linked} onCancel={() => setAdding(false)} />
            ) : (
              <button type="button" className="button" onClick={() => setAdding(true)}>{t('links.add')}</button>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Row({ link: { id, title, name, linked_at }, onRemoved }: { link: Link; onRemoved: () => Promise<void> }) {
  const { say } = useNotices();
  const { slow, problem, run } = useAction('link');

  const remove = () => run(async () => {
    await removeLink(id);
    await onRemoved();
    say(t('links.removed', { application: title }));
  });

  return (
    <li data-testid="link">
      <div className="row-text">
        <p className="row-title"><bdi>{title}</bdi></p>
        <p className="row-meta">{name ? <bdi>{name}</bdi> : null}<Time iso={linked_at} date /></p>
        <ActionProblem text={problem} />
      </div>
      <ActionButton className="link-button" label={t('links.removeNamed', { application: title })} slow={slow} working={t('links.removing')} onPress={() => void remove()}>
        {t('links.remove')}
      </ActionButton>
    </li>
  );
}
