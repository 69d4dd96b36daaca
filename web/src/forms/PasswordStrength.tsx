import { useCallback } from 'react';
import { ApiError } from '../api/client';
import { judgePassword, type JudgedRule } from '../api/passwords';
import { checkPassword } from '../auth/passwordPolicy';
import type { PasswordPolicy } from '../config';
import { t, type PlainKey } from '../messages';
import { useCheck } from './useCheck';

const words: readonly PlainKey[] = ['password.strength0', 'password.strength1', 'password.strength2', 'password.strength3', 'password.strength4'];

// A server that can't tell is not sent passwords to judge, for as long as the page lives.
let isServed = true;

interface PasswordStrengthProps {
  readonly id: string;
  readonly password: string;
  /** What is ticked off beside this, at once and without asking. */
  readonly policy: PasswordPolicy;
  /** Whose password it is to be; part of it makes a password weak. */
  readonly email: string | null;
}

/** How hard a password is to guess, in a word and a bar, and whether it is known to whoever guesses. */
export function PasswordStrength({ id, password, policy, email }: PasswordStrengthProps) {
  const check = useCallback(async (input: string, signal: AbortSignal) => {
    if (!isServed) return null;
    try {
      return await judgePassword(input, email, signal);
    } catch (error) {
      if (error instanceof ApiError && error.code === 'NOT_SERVED') isServed = false;
      throw error;
    }
  }, [email]);
  const judgement = useCheck(password, check)?.result;
  const score = judgement ? Math.min(4, Math.max(0, judgement.score)) : 0;

  // The live region is always there: one that appears together with its text is not read out.
  return (
    <div className="strength" id={id} role="status" data-testid="strength" data-score={judgement ? score : undefined}>
      {judgement ? (
        <>
          <p>{t('password.strength')} <strong>{t(words[score]!)}</strong></p>
          <div className="strength-bar" aria-hidden="true" data-score={score}>
            {words.slice(1).map((word, step) => <span key={word} className={step < score ? 'on' : undefined} />)}
          </div>
          {broken(judgement.rules, password, policy).map(({ code, detail }) => <p key={code} className="strength-note">{detail}</p>)}
          {judgement.breached ? <p className="strength-note">{t('password.leaked')}</p> : null}
        </>
      ) : null}
    </div>
  );
}

// The pool's own rules, which the list beside this has.
const ticked = new Set(['LOWERCASE', 'NUMBER', 'SYMBOL', 'UPPERCASE']);

/** What the application asks for beyond its pool's rules, and this password doesn't have. */
function broken(rules: readonly JudgedRule[], password: string, policy: PasswordPolicy): readonly JudgedRule[] {
  const isLong = checkPassword(password, policy).every(({ rule, met }) => rule !== 'length' || met);
  return rules.filter(({ code, satisfied }) => !satisfied && !ticked.has(code) && (code !== 'MINIMUM_LENGTH' || isLong));
}
