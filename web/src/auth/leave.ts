import { signOut } from 'aws-amplify/auth';
import { leaving } from '../realtime/live';

/** Signs out of this browser. */
export function leave(): Promise<void> {
  return leaving(() => signOut());
}
