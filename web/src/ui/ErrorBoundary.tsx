import { Component, type ReactNode } from 'react';
import { t } from '../messages';

/** A bug in a page must not leave a blank one. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Stopped text={t('app.crashed')} action={t('app.reload')} /> : this.props.children;
  }
}

export function Stopped({ text, action }: { text: string; action: string }) {
  return (
    <main className="stopped" role="alert" data-testid="error">
      <p>{text}</p>
      <button type="button" className="button button-primary" onClick={() => window.location.reload()}>{action}</button>
    </main>
  );
}
