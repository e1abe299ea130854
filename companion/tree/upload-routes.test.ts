import { createHash } from 'node:crypto';
import {
  existsSync,
  type PathLike,
  readdirSync,
  readFileSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { DetailedError, Upload } from 'tus-js-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../../src/log.ts';
import { nodeDisk } from './disk.ts';
import { openTestFolder, sha256, type TestFolder } from './test-folder.ts';
import { createUploads } from './upload-routes.ts';

let folder: TestFolder;
beforeEach(async () => {
  folder = await openTestFolder();
});
afterEach(() => folder.remove());

const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251));
const path = 'cache/ai/whisper_models/tiny/encoder.onnx';
const metadata = { path, sha256: sha256(content), ifNoneMatch: '*' };
const waiting = (): string[] => readdirSync(join(folder.path, '.glowflix/uploads'));

interface Sending {
  body?: Buffer;
  metadata?: Record<string, string>;
  uploadUrl?: string | null;
  /** Bytes after which the sender stops, as when its power goes. */
  stopAfter?: number;
}
/** Sends a file in pieces. Gives the address of the upload; rejects with what the companion refused it with. */
function send({ body = content, uploadUrl = null, stopAfter, ...rest }: Sending): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload: Upload = new Upload(body, {
      endpoint: `${folder.url}/api/uploads`,
      uploadUrl,
      chunkSize: 100_000,
      metadata: rest.metadata ?? metadata,
      retryDelays: null,
      onError: reject,
      onSuccess: () => resolve(upload.url ?? ''),
      onChunkComplete: (_size, accepted) => {
        if (stopAfter === undefined || accepted < stopAfter) return;
        void upload.abort().then(() => resolve(upload.url ?? ''));
      },
    });
    upload.start();
  });
}
/** The status and the code that a sending was refused with. */
async function refusal(sending: Sending): Promise<[number, unknown]> {
  const error = await send(sending).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DetailedError) || !error.originalResponse) throw error;
  return [error.originalResponse.getStatus(), JSON.parse(error.originalResponse.getBody()).error.code];
}
const tus = (url: string, init: RequestInit): Promise<Response> =>
  fetch(new URL(url, folder.url), { ...init, headers: { 'tus-resumable': '1.0.0', ...init.headers } });

