import type { Messages } from '..';
import { account } from './account';
import { common } from './common';
import { pages } from './pages';

export const de: Messages = { ...account, ...common, ...pages };
