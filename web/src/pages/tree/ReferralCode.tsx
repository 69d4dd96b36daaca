import { useRef, useState } from 'react';
import { t } from '../../messages';

/** The person's own code, to hand on. */
export function ReferralCode({ code }: { readonly code: string }) {
  const [copied, setCopied] = useState(false);
  const text = useRef<HTMLElement>(null);

  async function copy() {
    try {
      await navigator.clipboard.writeText(code);
      setCopied(true);
    } catch {
      // No clipboard for this page: marked, it is one key away.
      if (text.current) getSelection()?.selectAllChildren(text.current);
    }
  }

  return (
    <div className="referral">
      <p className="section-note" id="referral-label">{t('tree.code')}</p>
      <p className="referral-code">
        <code ref={text} dir="ltr" aria-labelledby="referral-label" data-testid="referral-code">{code}</code>
        <button type="button" className="button button-small" onClick={() => void copy()}>{copied ? t('tree.copied') : t('tree.copy')}</button>
      </p>
      <p className="field-help">{t('tree.codeHelp')}</p>
      <p className="visually-hidden" role="status">{copied ? t('tree.copied') : ''}</p>
    </div>
  );
}
