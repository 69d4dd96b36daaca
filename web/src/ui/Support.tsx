import { t } from '../messages';

/** Whom to ask. What is no address and no web page is shown as it is, never as a link. */
export function Support({ contact }: { readonly contact: string }) {
  const address = addressOf(contact);
  return (
    <p>
      {t('invite.support')}{' '}
      {address === null ? <bdi>{contact}</bdi> : <a href={address} rel="noopener"><bdi>{contact}</bdi></a>}
    </p>
  );
}

export function addressOf(contact: string): string | null {
  if (/^https?:\/\/[^\s]+$/i.test(contact)) return contact;
  const email = contact.replace(/^mailto:/i, '');
  return /^[^\s@:/?]+@[^\s@:/?]+\.[^\s@:/?]+$/.test(email) ? `mailto:${email}` : null;
}
