import { afterEach, describe, expect, it, vi } from 'vitest';

vi.mock('aws-amplify/auth', () => ({ fetchAuthSession: () => Promise.resolve({ tokens: { accessToken: { toString: () => 'ACCESS' } } }) }));

const { uploadDocument } = await import('../src/api/kyc');
const { ApiError } = await import('../src/api/client');
const { fileError } = await import('../src/pages/verify/fileError');
const { deepest, openAtFirst, reach } = await import('../src/pages/tree/reach');
const { addressOf } = await import('../src/ui/Support');
const { t } = await import('../src/messages');

describe('a file', () => {
  const file = (name: string, size = 1000, type = '') => ({ name, size, type });

  it.each(['a.jpg', 'a.JPEG', 'a.png', 'a.webp', 'a.heic', 'scan.pdf'])('named %s may be sent', (name) => expect(fileError(file(name))).toBeUndefined());

  it('may come from a camera without an ending', () => expect(fileError(file('image', 1000, 'image/heic'))).toBeUndefined());

  it('is refused before the way there', () => {
    expect(fileError(null)).toBe(t('invalid.fileMissing'));
    expect(fileError(file('a.jpg', 0))).toBe(t('invalid.fileEmpty'));
    expect(fileError(file('a.jpg', 10 * 1024 * 1024))).toBeUndefined();
    expect(fileError(file('a.jpg', 10 * 1024 * 1024 + 1))).toBe(t('invalid.fileTooLarge', { size: '10' }));
    expect(fileError(file('a.exe', 1000, 'application/x-msdownload'))).toBe(t('invalid.fileType'));
    expect(fileError(file('a.svg', 1000, 'image/svg+xml'))).toBe(t('invalid.fileType'));
  });
});

describe('an upload', () => {
  class Request {
    static last: Request;
    readonly upload: { onprogress?: (event: object) => void } = {};
    readonly headers: Record<string, string> = {};
    status = 0;
    responseText = '';
    opened: string[] = [];
    body: FormData | undefined;
    onload?: () => void;
    onerror?: () => void;
    onabort?: () => void;

    constructor() {
      Request.last = this;
    }

    open(...to: string[]) {
      this.opened = to;
    }

    setRequestHeader(name: string, value: string) {
      this.headers[name] = value;
    }

    getResponseHeader() {
      return 'application/problem+json';
    }

    send(body: FormData) {
      this.body = body;
    }

    abort() {
      this.onabort?.();
    }

    answer(status: number, text: string) {
      this.status = status;
      this.responseText = text;
      this.onload?.();
    }
  }

  async function begin() {
    vi.stubGlobal('XMLHttpRequest', Request);
    Request.last = undefined as unknown as Request;
    const abort = new AbortController();
    const onProgress = vi.fn();
    const done = uploadDocument({ kind: 'passport', file: new File(['x'], 'p.jpg'), onProgress, signal: abort.signal });
    done.catch(() => undefined);
    await vi.waitFor(() => expect(Request.last?.body).toBeDefined());
    return { done, abort, onProgress, request: Request.last };
  }

  afterEach(() => vi.unstubAllGlobals());

  it('sends kind and file as who is signed in, and says how far it has come', async () => {
    const { done, onProgress, request } = await begin();

    expect(request.opened).toEqual(['POST', '/api/v1/kyc/documents']);
    expect([request.headers['authorization'], request.headers['accept-language'], request.headers['content-type']]).toEqual(['Bearer ACCESS', 'en', undefined]);
    expect([request.body!.get('kind'), (request.body!.get('file') as File).name]).toEqual(['passport', 'p.jpg']);
    request.upload.onprogress!({ lengthComputable: true, loaded: 1, total: 4 });
    request.answer(201, '{}');
    await done;
    expect(onProgress.mock.calls).toEqual([[0.25]]);
  });

  it('fails as a call does', async () => {
    const refused = await begin();
    refused.request.answer(415, '{"code":"FILE_TYPE","detail":"No."}');
    await expect(refused.done).rejects.toEqual(new ApiError(415, 'FILE_TYPE', 'No.'));

    const away = await begin();
    away.request.onerror!();
    await expect(away.done).rejects.toBeInstanceOf(TypeError);

    const stopped = await begin();
    stopped.abort.abort();
    await expect(stopped.done).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a tree', () => {
  const node = (left: number, right = 0) => ({ placed_at: '', left_count: left, right_count: right });

  it('opens where there is somebody, as deep as the server goes', () => {
    expect(reach(node(0), '')).toBe('end');
    expect(reach(node(0, 1), '')).toBe('below');
    expect(reach(node(5), 'L'.repeat(deepest))).toBe('end');
    expect([openAtFirst(''), openAtFirst('LRL')]).toEqual([true, false]);
  });
});

describe('whom to ask', () => {
  it.each([
    ['help@example.com', 'mailto:help@example.com'],
    ['mailto:help@example.com', 'mailto:help@example.com'],
    ['https://example.com/help', 'https://example.com/help'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['help@example.com?bcc=x@example.com', null],
    ['+15550100', null],
    ['javascript:a@b.c', null],
  ])('%s leads to %s', (contact, address) => expect(addressOf(contact)).toBe(address));
});
