import { Link } from 'react-router';
import { t } from '../messages';
import { Page } from '../ui/Page';

export function MissingPage() {
  return (
    <Page title={t('missing.title')} lead={t('missing.lead')}>
      <p><Link className="button button-primary" to="/">{t('missing.home')}</Link></p>
    </Page>
  );
}
