/** What this client says at `/ws`. Pings are answered by the browser itself. */
export interface Outgoing {
  readonly action: 'user-signup' | 'user-login' | 'user-logout';
  readonly message: Readonly<Record<string, string>>;
}

interface ConnectionOptions {
  readonly url: string;
  /** Who is here; asked at each connection, for tokens are renewed meanwhile. Null: nobody any more. */
  readonly hello: () => Promise<Outgoing | null>;
  /** The session has ended elsewhere. */
  readonly onEnded: () => void;
  readonly open?: (url: string) => WebSocket;
}

export interface Connection {
  /** Sends, and waits for the answer for a second at most. Nothing happens where there is no connection. */
  tell(message: Outgoing): Promise<void>;
  close(): void;
}

/** A server without a socket is asked this often, and then left in peace until the next sign-in. */
const vainTries = 2;
const firstPause = 1000;
const longestPause = 60_000;
const answerPatience = 1000;
// RFC 6455 §7.4.1: the server doesn't want us; coming back at once would be the flood it refused.
const policyViolation = 1008;

/** Keeps one connection, and comes back with growing pauses when it is lost. */
export function connect({ url, hello, onEnded, open = (to) => new WebSocket(to) }: ConnectionOptions): Connection {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let opened = false;
  let tries = 0;
  const answers = new Map<string, () => void>();

  function dial() {
    const mine = open(url);
    socket = mine;
    mine.onopen = () => {
      opened = true;
      void greet(mine);
    };
    mine.onmessage = (event: MessageEvent) => hear(event.data);
    mine.onclose = (event: CloseEvent) => lost(mine, event.code);
  }

  async function greet(mine: WebSocket) {
    const message = await hello().catch(() => null);
    if (message !== null) send(mine, message);
  }

  function hear(data: unknown) {
    const action = actionOf(data);
    if (action === null || closed) return;
    // It talks to us, so it is well; opening alone may end at once, again and again.
    tries = 0;
    if (action === 'user-session-ended') onEnded();
    else answers.get(action.replace(/-(success|error)$/, ''))?.();
  }

  function lost(mine: WebSocket, code: number) {
    if (closed || mine !== socket) return;
    socket = null;
    tries += 1;
    if (code === policyViolation || (!opened && tries >= vainTries)) return;
    // Half of the pause is chance: a server that comes back is not met by all at once.
    const pause = Math.min(longestPause, firstPause * 2 ** (tries - 1));
    timer = setTimeout(dial, pause / 2 + Math.random() * (pause / 2));
  }

  async function tell(message: Outgoing) {
    const mine = socket;
    if (mine === null || !send(mine, message)) return;
    await new Promise<void>((resolve) => {
      answers.set(message.action, resolve);
      setTimeout(resolve, answerPatience);
    });
    answers.delete(message.action);
  }

  function close() {
    closed = true;
    clearTimeout(timer);
    socket?.close(1000);
    socket = null;
  }

  dial();
  return { tell, close };
}

function send(socket: WebSocket, message: Outgoing): boolean {
  if (socket.readyState !== 1) return false;
  socket.send(JSON.stringify(message));
  return true;
}

function actionOf(data: unknown): string | null {
  if (typeof data !== 'string') return null;
  try {
    const parsed: unknown = JSON.parse(data);
    const action = typeof parsed === 'object' && parsed !== null && 'action' in parsed ? parsed.action : null;
    return typeof action === 'string' ? action : null;
  } catch {
    return null;
  }
}
