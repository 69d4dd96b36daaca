import { useCallback, useEffect, useState } from 'react';

const seconds = 30;

/** Whole seconds until a code may be asked for again; survives a reload of the tab. */
export function useCooldown(name: string): readonly [left: number, start: () => void] {
  const key = `poolhouse.cooldown.${name}`;
  const [until, setUntil] = useState(() => Number(read(key)));
  const [now, setNow] = useState(() => Date.now());
  const left = Math.max(0, Math.ceil((until - now) / 1000));

  useEffect(() => {
    if (left === 0) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [left]);

  const start = useCallback(() => {
    const end = Date.now() + seconds * 1000;
    setNow(Date.now());
    setUntil(end);
    try {
      sessionStorage.setItem(key, String(end));
    } catch {
      // Storage is switched off: the state above is enough until a reload.
    }
  }, [key]);

  return [Math.min(left, seconds), start];
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
