import { account } from './account';
import { common } from './common';
import { pages } from './pages';

/** English, and the list of every text there is. Other languages are `Messages` of the same keys. */
export const en = { ...account, ...common, ...pages } as const;
