/**
 * The password of someone who has just signed up or tried to sign in, so that confirming can end in a
 * session. Amplify's own automatic sign-in forgets after three minutes, while the code lives 24 hours.
 * In memory only: a reload, a sign-in or a sign-out forgets it.
 */
let pending: { readonly email: string; readonly password: string } | null = null;

export function keepPassword(email: string, password: string): void {
  pending = { email: email.toLowerCase(), password };
}

export function takePassword(email: string): string | null {
  const found = pending?.email === email.toLowerCase() ? pending.password : null;
  pending = null;
  return found;
}

export function forgetPassword(): void {
  pending = null;
}
