import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { appRoot, nodeRoot } from '../scripts/paths.mjs';
import { clients, rate } from './clients.mjs';

const rounds = 5;
const singles = 800;
const lists = 40;
const listLength = 100;

/**
 * Events per second: posted one by one and in lists, each answered once it is on the disk, next to the same rows inserted
 * straight into the same database, one by one and in lists.
 * @returns {Promise<import('./sections.mjs').SectionResult>}
 */
export async function measure() {
  const folder = await mkdtemp(join(tmpdir(), 'lagrace-bench-'));
  /** @type {typeof import('./events-database.ts')} */
  const { openBenchDatabase } = await import(pathToFileURL(join(nodeRoot, 'bench-events.js')).href);
  const { createCompanion } = await import(pathToFileURL(join(nodeRoot, 'companion.js')).href);
  const root = join(folder, 'root');
  await mkdir(root);
  const companion = await createCompanion({ appFolder: appRoot, port: 0, root });
  const database = await openBenchDatabase(join(folder, 'direct'));
  const clientThread = openClients(companion.url);
  /** @type {Record<'posted' | 'postedLists' | 'inserted' | 'insertedLists', number[]>} */
  const perSecond = { posted: [], postedLists: [], inserted: [], insertedLists: [] };
  try {
    await clientThread.post(1, 1);
    for (let round = 0; round < rounds; round += 1) {
      perSecond.posted.push(await clientThread.post(singles, 1));
      perSecond.inserted.push(await rate(singles, 1, database.insert));
      perSecond.postedLists.push(await clientThread.post(lists, listLength));
      perSecond.insertedLists.push(await rate(lists, listLength, database.insert));
    }
  } finally {
    await clientThread.close();
    await companion.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
  const ratio = (/** @type {number[]} */ ours, /** @type {number[]} */ theirs) =>
    ours.map((value, index) => value / (theirs[index] ?? Number.NaN));
  return {
    measures: [
      { name: 'posted one by one', unit: '/s', samples: perSecond.posted },
      { name: 'inserted one by one', unit: '/s', samples: perSecond.inserted },
      { name: 'posted / inserted', unit: '×', samples: ratio(perSecond.posted, perSecond.inserted) },
      { name: `posted by ${listLength}`, unit: '/s', samples: perSecond.postedLists },
      { name: `inserted by ${listLength}`, unit: '/s', samples: perSecond.insertedLists },
      { name: 'posted / inserted', unit: '×', samples: ratio(perSecond.postedLists, perSecond.insertedLists) },
    ],
    about: { clients, singles, lists, listLength, database: 'PGlite' },
  };
}

/**
 * Clients in a thread of their own.
 * @param {string} url
 */
function openClients(url) {
  const worker = new Worker(new URL('./events-client.mjs', import.meta.url));
  return {
    /**
     * @param {number} calls
     * @param {number} length
     */
    post: async (calls, length) => {
      worker.postMessage({ url, calls, length });
      const [said] = /** @type {[{perSecond: number} | {failed: string}]} */ (await once(worker, 'message'));
      if ('failed' in said) throw new Error(said.failed);
      return said.perSecond;
    },
    close: () => worker.terminate(),
  };
}
