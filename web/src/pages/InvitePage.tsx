import { useCallback, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { ApiError } from '../api/client';
import { confirmAccount, findInvitation, type Invitation } from '../api/invites';
import { useResource } from '../api/useResource';
import { explain } from '../auth/errors';
import { leave } from '../auth/leave';
import { t } from '../messages';
import { formatDate } from '../messages/format';
import { useSession } from '../session/SessionContext';
import { ActionButton, ActionProblem } from '../ui/ActionButton';
import { Loading } from '../ui/Loading';
import { useNotices } from '../ui/Notices';
import { Notes, Page, Split } from '../ui/Page';
import { Support } from '../ui/Support';
import { useAction } from '../ui/useAction';

/** Where the link of an invitation leads. Looking at it spends nothing: mail scanners look too. */
export function InvitePage() {
  const token = useSearchParams()[0].get('confirmation') ?? '';
  const load = useCallback((signal: AbortSignal) => findInvitation(token, signal), [token]);
  const { resource, reload } = useResource(load);

  return (
    <Page
      title={t('invite.title')}
      headline={resource.kind === 'ready' && resource.data.kind === 'account' ? t('invite.titleSignUp') : t('invite.title')}
      lead={resource.kind === 'ready' ? leadOf(resource.data) : undefined}
    >
      <Split aside={<Notes title={t('invite.asideTitle')} items={[t('invite.aside1'), t('invite.aside2'), t('invite.aside3')]} />}>
        {resource.kind === 'loading' ? <Loading text={t('invite.loading')} />
          : resource.kind === 'failed' ? <Refused error={resource.error} onRetry={() => void reload()} />
          : resource.data.kind === 'account' ? <ToSignUp invitation={resource.data} token={token} />
          : <Confirm invitation={resource.data} token={token} />}
      </Split>
    </Page>
  );
}

function leadOf({ email, title: application, kind }: Invitation): string {
  return kind === 'account' ? t('invite.leadSignUp', { email, application }) : t('invite.lead', { email, application });
}

function Confirm({ invitation: { email, expires_at }, token }: { invitation: Invitation; token: string }) {
  const { session } = useSession();
  const { say } = useNotices();
  const navigate = useNavigate();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function confirm() {
    if (pending) return;
    setPending(true);
    setError(null);
    try {
      await confirmAccount(token);
      const to = session.state === 'signedIn' ? '/' : '/signin';
      say(t('invite.done'), to);
      await navigate(to, { state: { email } });
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  }

  if (error !== null) return <Refused error={error} onRetry={() => void confirm()} />;
  return (
    <div className="stack">
      <p className="section-note">{t('invite.until', { date: formatDate(expires_at, { time: true }) })}</p>
      {/* At once, not after 300 ms: people press twice when nothing moves. */}
      <ActionButton className="button button-primary" slow={pending} working={t('invite.wait')} onPress={() => void confirm()}>
        {t('invite.submit')}
      </ActionButton>
      <p className="visually-hidden" role="status">{pending ? t('invite.wait') : ''}</p>
    </div>
  );
}

function ToSignUp({ invitation: { email, expires_at }, token }: { invitation: Invitation; token: string }) {
  const { session, refresh } = useSession();
  const { slow, problem, run } = useAction();
  const signOut = () => run(async () => {
    await leave();
    await refresh({ left: true });
  });

  return (
    <div className="stack">
      <p className="section-note">{t('invite.until', { date: formatDate(expires_at, { time: true }) })}</p>
      {session.state === 'signedIn' ? (
        <>
          <p>{t('invite.signOutFirst', { email: session.email })}</p>
          <ActionButton slow={slow} working={t('account.signingOut')} onPress={() => void signOut()}>{t('nav.signOut')}</ActionButton>
          <ActionProblem text={problem} />
        </>
      ) : (
        <Link className="button button-primary" to="/signup" state={{ email, invite: token }}>{t('nav.signUp')}</Link>
      )}
    </div>
  );
}

function Refused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  // A refusal stays one; anything else may work the next time.
  const invalid = error instanceof ApiError && error.code === 'INVITE_INVALID';
  const support = error instanceof ApiError ? error.support : null;
  return (
    <div className="stack">
      <div className="summary" role="alert" data-testid="error">
        <p className="summary-title">{invalid ? t('invite.invalid') : t('invite.failed')}</p>
        <p>{invalid ? t('invite.invalidWhy') : explain(error, 'account').text}</p>
        {support === null ? null : <Support contact={support} />}
        {invalid ? null : <button type="button" className="button" onClick={onRetry}>{t('app.tryAgain')}</button>}
      </div>
      {invalid ? <p><Link to="/signin">{t('invite.toSignIn')}</Link></p> : null}
    </div>
  );
}
