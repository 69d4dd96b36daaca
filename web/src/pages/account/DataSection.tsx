import { exportMe } from '../../api/account';
import { t } from '../../messages';
import { ActionButton, ActionProblem } from '../../ui/ActionButton';
import { useNotices } from '../../ui/Notices';
import { useAction } from '../../ui/useAction';
import { Section } from './Section';

/** Everything stored about the person, as a file. */
export function DataSection() {
  const { say } = useNotices();
  const { slow, problem, run } = useAction();

  const download = () => run(async () => {
    save(JSON.stringify(await exportMe(), null, 2), 'poolhouse-account.json');
    say(t('data.done'));
  });

  return (
    <Section title={t('data.title')} help={t('data.help')}>
      <ActionButton slow={slow} working={t('data.working')} onPress={() => void download()}>{t('data.download')}</ActionButton>
      <ActionProblem text={problem} />
    </Section>
  );
}

// The answer needs a token, which a link can't send: it is fetched, and handed over from here.
function save(text: string, name: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: the browser may not have begun to read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