describe('an upload in pieces', () => {
  test('moves into the tree when it is whole, and leaves nothing behind', async () => {
    await send({});
    expect(readFileSync(join(folder.path, path)).equals(content)).toBe(true);
    expect(folder.tree.index.files.get(path)?.sha256).toBe(sha256(content));
    expect(waiting()).toEqual([]);
  });

  test('goes on where it stopped, after a restart of the companion too', async () => {
    const url = await send({ stopAfter: 100_000 });
    const at = new URL(url, folder.url).pathname;
    expect(existsSync(join(folder.path, path))).toBe(false);
    await folder.restart();
    const { headers } = await tus(at, { method: 'HEAD' });
    const offset = Number(headers.get('upload-offset'));
    expect(offset).toBeGreaterThanOrEqual(100_000);
    const rest = await tus(at, {
      method: 'PATCH',
      headers: { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(content.subarray(offset)),
    });
    expect(rest.status).toBe(204);
    expect(readFileSync(join(folder.path, path)).equals(content)).toBe(true);
  });

  test('with another digest than announced is refused and removed', async () => {
    expect(await refusal({ metadata: { path, sha256: sha256('another') } })).toEqual([400, 'digest-mismatch']);
    expect(existsSync(join(folder.path, path))).toBe(false);
    expect(waiting()).toEqual([]);
  });

  test('of what is there already is refused before its first byte', async () => {
    await send({});
    expect(await refusal({})).toEqual([412, 'already-there']);
  });

  test('is held to its conditions, at its beginning and at its end', async () => {
    folder.write(path, 'older');
    expect(await refusal({})).toEqual([412, 'precondition-failed']);
    await send({ metadata: { path, sha256: sha256(content), ifMatch: `"${sha256('older')}"` } });
    expect(folder.tree.index.files.get(path)?.sha256).toBe(sha256(content));
  });

  test.each([
    [{ path: '../outside.bin', sha256: sha256(content) }, [400, 'bad-path']],
    [{ path: 'nul', sha256: sha256(content) }, [400, 'bad-path']],
    [{ path: '.glowflix/root.json', sha256: sha256(content) }, [403, 'not-mirrored']],
    [{ path: 'a.bin' } as Record<string, string>, [400, 'bad-request']],
    [{ path: 'a.bin', sha256: 'short' }, [400, 'bad-request']],
  ])('with the metadata %j is refused', async (wrong, expected) => {
    expect(await refusal({ metadata: wrong })).toEqual(expected);
    expect(waiting()).toEqual([]);
  });

  test('that was whole when the companion ended is moved before anybody is told that it is', async () => {
    const url = await send({ stopAfter: 200_000 });
    const at = new URL(url, folder.url).pathname;
    await folder.stop();
    // The last bytes had come, and then the power went.
    writeFileSync(join(folder.path, '.glowflix/uploads', at.split('/').at(-1) ?? ''), content);
    await folder.restart();
    await tus(at, { method: 'HEAD' });
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder.path, path)))
        .digest('hex'),
    ).toBe(sha256(content));
  });

  test('that nobody goes on with for a week is waste, whatever a killed companion left of it', async () => {
    await send({ stopAfter: 100_000 });
    const uploads = await createUploads(folder.tree, silentLogger);
    writeFileSync(join(folder.path, '.glowflix/uploads/half-made'), '');
    expect(await uploads.removeStale()).toBe(0);
    for (const name of waiting())
      utimesSync(join(folder.path, '.glowflix/uploads', name), 1_600_000_000, 1_600_000_000);
    expect(await uploads.removeStale()).toBe(3);
    expect(waiting()).toEqual([]);
  });

  test.runIf(existsSync('/dev/full'))('that a full disk stops is told so, and goes on once there is room', async () => {
    folder.write(path, 'old');
    let isFull = false;
    const statfs = async (where: PathLike) => {
      const there = await fs.statfs(where);
      return isFull ? { ...there, bavail: 1, bsize: 4096 } : there;
    };
    await folder.restart({ disk: { ...nodeDisk, statfs: statfs as typeof fs.statfs } });
    await folder.tree.scan();
    const replacing = { path, sha256: sha256(content), ifMatch: `"${sha256('old')}"` };
    const encoded = Object.entries(replacing).map(
      ([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`,
    );
    const begin = { 'upload-length': String(content.length), 'upload-metadata': encoded.join(',') };
    const begun = await folder.request('/api/uploads', {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', ...begin },
    });
    const uploadUrl = begun.headers.get('location') ?? '';
    const [empty = ''] = waiting().filter((name) => !name.endsWith('.json'));
    const file = join(folder.path, '.glowflix/uploads', empty);
    unlinkSync(file);
    symlinkSync('/dev/full', file);
    isFull = true;
    const headers = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
    const response = await tus(uploadUrl, { method: 'PATCH', headers, body: new Uint8Array(content) });
    expect([response.status, (await response.json()).error.code]).toEqual([507, 'disk-full']);
    expect(readFileSync(join(folder.path, path), 'utf8')).toBe('old');
    unlinkSync(file);
    writeFileSync(file, '');
    expect(await refusal({ metadata: replacing })).toEqual([507, 'disk-full']);
    isFull = false;
    await send({ uploadUrl: new URL(uploadUrl, folder.url).href, metadata: replacing });
    expect(readFileSync(join(folder.path, path)).equals(content)).toBe(true);
  });

  test('is told to no page of another site', async () => {
    const response = await tus('/api/uploads', { method: 'OPTIONS', headers: { origin: 'http://evil.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('what the protocol allows', () => {
  const create = (size: number, sha256sum: string, headers: Record<string, string> = {}, body?: Buffer) => {
    const of = (text: string): string => Buffer.from(text).toString('base64');
    return folder.request('/api/uploads', {
      method: 'POST',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': String(size),
        'upload-metadata': `path ${of(path)},sha256 ${of(sha256sum)}`,
        ...headers,
      },
      ...(body && { body: new Uint8Array(body) }),
    });
  };
  const patched = { 'content-type': 'application/offset+octet-stream' };

  test('a file that comes whole with its announcement is taken, and said to be', async () => {
    const answer = await create(content.length, sha256(content), patched, content);
    expect([answer.status, answer.headers.get('upload-offset')]).toEqual([201, String(content.length)]);
    expect(readFileSync(join(folder.path, path)).equals(content)).toBe(true);
    expect(waiting()).toEqual([]);
  });

  test('so is one that is empty', async () => {
    expect((await create(0, sha256(''))).status).toBe(201);
    expect(readFileSync(join(folder.path, path))).toHaveLength(0);
    expect(waiting()).toEqual([]);
  });

  test('what is not offered is refused, and every refusal is JSON', async () => {
    const offered = await folder.request('/api/uploads', { method: 'OPTIONS' });
    expect(offered.headers.get('tus-extension')).toBe('creation,creation-with-upload,termination');
    const refusals = [
      await create(5, sha256(content), { 'tus-resumable': '' }),
      await create(-5, sha256(content)),
      await create(5, sha256(content), { 'upload-metadata': 'path !!!' }),
      await folder.request('/api/uploads/none', { method: 'PATCH', headers: { 'tus-resumable': '1.0.0' } }),
      await folder.request('/api/uploads/none', { method: 'DELETE', headers: { 'tus-resumable': '1.0.0' } }),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([412, 400, 400, expect.any(Number), 404]);
    for (const answer of refusals) {
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await answer.json()).toEqual({ error: { code: expect.any(String), message: expect.any(String) } });
    }
  });
});
