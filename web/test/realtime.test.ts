import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, type Outgoing } from '../src/realtime/connection';

class Socket {
  readyState = 0;
  readonly sent: string[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  closedWith: number | undefined;

  accept() {
    this.readyState = 1;
    this.onopen?.();
  }

  lose(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  say(action: string) {
    this.onmessage?.({ data: JSON.stringify({ sender: 's', action, message: {} }) });
  }

  send(text: string) {
    this.sent.push(text);
  }

  close(code: number) {
    this.closedWith = code;
    this.readyState = 3;
  }
}

const login: Outgoing = { action: 'user-login', message: { email: 'a@example.com' } };
let sockets: Socket[];
const onEnded = vi.fn();

function start(hello: () => Promise<Outgoing | null> = () => Promise.resolve(login)) {
  return connect({
    url: 'ws://here/ws',
    hello,
    onEnded,
    open: () => {
      const socket = new Socket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
  });
}

const last = () => sockets.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  sockets = [];
  onEnded.mockReset();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the connection', () => {
  it('says who is here, each time it opens', async () => {
    start();
    last().accept();
    await vi.advanceTimersByTimeAsync(0);
    expect(last().sent).toEqual([JSON.stringify(login)]);

    last().lose();
    await vi.advanceTimersByTimeAsync(1000);
    last().accept();
    await vi.advanceTimersByTimeAsync(0);
    expect([sockets.length, last().sent.length]).toEqual([2, 1]);
  });

  it('comes back with growing pauses, a minute at most', async () => {
    start();
    last().accept();
    const pauses: number[] = [];
    for (let i = 0; i < 9; i++) {
      const before = sockets.length;
      last().lose();
      let waited = 0;
      while (sockets.length === before) {
        await vi.advanceTimersByTimeAsync(500);
        waited += 500;
      }
      pauses.push(waited);
    }

    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('begins again from the shortest pause once the server has answered', async () => {
    start();
    for (let i = 0; i < 3; i++) {
      last().accept();
      last().say('user-login-success');
      last().lose();
      await vi.advanceTimersByTimeAsync(1000);
      expect(sockets.length).toBe(i + 2);
    }
  });

  it('leaves a server without a socket in peace after two tries', async () => {
    start();
    last().lose();
    await vi.advanceTimersByTimeAsync(1000);
    last().lose();
    await vi.advanceTimersByTimeAsync(10 * 60_000);

    expect(sockets.length).toBe(2);
  });

  it('does not come back when it is told not to (1008)', async () => {
    start();
    last().accept();
    last().lose(1008);
    await vi.advanceTimersByTimeAsync(10 * 60_000);

    expect(sockets.length).toBe(1);
  });

  it('tells when the session has ended elsewhere, and minds nothing else', async () => {
    start();
    last().accept();
    for (const data of ['{', '[]', 'null', '{"action":7}', new Blob(), '{"action":"something-new"}']) last().onmessage?.({ data });
    expect(onEnded).not.toHaveBeenCalled();

    last().say('user-session-ended');
    expect(onEnded).toHaveBeenCalledOnce();
  });

  it('waits for the answer to what it is told, a second at most', async () => {
    const connection = start();
    last().accept();
    await vi.advanceTimersByTimeAsync(0);
    const done = vi.fn();

    void connection.tell({ action: 'user-logout', message: {} }).then(done);
    await vi.advanceTimersByTimeAsync(10);
    expect(done).not.toHaveBeenCalled();
    last().say('user-logout-success');
    await vi.advanceTimersByTimeAsync(0);
    expect(done).toHaveBeenCalledOnce();

    void connection.tell({ action: 'user-logout', message: {} }).then(done);
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).toHaveBeenCalledTimes(2);
  });

  it('holds nobody up where there is none', async () => {
    const connection = start();

    await connection.tell({ action: 'user-logout', message: {} });
    connection.close();
    last().lose();
    await vi.advanceTimersByTimeAsync(60_000);

    expect([sockets.length, last().closedWith]).toEqual([1, 1000]);
  });

  it('keeps quiet where nobody is signed in, or nobody can say', async () => {
    start(() => Promise.resolve(null));
    last().accept();
    start(() => Promise.reject(new Error('away')));
    last().accept();
    await vi.advanceTimersByTimeAsync(0);

    expect(sockets.map((socket) => socket.sent.length)).toEqual([0, 0]);
  });
});
