import { connect, type Connection } from './connection';
import { farewell, greeting } from './identity';

let connection: Connection | null = null;
let leavingNow = false;

/** Connects whoever has just signed in. Answers how to end it. */
export function startLive(onEnded: () => void): () => void {
  const mine = connect({
    url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`,
    hello: greeting,
    // Whoever ends the session here need not be told that it has ended.
    onEnded: () => { if (!leavingNow) onEnded(); },
  });
  connection = mine;
  return () => {
    mine.close();
    if (connection === mine) connection = null;
  };
}

/** Work that ends this session on purpose: the server is told first, while the tokens are good. */
export async function leaving(work: () => Promise<void>, { say = true } = {}): Promise<void> {
  leavingNow = true;
  try {
    if (say && connection) {
      const message = await farewell().catch(() => null);
      if (message) await connection.tell(message);
    }
    await work();
    connection?.close();
    connection = null;
  } finally {
    leavingNow = false;
  }
}
