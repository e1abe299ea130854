import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { appRoot, nodeRoot } from '../scripts/paths.mjs';

const rounds = 5;
const clients = 16;
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
  /** @type {Record<'posted' | 'postedLists' | 'inserted' | 'insertedLists', number[]>} */
  const perSecond = { posted: [], postedLists: [], inserted: [], insertedLists: [] };
  try {
    await post(companion.url, [makeEvent()]);
    for (let round = 0; round < rounds; round += 1) {
      perSecond.posted.push(await rate(singles, 1, (events) => post(companion.url, events[0])));
      perSecond.inserted.push(await rate(singles, 1, database.insert));
      perSecond.postedLists.push(await rate(lists, listLength, (events) => post(companion.url, events)));
      perSecond.insertedLists.push(await rate(lists, listLength, database.insert));
    }
  } finally {
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
 * Events per second, by some clients that each wait for one answer before they send again.
 * @param {number} calls
 * @param {number} length events in each call
 * @param {(events: import('../src/schema/events.ts').ShopEvent[]) => Promise<unknown>} send
 */
async function rate(calls, length, send) {
  const batches = Array.from({ length: calls }, () => Array.from({ length }, makeEvent));
  const from = performance.now();
  const client = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) await send(batch);
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (calls * length * 1000) / (performance.now() - from);
}

function makeEvent() {
  const data = {
    intent: 'invoice',
    amount: 250,
    currency: 'USD',
    client: 'Kabongo',
    timings: { stt: 812, total: 1403 },
  };
  return { id: randomUUID(), type: 'turn', data, timestamp: 1_763_820_187.25, source: 'bench' };
}

/**
 * @param {string} url
 * @param {unknown} body
 */
async function post(url, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/api/ai/event`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (response.status !== 201) throw new Error(`an event was answered ${response.status}: ${await response.text()}`);
  await response.text();
}
