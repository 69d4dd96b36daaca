import { useConfig } from '../ConfigContext';
import { t } from '../messages';

/** Development servers keep their mail in a mailbox page; elsewhere there is none. */
export function MailboxLink({ email }: { email: string }) {
  if (!useConfig().mailbox) return null;
  const address = email === '' ? '/mailbox' : `/mailbox?to=${encodeURIComponent(email)}`;
  return (
    <p className="mailbox">
      {t('confirm.mailboxHelp')}{' '}
      {/* The server's own page, not a route of this client; in a new tab, for the code has to be typed here. */}
      <a href={address} target="_blank" rel="noopener">{t('confirm.mailbox')}</a>
    </p>
  );
}
