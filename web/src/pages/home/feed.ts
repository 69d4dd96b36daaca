import { accessToken, call } from '../../api/client';
import { isSessionEnd } from '../../auth/errors';
import { t, type PlainKey } from '../../messages';

export interface Activity {
  readonly id: string;
  readonly kind: string;
  readonly title?: string | null;
  readonly body?: string | null;
  /** ISO 8601. */
  readonly created_at: string;
}

export interface Feed {
  readonly activities: readonly Activity[];
  readonly signed_in: boolean;
}

// The person's own events carry no text: the words are here, in the language of the page.
const titles: Readonly<Record<string, PlainKey>> = {
  announcement: 'feed.announcement',
  attributes_changed: 'feed.attributes_changed',
  confirmed: 'feed.confirmed',
  password_changed: 'feed.password_changed',
  password_reset: 'feed.password_reset',
  signed_in: 'feed.signed_in',
  signed_out_everywhere: 'feed.signed_out_everywhere',
  signed_up: 'feed.signed_up',
};

export function titleOf(activity: Activity): string {
  return activity.title || t(titles[activity.kind] ?? 'feed.other');
}

/** The home feed: everyone's, and the person's own with a token. */
export async function loadFeed(signal: AbortSignal): Promise<Feed & { readonly sentToken: boolean }> {
  const sentToken = (await accessToken()) !== null;
  try {
    return { ...(await call<Feed>('GET', 'activities/home', { signal })), sentToken };
  } catch (error) {
    // A token that is no longer good, and still: the public part is for everyone.
    if (sentToken && isSessionEnd(error)) return { activities: [], signed_in: false, sentToken };
    throw error;
  }
}
