/** Who signed up on this device and has not confirmed yet. The address only; never a password. */
const key = 'poolhouse.unconfirmed';

// Storage may be switched off; then the state lasts as long as the page.
let fallback: string | null = null;

export function readUnconfirmed(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return fallback;
  }
}

export function writeUnconfirmed(email: string | null): void {
  fallback = email;
  try {
    if (email === null) localStorage.removeItem(key);
    else localStorage.setItem(key, email);
  } catch {
    // The fallback above holds it.
  }
}

export const unconfirmedKey = key;
