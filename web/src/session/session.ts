/** The three states of a person, and the moment before we know. */
export type Session =
  | { readonly state: 'loading' }
  /** `left`: signed out or deleted on purpose, in this page. */
  | { readonly state: 'none'; readonly left: boolean }
  | { readonly state: 'unconfirmed'; readonly email: string }
  | { readonly state: 'signedIn'; readonly username: string; readonly email: string; readonly name: string | null };

export const loading: Session = { state: 'loading' };
