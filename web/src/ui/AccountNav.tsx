import { NavLink } from 'react-router';
import { t } from '../messages';

/** Between the pages of one's own account. */
export function AccountNav() {
  return (
    <nav className="tabs" aria-label={t('nav.accountPages')}>
      <NavLink to="/account">{t('nav.account')}</NavLink>
      <NavLink to="/verify">{t('nav.verify')}</NavLink>
      <NavLink to="/tree">{t('nav.tree')}</NavLink>
    </nav>
  );
}
