import type { Audience } from './guard';

/** Who each page is for; a page that isn't here is for anyone. */
export const audiences: Readonly<Record<string, Audience>> = {
  '/account': 'member',
  '/confirm': 'guest',
  '/recover': 'guest',
  '/signin': 'guest',
  '/signup': 'guest',
  '/tree': 'member',
  '/verify': 'member',
};

export function audienceOf(path: string): Audience {
  return audiences[path] ?? 'anyone';
}
