import type { CDPSession, Page } from '@playwright/test';

export interface Memory {
  /** What the page and its workers hold after a collection: JavaScript objects and the memory of array buffers and WebAssembly. */
  bytes: number;
  /** By thread: `page`, or the worker's file. */
  threads: Record<string, { objects: number; buffers: number }>;
}

interface HeapUsage {
  usedSize: number;
  backingStorageSize: number;
}

/** Collects garbage in the page and each of its workers, by Chrome's debugging protocol, and says what is left. */
export async function measureMemory(page: Page): Promise<Memory> {
  const session = await page.context().newCDPSession(page);
  const workers = await attachWorkers(session);
  const threads: Memory['threads'] = {};
  const measure = async (name: string, send: (method: string) => Promise<unknown>): Promise<void> => {
    // The debugger keeps the last thousand lines of the console, with the errors in them, for whoever opens it.
    await send('Runtime.discardConsoleEntries');
    // What a first collection finalises, a second one frees.
    await send('HeapProfiler.collectGarbage');
    await send('HeapProfiler.collectGarbage');
    const usage = (await send('Runtime.getHeapUsage')) as HeapUsage; // the protocol's own shape
    threads[name] = { objects: usage.usedSize, buffers: usage.backingStorageSize };
  };
  await measure('page', (method) => session.send(method as 'Runtime.getHeapUsage'));
  for (const { name, send } of workers) await measure(name, send);
  await session.detach();
  const bytes = Object.values(threads).reduce((sum, { objects, buffers }) => sum + objects + buffers, 0);
  return { bytes, threads };
}

/** How many objects of a class of the browser's the page holds after a collection. */
export async function countObjects(page: Page, className: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  // Objects of the browser and of the page hold each other: each collection frees one more ring.
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  const prototype = await session.send('Runtime.evaluate', { expression: `${className}.prototype` });
  const { objects } = await session.send('Runtime.queryObjects', {
    prototypeObjectId: prototype.result.objectId ?? '',
  });
  const { result } = await session.send('Runtime.callFunctionOn', {
    objectId: objects.objectId ?? '',
    functionDeclaration: 'function () { return this.length; }',
    returnByValue: true,
  });
  await session.detach();
  return Number(result.value);
}

/** A channel to each dedicated worker of the page. */
async function attachWorkers(
  session: CDPSession,
): Promise<{ name: string; send: (method: string) => Promise<unknown> }[]> {
  const attached = new Map<string, string>();
  const waiting = new Map<number, (result: unknown) => void>();
  let lastId = 0;
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') attached.set(sessionId, targetInfo.url);
  });
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  return [...attached].map(([sessionId, url], index) => ({
    name: `${index} ${url.split('/').at(-1)}`,
    send: async (method) => {
      const id = ++lastId;
      const answer = new Promise<unknown>((resolve) => waiting.set(id, resolve));
      await session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
      return answer;
    },
  }));
}
