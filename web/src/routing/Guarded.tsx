import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useSession } from '../session/SessionContext';
import { Loading } from '../ui/Loading';
import { guard, type Audience } from './guard';

export function Guarded({ audience, children }: { audience: Audience; children: ReactNode }) {
  const { session } = useSession();
  const { pathname, search } = useLocation();
  const verdict = guard(audience, session, pathname + search);

  if (verdict.kind === 'redirect') return <Navigate to={verdict.to} replace />;
  return verdict.kind === 'wait' ? <Loading /> : children;
}
