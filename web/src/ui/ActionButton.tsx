import type { ReactNode } from 'react';

interface ActionButtonProps {
  readonly className?: string;
  readonly label?: string;
  /** Of an action that takes long. */
  readonly slow: boolean;
  readonly working: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** A button that says what it is doing while it does. Never disabled: a second press is ignored by what it starts. */
export function ActionButton({ className = 'button', label, slow, working, onPress, children }: ActionButtonProps) {
  return (
    <button type="button" className={className} aria-label={label} onClick={onPress}>
      {slow ? <span className="spinner" aria-hidden="true" /> : null}
      {slow ? working : children}
    </button>
  );
}

/** Why it failed; always there, so that it is read out when it fills. */
export function ActionProblem({ text }: { readonly text: string | null }) {
  return <p className="field-error" role="alert" data-testid={text ? 'error' : undefined}>{text}</p>;
}
